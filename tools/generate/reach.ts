import { type Outside, outsides, type Party, parties, reach } from "../../infra/network/reach";

const isParty = (to: Party | Outside): to is Party => Object.hasOwn(parties, to);

const portsText = (ports: (typeof reach)[number]["ports"]): string =>
  ports === "all"
    ? "all"
    : ports.map((range) => (typeof range === "number" ? String(range) : `${range[0]} to ${range[1]}`)).join(", ");

/** The table of who must reach what, in Markdown, with those that take part. */
export function reachTable(): string {
  const lines = reach.map(({ from, to, ports, why, without }) => {
    const path = isParty(to) ? "inside the VPC" : outsides[to].path;
    const only = without ? `; only where one of these has no endpoint: ${without.join(", ")}` : "";
    return `| ${from} | ${to} | ${portsText(ports)} | ${path} | ${why}${only} |`;
  });
  const named = Object.entries(parties).map(([party, what]) => `| ${party} | ${what} |`);
  const far = Object.entries(outsides).map(([name, { what }]) => `| ${name} | ${what} |`);
  return [
    "| from | to | TCP ports | path | why |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    "| name | is |",
    "|---|---|",
    ...named,
    ...far,
  ].join("\n");
}
