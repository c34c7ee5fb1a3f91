import { catalogueOf } from "./catalogue";
import { defineKind } from "./kind";
import { cloudwatch, prometheus, signals } from "./signal";

/** What a toy declares: the kind is for tests only, over a type that is cheap to make. */
export interface ToySize {
  /** Messages that may wait. */
  readonly waiting: number;
  /** Minutes over which failures are counted. */
  readonly window: number;
  readonly counted: boolean;
}

export const toySize: ToySize = { waiting: 100, window: 10, counted: true };

const runbook = {
  means: "A toy is broken.",
  check: ["Is it plugged in?", "Does it make a noise?", "Is it lost?"],
  fix: ["Buy another one."],
} as const;

export const toySignals = signals<"toy", "queue", ToySize>()({
  "toy-backlog": {
    title: "Too much is waiting",
    golden: "saturation",
    unit: "count",
    role: "toy",
    source: prometheus('sum by (queue) (toy_messages{queue="{queue}"})'),
    alarm: { above: ({ waiting }) => waiting, for: "5 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: toySize,
      bad: [
        {
          'toy_messages{queue="{queue}", node="a"}': ["0 for 5 minutes", "60 for 10 minutes"],
          'toy_messages{queue="{queue}", node="b"}': ["0 for 5 minutes", "41 for 10 minutes"],
        },
      ],
      fine: [
        {
          'toy_messages{queue="{queue}", node="a"}': ["100 for 20 minutes", "500 for 4 minutes", "50 for 5 minutes"],
          'toy_messages{queue="other", node="b"}': ["900 for 29 minutes"],
        },
      ],
      healed: {
        'toy_messages{queue="{queue}", node="a"}': ["60 for 5 minutes"],
        'toy_messages{queue="{queue}", node="b"}': ["40 for 5 minutes"],
      },
    },
    runbook,
  },
  "toy-failing": {
    title: "Work fails",
    golden: "errors",
    unit: "count/second",
    role: "toy",
    source: prometheus('sum(rate(toy_failures_total{queue=~"{queue}|spare"}[{window}m]))', {
      window: ({ window }: ToySize) => window,
    }),
    when: { holds: ({ counted }) => counted, otherwise: "it counts no failures" },
    alarm: {
      atLeast: 0.5,
      every: "30 seconds",
      for: "2 minutes",
      severity: "ticket",
      whenMissing: "keep",
      keepFiringFor: "30 minutes",
    },
    proof: {
      size: toySize,
      scrape: "30 seconds",
      bad: [{ 'toy_failures_total{queue="{queue}", pod="a"}': ["0 for 10 minutes", "+20 for 15 minutes"] }],
      fine: [{ 'toy_failures_total{queue="{queue}", pod="a"}': ["+10 for 10 minutes", "+14 for 20 minutes"] }],
      healed: { 'toy_failures_total{queue="{queue}", pod="a"}': ["+0 for 50 minutes"] },
    },
    runbook,
  },
  "toy-odd": {
    title: "Unlike every other day",
    golden: "traffic",
    unit: "count",
    role: "toy",
    source: cloudwatch("AWS/SQS", "NumberOfMessagesSent", "Sum", { QueueName: "queue" }),
    alarm: { outsideBand: 2, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    // Samples come each minute; an edge is that of the sum of five.
    proof: {
      size: toySize,
      bad: [
        {
          value: ["500 for 30 minutes", "900 for 15 minutes"],
          value_lower: ["600 for 45 minutes"],
          value_upper: ["4100 for 45 minutes"],
        },
        {
          value: ["500 for 30 minutes", "100 for 15 minutes"],
          value_lower: ["600 for 45 minutes"],
          value_upper: ["4100 for 45 minutes"],
        },
      ],
      fine: [
        {
          value: ["500 for 30 minutes", "900 for 10 minutes", "500 for 5 minutes"],
          value_lower: ["600 for 45 minutes"],
          value_upper: ["4100 for 45 minutes"],
        },
      ],
      healed: {
        value: ["600 for 15 minutes"],
        value_lower: ["600 for 15 minutes"],
        value_upper: ["4100 for 15 minutes"],
      },
    },
    runbook,
  },
});

export const toyKind = defineKind<"toy", "queue", ToySize>({
  name: "toy",
  types: ["aws:sqs/queue:Queue"],
  signals: toySignals,
  nameOf: { QueueName: "name" },
  roleOf: () => "toy",
  sizeOf: () => toySize,
  costs: () => [],
});

export const toyCatalogue = catalogueOf([toyKind], {});
