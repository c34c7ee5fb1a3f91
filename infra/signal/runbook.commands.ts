import { type Commands, changed } from "./runbook.command";
import { clusterCommands } from "./runbook.commands.cluster";
import { dataCommands } from "./runbook.commands.data";
import { edgeCommands } from "./runbook.commands.edge";

/** The commands of all kinds. */
export const commandsOf: Commands = { ...dataCommands, ...clusterCommands, ...edgeCommands };

/** The section of a page, in Markdown; what is common to all of AWS where the kind has nothing of its own. */
export function commandsSection(kind: string): string {
  const commands = Object.hasOwn(commandsOf, kind) ? (commandsOf[kind] ?? []) : [changed("<name>")];
  return `## Commands at hand

${commands.map(([command, shows, language = "sh"]) => `- ${shows[0]?.toUpperCase()}${shows.slice(1)}:\n\n  \`\`\`${language}\n  ${command}\n  \`\`\``).join("\n")}
`;
}
