import type { Replacement } from "../replacements";

const rds = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/rds/${path} at ${commit}, ForceNew`;

/** What replaces the surroundings of a database; the instance itself stands in the table of all types. */
export const database: Readonly<Record<string, Replacement>> = {
  "aws:rds/eventSubscription:EventSubscription": {
    inputs: ["name", "namePrefix"],
    source: rds("event_subscription.go", "03e17e1"),
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    inputs: ["description", "family", "name", "namePrefix"],
    source: rds("parameter_group.go", "0160692"),
  },
  "aws:rds/subnetGroup:SubnetGroup": { inputs: ["name", "namePrefix"], source: rds("subnet_group.go", "01c0800") },
};
