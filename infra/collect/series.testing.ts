/** Between rules and what is scraped for them, in tests: which series rules select, and how an exporter would show them. */
import { parse, stringify } from "yaml";

/** What is read of a signal here, whatever its kind. */
export interface Recorded {
  readonly source: { readonly from: string; readonly query?: string };
  readonly proof?: { readonly bad: readonly unknown[] };
}

const queriesOf = (signals: readonly Recorded[]): readonly string[] =>
  signals.flatMap(({ source }) => (source.from === "prometheus" && source.query !== undefined ? [source.query] : []));

/** Every selector with labels in the rules of some signals, of one owner: `pg_up{database="shop"}`. */
export const selectorsOf = (signals: readonly Recorded[], owner: string, name: string): readonly string[] => [
  ...new Set(
    queriesOf(signals).flatMap((query) =>
      [...query.replaceAll(`{${owner}}`, name).matchAll(/[a-zA-Z_]\w*\{[^{}]*\}/g)].map(([selector]) => selector),
    ),
  ),
];

/** The metrics that the rules of some signals name with labels. */
export const names = (signals: readonly Recorded[]): readonly string[] => [
  ...new Set(
    queriesOf(signals).flatMap((query) =>
      [...query.matchAll(/([a-zA-Z_]\w*)\{[^}]/g)].map(([, metric = ""]) => metric),
    ),
  ),
];

/** The series of the bad cases of some signals, as an exporter shows them: without the labels that a scrape brings. */
export function exposed(signals: readonly Recorded[], brought: readonly string[]): string {
  const series = signals
    .filter(({ source }) => source.from === "prometheus")
    .flatMap(({ proof }) =>
      (proof?.bad ?? []).flatMap((one) => (typeof one === "object" && one ? Object.keys(one) : [])),
    )
    .map((one) => {
      const [, metric = "", labels = ""] = /^(\w+)\{(.*)\}$/.exec(one) ?? [];
      const own = [...labels.matchAll(/(\w+)="([^"]*)"/g)].filter(([, label = ""]) => !brought.includes(label));
      return `${metric}{${own.map(([text]) => text).join(",")}} 1`;
    });
  return `${[...new Set(series)].sort().join("\n")}\n`;
}

interface Job {
  readonly basic_auth?: unknown;
}

/** The same configuration where nothing listens with TLS and nobody waits a minute: scheme and pace are another, and nothing else. */
export function pacedForLoopback(text: string): string {
  const configuration: { readonly scrape_configs: readonly Job[] } = parse(text);
  const paced = { scrape_interval: "1s", scrape_timeout: "1s" };
  const jobs = configuration.scrape_configs.map((job) => ({
    ...job,
    ...paced,
    ...(job.basic_auth !== undefined && { scheme: "http" }),
  }));
  return stringify({ ...configuration, scrape_configs: jobs });
}
