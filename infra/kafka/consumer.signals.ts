import { cloudwatch, math, signals } from "../signal/signal";

/** What is expected of a group that reads a topic. 0 stands for what nobody declared. */
export interface ConsumerSize {
  /** Seconds by which it may be behind. */
  readonly within: number;
  /** Messages that may wait for it. */
  readonly backlog: number;
}

/** The dimensions of lag. */
export type ConsumerSubject = "cluster" | "group" | "topic";

const lag = (metric: string) =>
  cloudwatch("AWS/Kafka", metric, "Maximum", {
    "Cluster Name": "cluster",
    "Consumer Group": "group",
    Topic: "topic",
  });

const declared = {
  holds: ({ within }: ConsumerSize) => within > 0,
  otherwise: "no consumer group of this topic is declared",
};

const example: ConsumerSize = { within: 300, backlog: 50_000 };

/**
 * What is watched of a consumer group ("Monitor consumer lags", MSK Developer Guide, 2026-11). Lag is published only for a group that is stable or empty and has
 * committed: silence is not health, so it has a signal of its own.
 */
export const consumerSignals = signals<"consumer group", ConsumerSubject, ConsumerSize>()({
  "consumer-late": {
    title: "A consumer group is too far behind",
    golden: "latency",
    unit: "seconds",
    role: "consumer group",
    source: lag("EstimatedMaxTimeLag"),
    when: declared,
    alarm: { atLeast: ({ within }) => within, for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["20 for 20 minutes", "20/300 for 5 minutes"]],
      fine: [
        ["299 for 2 hours"],
        ["missing for 1 hour"],
        ["900 for 4 minutes", "299 for 1 minute", "900 for 4 minutes", "20 for 5 minutes"],
      ],
      healed: ["missing for 10 minutes"],
    },
    runbook: {
      means: "What this group makes of the topic is older than its users accept.",
      felt: "Figures, stock and states that come from this topic are older than promised.",
      check: [
        "`kafka-consumer-groups.sh --bootstrap-server $BROKERS --command-config iam.properties --describe --group $GROUP`: all partitions, or one? Are there members?",
        "Do its pods run, and what do they log? A message that fails over and over holds one partition.",
        "Did the topic's traffic grow (messages in), or did the consumer's dependency slow down?",
      ],
      fix: [
        "Scale the consumers out, up to one for each partition; or roll back the release that slowed them.",
        "One stuck partition: mend the message's handling, or skip it after keeping a copy (--reset-offsets for that partition).",
        "Mend what it waits for: database, queue, another service.",
      ],
    },
  },
  "consumer-backlog": {
    title: "Too many messages wait for a consumer group",
    golden: "saturation",
    unit: "count",
    role: "consumer group",
    source: lag("SumOffsetLag"),
    when: {
      holds: ({ within, backlog }) => within > 0 && backlog > 0,
      otherwise: "how many messages may wait is not declared",
    },
    alarm: { above: ({ backlog }) => backlog, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["100 for 20 minutes", "100/50001 for 15 minutes"]],
      fine: [
        ["50000 for 2 hours"],
        ["missing for 1 hour"],
        ["90000 for 14 minutes", "400 for 1 minute", "90000 for 14 minutes", "100 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "More messages wait than this group usually has in a day's peak. It is not late yet, or late messages are estimated too kindly.",
      check: [
        "Is the backlog growing or being worked off (messages behind over the last hours)?",
        "Is it spread over the partitions, or does one key get most of the messages?",
        "Is a replay or an import running that somebody planned?",
      ],
      fix: [
        "Scale the consumers out, up to one for each partition.",
        "Pace the import; or raise the declared backlog if this is the new normal.",
      ],
    },
  },
  "consumer-unreported": {
    title: "Nobody knows how far a consumer group is behind",
    golden: "availability",
    unit: "count",
    role: "consumer group",
    source: math("FILL(lag, -1)", { lag: lag("SumOffsetLag") }),
    when: declared,
    alarm: { below: 0, every: "5 minutes", for: "1 hour", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [{ lag: ["0 for 1 hour", "missing for 1 hour"] }, { lag: ["missing for 3 hours"] }],
      fine: [
        { lag: ["0 for 3 hours"] },
        {
          lag: [
            "90 for 1 hour",
            "missing for 55 minutes",
            "0 for 5 minutes",
            "missing for 55 minutes",
            "90 for 10 minutes",
          ],
        },
      ],
      healed: { lag: ["0 for 5 minutes"] },
    },
    runbook: {
      means:
        "For an hour MSK has published no lag of this group: it rebalances without end, never committed, or is called otherwise. Nobody would see it fall behind.",
      check: [
        "`kafka-consumer-groups.sh --bootstrap-server $BROKERS --command-config iam.properties --describe --group $GROUP --state`: STABLE, or PREPARING_REBALANCE again and again?",
        "Does the consumer use just this group.id and topic? Colons and letters beyond ASCII keep a group out of CloudWatch.",
        "Do members leave because a batch takes longer than max.poll.interval.ms?",
      ],
      fix: [
        "Lower max.poll.records or raise max.poll.interval.ms, and use static membership (group.instance.id).",
        "Correct the name in the settings, or take the group out if nobody runs it any more.",
      ],
    },
  },
  "consumer-behind": {
    title: "Messages behind, worst partition",
    golden: "traffic",
    unit: "count",
    role: "consumer group",
    source: lag("MaxOffsetLag"),
    runbook: {
      means:
        "How many messages the slowest partition is behind. Far more than the others: one message or one key holds it.",
    },
  },
});
