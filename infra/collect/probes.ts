import { stringify } from "yaml";

/** What an address must answer. */
export interface ProbeExpectation {
  /** Status that is fine. @default [200] */
  readonly status?: readonly number[];
}

/** Seconds that a probe may take: less than the scrape that waits for it. */
const timeout = 15;

/** The configuration of the black-box exporter: a module for each probe, of the same name. Only over TLS whose certificate is right. */
export const probeModules = (probes: Readonly<Record<string, ProbeExpectation>>): string =>
  stringify({
    modules: Object.fromEntries(
      Object.entries(probes).map(([name, { status = [200] }]) => [
        name,
        {
          prober: "http",
          timeout: `${timeout}s`,
          http: {
            valid_status_codes: [...status],
            // The status of the first answer is what is expected, not where it leads.
            follow_redirects: false,
            fail_if_not_ssl: true,
            preferred_ip_protocol: "ip4",
          },
        },
      ]),
    ),
  });
