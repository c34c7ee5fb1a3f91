import { createInterface } from "node:readline/promises";
import { count } from "../../preview/text";
import type { Deployed } from "../deployed";

/** Whether somebody can be asked, and how. */
export interface Terminal {
  readonly interactive: boolean;
  readonly ask: (question: string) => Promise<string>;
}

/** The terminal of this process. */
export const terminal: Terminal = {
  interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
  async ask(question) {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
};

/** Who will be told, in lines for a person. */
export function toldBy({ paging, prometheus, subscriptions }: Deployed): string[] {
  const routes = Object.entries(prometheus?.routes ?? {});
  const rows = [
    ...Object.entries(paging ?? {}).map(([severity, topic]) => ({
      name: `${severity} by CloudWatch`,
      topics: [topic],
      pagerDuty: 0,
    })),
    ...routes.map(([severity, { topics, pagerDuty }]) => ({ name: `${severity} by Prometheus`, topics, pagerDuty })),
  ];
  return rows.map(({ name, topics, pagerDuty }) => {
    const people = subscriptions.flatMap(({ topic, protocol, endpoint }) =>
      topics.includes(topic) ? [`${protocol} ${endpoint}`] : [],
    );
    const services = pagerDuty > 0 ? [count(pagerDuty, "service of PagerDuty", "services of PagerDuty")] : [];
    return `  ${name}: ${[...people, ...services].join(", ") || "nobody is subscribed"}`;
  });
}

/** Says who will be told, and asks whether that is meant, unless that was said already. */
export async function consent(
  deployed: Deployed,
  yes: boolean,
  tell: (line: string) => void,
  { ask }: Terminal,
): Promise<boolean> {
  tell(`Test alarms are sent to people. They are marked as tests, and tell of ${deployed.stack}:`);
  for (const line of toldBy(deployed)) tell(line);
  return yes || /^y(es)?$/i.test((await ask("Send them? [y/N] ")).trim());
}
