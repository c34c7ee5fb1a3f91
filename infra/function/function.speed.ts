import { type Stretch, signals } from "../signal/signal";
import { example, type FunctionRole, type FunctionSize, isBusy, job, metric, timeoutIn } from "./function.size";

/** A minute in which one run of many was slow: the slowest counts, not a percentile. */
const one = (usual: string, slow: string): Stretch =>
  `${Array<string>(150).fill(usual).join("/")}/${slow} for 1 minute`;

/** Whether it is in time. */
export const speedSignals = signals<FunctionRole, "function", FunctionSize>()({
  "function-near-timeout": {
    title: "A run took nearly as long as it may",
    golden: "latency",
    unit: "milliseconds",
    role: "function",
    source: metric("Duration", "Maximum"),
    when: { holds: (size) => !isBusy(size), otherwise: "it runs often: the ninth of ten counts, not the slowest" },
    alarm: { above: (size) => 0.9 * timeoutIn(size), for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: job,
      bad: [["2000 for 10 minutes", one("2000", "54001")]],
      fine: [["54000 for 30 minutes"], ["missing for 1 hour", "53000 for 1 minute"]],
      healed: ["2000 for 1 minute"],
    },
    runbook: {
      means: "A run used more than nine tenths of its timeout. A little slower, and it is cut off half way.",
      check: [
        "What took the time: its trace in X-Ray, its log between START and REPORT?",
        "Does it get slower with every run (more data, more objects), or was it this once?",
        "Is memory short (REPORT: Max Memory Used)? More memory is more CPU as well.",
      ],
      fix: ["Raise timeout or memory in its declaration.", "Split its work, or mend the slow dependency."],
    },
  },
  "function-slow": {
    title: "A function is slow",
    golden: "latency",
    unit: "milliseconds",
    role: "function",
    source: metric("Duration", "p90"),
    when: { holds: isBusy, otherwise: "it runs too rarely for a percentile to mean anything" },
    alarm: {
      above: (size) => 0.8 * timeoutIn(size),
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [["900 for 5 minutes", "900/900/900/900/900/900/900/900/48001/50000 for 15 minutes"]],
      fine: [
        ["900/900/900/900/900/900/900/900/48000/60000 for 30 minutes"],
        ["50000 for 14 minutes", "900 for 1 minute", "50000 for 14 minutes", "900 for 1 minute"],
      ],
      healed: ["900 for 1 minute"],
    },
    runbook: {
      means: "One in ten invocations uses more than four fifths of the timeout. Some are cut off, and callers wait.",
      check: [
        "What do they wait for: the slowest traces in X-Ray?",
        "Did it start with a deployment, or with more traffic?",
        "Is memory short (REPORT: Max Memory Used)? More memory is more CPU as well.",
      ],
      fix: ["Mend the slow dependency, or roll back.", "Raise memory, then timeout, in its declaration."],
    },
  },
  "function-events-waiting": {
    title: "Events wait too long",
    golden: "latency",
    unit: "milliseconds",
    role: "function",
    source: metric("AsyncEventAge", "Maximum"),
    when: { holds: ({ asynchronous }) => asynchronous, otherwise: "it gets no events asynchronously" },
    alarm: { above: "15 minutes", for: "5 minutes", severity: "ticket", whenMissing: "ok", datapoints: 1 },
    proof: {
      size: job,
      bad: [
        ["500 for 5 minutes", one("500", "900001")],
        ["missing for 10 minutes", "900001 for 1 minute", "500 for 4 minutes"],
      ],
      fine: [["900000 for 30 minutes"]],
      healed: ["500 for 5 minutes"],
    },
    runbook: {
      means:
        "An event waited more than a quarter of an hour before the function took it. Two tries that fail take three minutes; after six hours it is given up.",
      check: [
        "Is the function throttled (Throttles), or does it fail and try again (Errors)?",
        "How many events come (AsyncEventsReceived), and how many run at once (ConcurrentExecutions)?",
        "Is the reserved concurrency 0, as somebody sets it to stop a function: aws lambda get-function-concurrency?",
      ],
      fix: ["Raise the reserved concurrency.", "Mend the error that makes events come back."],
    },
  },
});
