import type { Catalogue } from "../../infra/signal/catalogue";
import { type Cause, causes } from "../../infra/watch/alerting/causes";

const link = (title: string, id: string) => `[${title}](../generated/runbooks/${id}.md)`;

/** All signals that page, by kind, in Markdown. */
export function pagesTable({ kinds }: Catalogue): string {
  const rows = kinds.flatMap(({ name, signals }) => {
    const pages = signals.filter(({ severity }) => severity === "page");
    return pages.length === 0 ? [] : [`| ${name} | ${pages.map(({ title, id }) => link(title, id)).join(", ")} |`];
  });
  return ["| kind | pages |", "|---|---|", ...rows].join("\n");
}

/** Which alert keeps which back, in Markdown. */
export function causesTable(rows: readonly Cause[] = causes): string {
  const lines = rows.map(
    ({ signal, explains }) => `| ${link(signal, signal)} | ${explains.map((id) => link(id, id)).join(", ")} |`,
  );
  return ["| while this fires | these are kept back |", "|---|---|", ...lines].join("\n");
}
