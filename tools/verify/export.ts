import { root as project } from "../build.cjs";
import { causeOf } from "../engine/cause";
import { CommandFailed, runner } from "../engine/command";
import { pulumiCli } from "../toolchain/pulumi";

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/**
 * Asks the Pulumi of the user (backend, login) for the state of a stack.
 * @param log takes one line for a person, while the CLI is looked for
 * @param folder of Pulumi.yaml
 * @throws Error with one line: what is wrong, and the way out
 */
export async function exportState(
  stack: string,
  log: (line: string) => void,
  folder = project,
  env = ownEnvironment(),
): Promise<string> {
  const pulumi = runner({ cli: await pulumiCli({ log }), env, onSignal: "end it" });
  try {
    const { stdout } = await pulumi.run(["stack", "export", "--stack", stack], folder, {});
    return stdout;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const { kind, message } = causeOf({
      stack,
      text: `${error.stderr}\n${error.stdout}`,
      diagnostics: [],
      violations: [],
    });
    throw new Error(kind === "no-stack" ? `stack ${stack} was never deployed: ${message}` : message);
  }
}
