import { defineKind } from "../../infra/signal/kind";
import { type ToySize, toySignals, toySize } from "../../infra/signal/rule.fixtures";
import { type AnyRuled, repeat, type Signal } from "../../infra/signal/signal";

const backlog = toySignals["toy-backlog"];
const failing = toySignals["toy-failing"];
const nodes = ['toy_messages{queue="{queue}", node="a"}', 'toy_messages{queue="{queue}", node="b"}'] as const;
const pods = [
  'toy_failures_total{queue="{queue}", pod="a"}',
  'toy_failures_total{queue="spare", pod="b"}',
  'toy_failures_total{queue="other", pod="c"}',
] as const;

/** The toy's rules with proofs that come as near to the limits as series can: nothing about the rules may change unnoticed. */
export const tight = {
  "toy-backlog": {
    ...backlog,
    proof: {
      size: toySize,
      // Just over, and just as long as it must be.
      bad: [
        { [nodes[0]]: ["0 for 5 minutes", "60 for 6 minutes"], [nodes[1]]: ["0 for 5 minutes", "41 for 6 minutes"] },
      ],
      // Just not over, and then one minute too short.
      fine: [{ ...backlog.proof.fine[0], [nodes[0]]: ["100 for 19 minutes", "500 for 5 minutes", "50 for 5 minutes"] }],
      healed: backlog.proof.healed,
    },
  },
  "toy-failing": {
    ...failing,
    proof: {
      size: toySize,
      scrape: "30 seconds",
      bad: [
        // In beats: no two scrapes tell what ten minutes do.
        {
          [pods[0]]: ["0 for 10 minutes", ...repeat(15, "+16 for 30 seconds", "+0 for 30 seconds")],
          [pods[1]]: ["0 for 10 minutes", ...repeat(15, "+16 for 30 seconds", "+0 for 30 seconds")],
          [pods[2]]: ["0 for 25 minutes"],
        },
        // Just over the limit, just as long as it must be.
        {
          [pods[0]]: ["0 for 10 minutes", "+7.75 for 12 minutes"],
          [pods[1]]: ["0 for 10 minutes", "+7.75 for 12 minutes"],
          [pods[2]]: ["0 for 22 minutes"],
        },
      ],
      fine: [
        {
          [pods[0]]: ["+10 for 10 minutes", "+14 for 20 minutes"],
          [pods[1]]: ["0 for 30 minutes"],
          [pods[2]]: ["+90 for 30 minutes"],
        },
        // Over the limit for 90 seconds.
        { [pods[0]]: ["0 for 10 minutes", "+16.5 for 630 seconds", "+0 for 10 minutes"] },
      ],
      healed: {
        [pods[0]]: ["+0 for 50 minutes"],
        [pods[1]]: ["+0 for 50 minutes"],
        [pods[2]]: ["+0 for 50 minutes"],
      },
    },
  },
} as const satisfies Record<string, AnyRuled<ToySize>>;

/** The same with proofs that are weaker on purpose. */
export const loose = {
  "toy-far": {
    ...backlog,
    proof: {
      ...tight["toy-backlog"].proof,
      bad: [
        { [nodes[0]]: ["0 for 5 minutes", "90 for 6 minutes"], [nodes[1]]: ["0 for 5 minutes", "99 for 6 minutes"] },
      ],
    },
  },
  "toy-single": {
    ...backlog,
    proof: {
      ...tight["toy-backlog"].proof,
      bad: [{ [nodes[0]]: ["0 for 5 minutes", "101 for 7 minutes"] }],
      healed: { [nodes[0]]: ["100 for 5 minutes"] },
    },
  },
} as const satisfies Record<string, AnyRuled<ToySize>>;

/** A toy of some signals. */
export const toyOf = (signals: Readonly<Record<string, Signal<"toy", "queue", ToySize>>>) =>
  defineKind<"toy", "queue", ToySize>({
    name: "toy",
    types: ["aws:sqs/queue:Queue"],
    signals,
    nameOf: {},
    roleOf: () => "toy",
    sizeOf: () => toySize,
    costs: () => [],
  });
