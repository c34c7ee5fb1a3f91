import type { Catalogue } from "../../infra/signal/catalogue";
import type { Golden } from "../../infra/signal/signal";

const goldens: readonly Golden[] = ["availability", "saturation", "errors", "latency", "traffic"];

/** The README's table of kinds, in Markdown. */
export function kindsTable({ kinds }: Catalogue): string {
  const rows = kinds.map(({ name, signals }) => {
    const alarms = signals.filter(({ severity }) => severity !== undefined);
    const pages = alarms.filter(({ severity }) => severity === "page").length;
    const rules = alarms.filter(({ backend }) => backend === "amp").length;
    const each = goldens.map((golden) => signals.filter((signal) => signal.golden === golden).length || "·");
    const cells = [`[${name}](generated/coverage.md#${name})`, ...each, pages || "·", alarms.length - pages || "·"];
    return `| ${[...cells, alarms.length - rules || "·", rules || "·"].join(" | ")} |`;
  });
  const heads = ["kind", ...goldens, "page", "ticket", "CloudWatch", "Prometheus"];
  return [`| ${heads.join(" | ")} |`, `|---|${"--:|".repeat(heads.length - 1)}`, ...rows].join("\n");
}
