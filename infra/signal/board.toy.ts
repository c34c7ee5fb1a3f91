/** A kind with a signal of each sort, for tests of dashboards. */
import { defineKind, type Kind } from "./kind";
import { prometheus } from "./rule.record";
import { cloudwatch, math, type SignalTable, signals } from "./signal";

/** What an instance of the kind declares. */
export interface Size {
  readonly most: number;
}
const size: Size = { most: 40 };
/** A metric of a queue. */
export const sent = (name: string, statistic: "Sum" | "Maximum" = "Sum") =>
  cloudwatch("AWS/SQS", name, statistic, { QueueName: "queue" });
const unproven = { proof: { size, bad: [], fine: [], healed: [] } } as const;
const runbook = { means: "It is bad.", check: ["a", "b", "c"], fix: ["d"] } as const;

/** The kind with another table. */
export const kindOf = (table: SignalTable<string, string, Size>): Kind =>
  defineKind<string, string, Size>({
    name: "toy",
    types: [],
    signals: table,
    nameOf: { QueueName: "name" },
    named: { late: "late$" },
    roleOf: () => "toy",
    sizeOf: () => size,
    costs: () => [],
  });

/** One signal of each sort. */
export const toys = signals<string, string, Size>()({
  "toy-share": {
    title: "Share",
    golden: "errors",
    unit: "percent",
    role: "toy",
    source: math(
      "IF(all > {most}, 100 * bad / all, 0)",
      { bad: sent("NumberOfMessagesDeleted"), all: sent("NumberOfMessagesSent") },
      { most: ({ most }: Size) => most },
    ),
    when: { holds: () => true, otherwise: "it is small" },
    alarm: {
      above: "5 %",
      every: "5 minutes",
      for: "30 minutes",
      datapoints: 4,
      severity: "ticket",
      whenMissing: "ok",
    },
    ...unproven,
    runbook,
  },
  "toy-late": {
    title: "Late",
    golden: "latency",
    unit: "seconds",
    role: "late",
    source: sent("ApproximateAgeOfOldestMessage", "Maximum"),
    alarm: { atMost: ({ most }: Size) => most, for: "1 minute", severity: "page", whenMissing: "bad" },
    ...unproven,
    runbook,
  },
  "toy-odd": {
    title: "Odd",
    golden: "traffic",
    unit: "count",
    role: "toy",
    source: sent("NumberOfMessagesSent"),
    alarm: { outsideBand: 3, for: "5 minutes", severity: "ticket", whenMissing: "keep" },
    ...unproven,
    runbook,
  },
  "toy-lag": {
    title: "Lag",
    golden: "saturation",
    unit: "bytes",
    role: "toy",
    source: prometheus(
      'max(lag{group=~"{group}", note="}{"}) / on() depth{queue="{queue}"} > {most} or vector({free})',
      {
        most: ({ most }: Size) => most,
      },
    ),
    alarm: { below: "3 GiB", for: "10 minutes", severity: "page", whenMissing: "unknown" },
    proof: { size, bad: [{}], fine: [{}], healed: {} },
    runbook,
  },
  "toy-told": {
    title: "Told",
    golden: "errors",
    unit: "bytes/second",
    role: "toy",
    source: sent("SentMessageSize"),
    runbook: { means: "It is so." },
  },
});
/** The kind with that table. */
export const toy = kindOf(toys);
