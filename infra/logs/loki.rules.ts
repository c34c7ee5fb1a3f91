/** Rules on logs: what they make of lines are series of AMP, on which alerts are made like on any other. */
import { stringify } from "yaml";

/** The series that the rules record, each with the labels `logs`, `namespace` and `workload`: `service` is, in alerts, the owner's. */
export const recorded = {
  lines: "logs_recorded:lines:rate1m",
  bytes: "logs_recorded:bytes:rate1m",
  errors: "logs_recorded:errors:rate1m",
  refused: "logs_recorded:refused:rate1m",
} as const;

/** Words by which services say that something failed. */
const errors = "(?i)(error|fatal|critical|panic)";

/** The rules of a component, as Loki's ruler reads them. @param gateway the service that the gateway's own lines are of @param interval shorter in tests */
export function recordingRules(logs: string, gateway: string, interval = "1m"): string {
  const every = '{service=~".+"}';
  const rule = (record: string, expr: string) => ({ record, expr, labels: { logs } });
  // Summed at once, for what is known of single lines would make a series of each.
  const by = (vector: string) =>
    `sum by (namespace, workload) (label_replace(sum by (namespace, service) (${vector}), "workload", "$1", "service", "(.+)"))`;
  return stringify(
    {
      groups: [
        {
          name: "logs",
          interval,
          rules: [
            rule(recorded.lines, by(`rate(${every}[1m])`)),
            rule(recorded.bytes, by(`bytes_rate(${every}[1m])`)),
            rule(recorded.errors, by(`rate(${every} | level=~\`${errors}\` [1m])`)),
            rule(recorded.refused, by(`rate({service="${gateway}"} | json status="status" | status="401" [1m])`)),
          ],
        },
      ],
    },
    { lineWidth: 0 },
  );
}
