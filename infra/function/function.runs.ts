import { repeat, signals } from "../signal/signal";
import { example, type FunctionRole, type FunctionSize, job, metric } from "./function.size";

const [quarter, hour, day] = [900, 3_600, 86_400];
const scheduled = (least: number, most: number) => ({
  holds: ({ every }: FunctionSize) => every > least && every <= most,
  otherwise:
    least === 0
      ? "no schedule runs it every quarter of an hour or more often"
      : least === quarter
        ? "no schedule runs it every quarter of an hour to every hour"
        : "no schedule runs it every hour to every day",
});
const notRun = (how: string) => ({
  means: `A function that a schedule runs ${how} did not run. What it does is not done, and nothing else will say so.`,
  check: [
    "Is its schedule there and enabled: aws scheduler get-schedule --group-name <group> --name <schedule>?",
    "Does the schedule reach it: AWS/Scheduler InvocationAttemptCount and TargetErrorCount of the group?",
    "Is it throttled (Throttles), or was its reserved concurrency set to 0: aws lambda get-function-concurrency?",
    "Did a deployment take away the schedule's role or its right to invoke (CloudTrail: PutRolePolicy, DeleteSchedule)?",
  ] as const,
  fix: [
    "Run it now: aws lambda invoke --function-name <function> --invocation-type Event /dev/stdout.",
    "Restore the schedule, its role or the concurrency by deploying the stack again.",
  ] as const,
});

/** Whether it runs, and whether it may. */
export const runSignals = signals<FunctionRole, "function", FunctionSize>()({
  "function-not-run-for-an-hour": {
    title: "A function of every few minutes did not run",
    golden: "availability",
    unit: "count",
    role: "function",
    source: metric("Invocations", "Sum"),
    when: scheduled(0, quarter),
    alarm: { atMost: 0, every: "5 minutes", for: "1 hour", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: { ...job, every: 300 },
      bad: [
        ["1 for 5 minutes", "missing for 90 minutes"],
        ["1 for 30 minutes", "0 for 1 hour"],
      ],
      fine: [
        [...repeat(4, "1 for 1 minute", "missing for 54 minutes")],
        [...repeat(3, "1 for 1 minute", "0 for 59 minutes")],
      ],
      healed: ["1 for 1 minute", "missing for 9 minutes"],
    },
    runbook: notRun("every few minutes"),
  },
  "function-not-run-for-hours": {
    title: "An hourly function did not run",
    golden: "availability",
    unit: "count",
    role: "function",
    source: metric("Invocations", "Sum"),
    when: scheduled(quarter, hour),
    alarm: { atMost: 0, every: "1 hour", for: "3 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: job,
      bad: [
        ["1 for 1 minute", "missing for 479 minutes"],
        ["1 for 1 hour", "0 for 3 hours"],
      ],
      fine: [[...repeat(4, "1 for 1 minute", "missing for 179 minutes")]],
      healed: ["1 for 1 minute", "missing for 59 minutes"],
    },
    runbook: notRun("every hour"),
  },
  "function-not-run-for-a-day": {
    title: "A daily function did not run",
    golden: "availability",
    unit: "count",
    role: "function",
    source: metric("Invocations", "Sum"),
    when: scheduled(hour, day),
    alarm: { atMost: 0, every: "1 hour", for: "26 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: { ...job, every: day },
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
    runbook: notRun("every day"),
  },
  "function-throttled": {
    title: "A function is throttled",
    golden: "saturation",
    unit: "count",
    role: "function",
    source: metric("Throttles", "Sum"),
    alarm: { above: 0, every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["0 for 5 minutes", ...repeat(3, "0 for 4 minutes", "1 for 1 minute")]],
      fine: [["0 for 5 minutes", "40 for 5 minutes", "0 for 10 minutes", "40 for 5 minutes", "0 for 10 minutes"]],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means:
        "For a quarter of an hour requests were refused because no more executions are allowed. Callers that wait get an error; events are tried again for six hours.",
      check: [
        "How many run (ConcurrentExecutions), and how many may: aws lambda get-function-concurrency --function-name <function>?",
        "Is the account's quota used up by another function (ClaimedAccountConcurrency)?",
        "Did executions get slower (Duration), so that more of them overlap?",
      ],
      fix: [
        "Raise the reserved concurrency in its declaration.",
        "Ask for a higher quota, or reserve less for others.",
      ],
    },
  },
  "function-concurrency": {
    title: "Executions near what is allowed",
    golden: "saturation",
    unit: "count",
    role: "function",
    source: metric("ConcurrentExecutions", "Maximum"),
    when: {
      holds: ({ concurrency }) => concurrency >= 10,
      otherwise: "with so few executions allowed, all of them are in use whenever it works",
    },
    alarm: { above: ({ concurrency }) => 0.9 * concurrency, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [["20 for 10 minutes", "80/91 for 10 minutes"]],
      fine: [["90 for 30 minutes"], ["91 for 9 minutes", "90 for 1 minute", "100 for 9 minutes", "10 for 1 minute"]],
      healed: ["40 for 1 minute"],
    },
    runbook: {
      means: "More than nine tenths of the executions that this function may have are running. Soon it is throttled.",
      check: [
        "Did traffic rise (Invocations), or did executions get slower (Duration)?",
        "What do they wait for: the database, another service? Look at a trace in X-Ray.",
        "Is the limit its own (reserved) or the account's: aws lambda get-function-concurrency?",
      ],
      fix: ["Raise the reserved concurrency, up to what its dependencies take.", "Mend what made it slow."],
    },
  },
});
