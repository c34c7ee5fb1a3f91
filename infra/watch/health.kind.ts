import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { type EventRuleSize, eventRuleSignals } from "./health.signals";

const target = "aws:cloudwatch/eventTarget:EventTarget";

/** Rules of EventBridge as the catalogue knows them, ours and those of any other program. */
export const eventRuleKind = defineKind<"rule", "rule", EventRuleSize>({
  name: "event-rule",
  types: ["aws:cloudwatch/eventRule:EventRule"],
  signals: eventRuleSignals,
  nameOf: { RuleName: "name" },
  roleOf: () => "rule",
  sizeOf: ({ urn, known: { eventBusName = "default" } }, _role, graph) => ({
    deadLetters: graph
      .users(urn, target, "rule")
      .some(({ known, madeFrom }) => known.deadLetterConfig !== undefined || madeFrom.deadLetterConfig !== undefined),
    here: eventBusName === "default",
    forwardsPerDay: 0,
  }),
  // What AWS itself puts is free, and so is what a rule does with it in its own region.
  costs: ({ name }, _role, { forwardsPerDay }) =>
    forwardsPerDay > 0
      ? [
          {
            item: `events that ${name} sends to another region`,
            price: "eventbridge.events",
            quantity: (forwardsPerDay * daysPerMonth) / 1e6,
          },
        ]
      : [],
});
