import { cloudwatch, repeat, signals } from "../signal/signal";

export type ScheduleRole = "schedule";

/** What a schedule declares of itself. */
export interface ScheduleSize {
  /** Seconds between two runs. */
  readonly every: number;
  /** What could not be delivered goes to a queue, whose alarm tells of it. */
  readonly deadLetters: boolean;
  /** Its target has an alarm of its own for not having run. */
  readonly targetTells: boolean;
}

const metric = (name: string) => cloudwatch("AWS/Scheduler", name, "Sum", { ScheduleGroup: "group" });
const day = 86_400;
const example: ScheduleSize = { every: day, deadLetters: false, targetTells: false };
const withQueue: ScheduleSize = { ...example, deadLetters: true };

/** Every metric is of a group: a schedule that is watched has one of its own. */
export const scheduleSignals = signals<ScheduleRole, "group", ScheduleSize>()({
  "schedule-silent": {
    title: "A schedule did not start anything",
    golden: "availability",
    unit: "count",
    role: "schedule",
    source: metric("InvocationAttemptCount"),
    when: {
      holds: ({ every, targetTells }) => every <= day && !targetTells,
      otherwise: "its target tells when it did not run, or it runs less often than CloudWatch looks back",
    },
    alarm: { atMost: 0, every: "1 hour", for: "26 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["1 for 1 minute", "missing for 59 minutes", "missing for 32 hours"],
        ["1 for 1 hour", "0 for 26 hours"],
      ],
      fine: [
        [...repeat(3, "1 for 1 minute", "missing for 25 hours")],
        [...repeat(3, "1 for 1 minute", "0 for 1559 minutes")],
      ],
      healed: ["1 for 1 minute", "missing for 59 minutes"],
    },
    runbook: {
      means: "A schedule that runs at least once a day started nothing for 26 hours. Its work is not done.",
      check: [
        "Is it enabled: aws scheduler get-schedule --group-name <group> --name <schedule> (State)?",
        "Does its expression mean what was meant, in its time zone?",
        "Was it changed or deleted (CloudTrail: UpdateSchedule, DeleteSchedule)?",
      ],
      fix: ["Deploy the stack again, which restores it.", "Start its target by hand, for what was missed."],
    },
  },
  "schedule-dropped": {
    title: "A scheduled run was given up",
    golden: "errors",
    unit: "count",
    role: "schedule",
    source: metric("InvocationDroppedCount"),
    when: {
      holds: ({ deadLetters }) => !deadLetters,
      otherwise: "what it gives up goes to a queue, whose alarm tells",
    },
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["missing for 10 minutes", "1 for 1 minute"],
        ["0 for 5 minutes", "0/1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "The scheduler tried as often as it may and gave a run up: what the target does was not done.",
      check: [
        "What does the target answer (TargetErrorCount, TargetErrorThrottledCount of the group)?",
        "May the schedule's role invoke the target (CloudTrail, eventSource scheduler.amazonaws.com)?",
        "Is the target there, and was it renamed or deleted?",
      ],
      fix: ["Restore role or target by deploying the stack again.", "Start the target by hand, for what was missed."],
    },
  },
  "schedule-failure-lost": {
    title: "A run that was given up could not be kept",
    golden: "errors",
    unit: "count",
    role: "schedule",
    source: metric("InvocationsFailedToBeSentToDeadLetterCount"),
    when: { holds: ({ deadLetters }) => deadLetters, otherwise: "it has no dead-letter queue" },
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: withQueue,
      bad: [
        ["missing for 10 minutes", "1 for 1 minute"],
        ["0 for 5 minutes", "0/1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "A run was given up, and its dead-letter queue did not take it either: nobody else will tell of it.",
      check: [
        "May the schedule's role send to the queue (sqs:SendMessage, kms:GenerateDataKey, kms:Decrypt)?",
        "Is the queue there, and is its key enabled: aws kms describe-key?",
        "What made the run fail in the first place (TargetErrorCount of the group)?",
      ],
      fix: ["Restore the role's right or the key by deploying the stack again.", "Start the target by hand."],
    },
  },
  "schedule-target-errors": {
    title: "The target of a schedule refuses",
    golden: "errors",
    unit: "count",
    role: "schedule",
    source: metric("TargetErrorCount"),
    alarm: { above: 0, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: withQueue,
      bad: [["missing for 5 minutes", ...repeat(3, "0 for 4 minutes", "1 for 1 minute")]],
      fine: [["missing for 5 minutes", "9 for 5 minutes", "0 for 10 minutes", "9 for 5 minutes"]],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means:
        "For a quarter of an hour the target answered every try of the schedule with an error. It is tried again until the retry policy ends.",
      check: [
        "May the schedule's role invoke the target (CloudTrail, errorCode AccessDenied)?",
        "Is the target there, and enabled: aws lambda get-function --function-name <function> (State)?",
        "Does the target take the input: aws scheduler get-schedule (Target.Input)?",
      ],
      fix: ["Restore role or target by deploying the stack again.", "Correct the input in its declaration."],
    },
  },
  "schedule-throttled": {
    title: "A schedule is throttled",
    golden: "saturation",
    unit: "count",
    role: "schedule",
    source: metric("InvocationThrottleCount"),
    alarm: { above: 0, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: withQueue,
      bad: [["missing for 5 minutes", ...repeat(3, "0 for 4 minutes", "1 for 1 minute")]],
      fine: [["missing for 5 minutes", "9 for 5 minutes", "0 for 10 minutes", "9 for 5 minutes"]],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means:
        "For a quarter of an hour runs were put off, because the account starts more of them than the scheduler's quota allows.",
      check: [
        "How many runs start at once: InvocationAttemptCount of all groups, by the minute?",
        "Do many schedules start at the same minute? Spread them.",
        "Is the quota what it was: aws service-quotas list-service-quotas --service-code scheduler?",
      ],
      fix: ["Move schedules apart, or give them a flexible time window.", "Ask for a higher quota of invocations."],
    },
  },
  "schedule-target-throttled": {
    title: "The target of a schedule is throttled",
    golden: "saturation",
    unit: "count",
    role: "schedule",
    source: metric("TargetErrorThrottledCount"),
    alarm: { above: 0, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: withQueue,
      bad: [["missing for 5 minutes", ...repeat(3, "0 for 4 minutes", "1 for 1 minute")]],
      fine: [["missing for 5 minutes", "9 for 5 minutes", "0 for 10 minutes", "9 for 5 minutes"]],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means:
        "For a quarter of an hour the target put every try of the schedule off: it has too much to do. Runs are late.",
      check: [
        "Is the target's concurrency used up (Lambda: ConcurrentExecutions, Throttles)?",
        "Was its reserved concurrency lowered: aws lambda get-function-concurrency?",
        "Who else calls it at that time?",
      ],
      fix: ["Raise the target's concurrency.", "Move schedules apart, or give them a flexible time window."],
    },
  },
  "schedule-attempts": {
    title: "Runs that were started",
    golden: "traffic",
    unit: "count",
    role: "schedule",
    source: metric("InvocationAttemptCount"),
    runbook: { means: "How often the schedule invoked its target, further tries included." },
  },
});
