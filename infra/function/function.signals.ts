import { signals } from "../signal/signal";
import { failureSignals } from "./function.failures";
import { runSignals } from "./function.runs";
import { type FunctionRole, type FunctionSize, metric } from "./function.size";
import { speedSignals } from "./function.speed";

const informationSignals = signals<FunctionRole, "function", FunctionSize>()({
  "function-invocations": {
    title: "Invocations",
    golden: "traffic",
    unit: "count",
    role: "function",
    source: metric("Invocations", "Sum"),
    runbook: { means: "How often it ran, failures included; what was throttled is not counted." },
  },
  "function-duration": {
    title: "Usual duration",
    golden: "latency",
    unit: "milliseconds",
    role: "function",
    source: metric("Duration", "Average"),
    runbook: { means: "How long a run takes on average, without the time to start an execution environment." },
  },
  "function-errors": {
    title: "Errors",
    golden: "errors",
    unit: "count",
    role: "function",
    source: metric("Errors", "Sum"),
    runbook: {
      means: "Invocations that ended in an error or were cut off at the timeout, tries of the same event included.",
    },
  },
});

/** What is watched of a function, in the order of a board: does it run, does it fail, is it in time. */
export const functionSignals = { ...runSignals, ...failureSignals, ...speedSignals, ...informationSignals };
