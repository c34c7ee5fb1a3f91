import { cloudwatch, repeat, signals } from "../signal/signal";

/** What a rule of EventBridge declares of itself. */
export interface EventRuleSize {
  /** What its targets do not take goes to a queue, whose alarm tells of it. */
  readonly deadLetters: boolean;
  /** It is on the default bus of the region whose topics tell somebody; elsewhere nobody can be told. */
  readonly here: boolean;
  /** Events a day that it sends to another region, for the bill. */
  readonly forwardsPerDay: number;
}

const metric = (name: string) => cloudwatch("AWS/Events", name, "Sum", { RuleName: "rule" });
const example: EventRuleSize = { deadLetters: true, here: true, forwardsPerDay: 0 };
const here = {
  holds: ({ here: told }: EventRuleSize) => told,
  otherwise: "it is in another region or on a bus of its own, whose alarms could tell nobody here",
};

/** A rule of EventBridge on the default bus. */
export const eventRuleSignals = signals<"rule", "rule", EventRuleSize>()({
  "event-rule-failing": {
    title: "An event did not reach its target",
    golden: "errors",
    unit: "count",
    role: "rule",
    source: metric("FailedInvocations"),
    when: here,
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["missing for 10 minutes", "1 for 1 minute"],
        ["0 for 5 minutes", "0/1 for 1 minute"],
      ],
      fine: [["missing for 1 hour"], ["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means:
        "EventBridge gave an event up: its target refused it, or did for a whole day. What the event was about was told to nobody.",
      check: [
        "Does the target still let events.amazonaws.com in: aws sns get-topic-attributes --topic-arn <topic> (Policy)?",
        "May EventBridge use the key of an encrypted target: aws kms get-key-policy --key-id <key>? Is the key enabled?",
        "Does the rule still have its target: aws events list-targets-by-rule --rule <rule>?",
        "Was one of them changed (CloudTrail: SetTopicAttributes, PutKeyPolicy, DisableKey, PutTargets)?",
      ],
      fix: [
        "Deploy the stack again: it restores policy, key and target.",
        "Read what was missed: the dead-letter queue of the target has the events; those of AWS Health stand in its event log too.",
      ],
    },
  },
  "event-rule-failure-lost": {
    title: "An event that was given up could not be kept",
    golden: "errors",
    unit: "count",
    role: "rule",
    source: metric("InvocationsFailedToBeSentToDlq"),
    when: {
      holds: ({ deadLetters, here: told }) => deadLetters && told,
      otherwise: "it has no dead-letter queue, or is where nobody can be told",
    },
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["missing for 10 minutes", "1 for 1 minute"],
        ["0 for 5 minutes", "0/1 for 1 minute"],
      ],
      fine: [["missing for 1 hour"], ["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "The target did not take an event, and its dead-letter queue did not either: the event is gone.",
      check: [
        "Does the queue's policy let events.amazonaws.com send for this rule: aws sqs get-queue-attributes --attribute-names Policy?",
        "May EventBridge use the queue's key, and is it enabled: aws kms get-key-policy, aws kms describe-key?",
        "Is the queue there: aws events list-targets-by-rule --rule <rule> (DeadLetterConfig)?",
      ],
      fix: [
        "Deploy the stack again: it restores queue, policy and key.",
        "Read AWS Health's event log in the console for what was missed, if it was a rule for that.",
      ],
    },
  },
  "event-rule-throttled": {
    title: "A rule of EventBridge is throttled",
    golden: "saturation",
    unit: "count",
    role: "rule",
    source: metric("ThrottledRules"),
    when: here,
    alarm: { above: 0, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["missing for 5 minutes", ...repeat(3, "0 for 4 minutes", "1 for 1 minute")]],
      fine: [["missing for 5 minutes", "9 for 5 minutes", "0 for 10 minutes", "9 for 5 minutes"]],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means: "For a quarter of an hour the account started more targets than its quota allows: events come late.",
      check: [
        "Which rule starts so many: Invocations by RuleName, by the minute?",
        "What is the quota: aws service-quotas list-service-quotas --service-code events (Invocations throttle limit)?",
        "Does a rule match what its own target does, in a circle?",
      ],
      fix: ["Narrow the pattern of the rule that matches too much.", "Ask for a higher quota."],
    },
  },
  "event-rule-invocations": {
    title: "Events that reached a target",
    golden: "traffic",
    unit: "count",
    role: "rule",
    source: metric("Invocations"),
    runbook: {
      means: "How often the rule invoked a target, failures included. Nothing is published while nothing matches.",
    },
  },
});
