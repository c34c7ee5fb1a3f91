import type { Catalogue } from "../../infra/signal/catalogue";

/** The README's table of kinds, in Markdown. */
export function kindsTable({ kinds }: Catalogue): string {
  const rows = kinds.map(({ name, signals }) => {
    const alarms = signals.filter(({ severity }) => severity !== undefined);
    const links = alarms.map(({ id }) => `[${id}](generated/runbooks/${id}.md)`);
    const pages = alarms.filter(({ severity }) => severity === "page").length;
    return `| ${name} | ${signals.length} | ${pages} page, ${alarms.length - pages} ticket | ${links.join(", ")} |`;
  });
  return ["| kind | signals | alarms | runbooks |", "|---|---|---|---|", ...rows].join("\n");
}
