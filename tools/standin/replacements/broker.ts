import type { Replacement } from "../replacements";

/** What replaces what a broker is made with. The broker itself and its secrets stand in the main table. */
export const brokerReplacements: Readonly<Record<string, Replacement>> = {
  "aws:mq/configuration:Configuration": {
    inputs: ["engineType", "engineVersion", "name"],
    source: "terraform-provider-aws internal/service/mq/configuration.go at 01f4311, ForceNew",
  },
};
