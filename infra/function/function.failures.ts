import { math, repeat, signals } from "../signal/signal";
import { example, type FunctionRole, type FunctionSize, isBusy, job, jobWithQueue, metric } from "./function.size";

const logs =
  'Read why: CloudWatch Logs Insights on its log group, filter level = "ERROR" or @message like /Task timed out/ | sort @timestamp desc.';

/** Whether what it does gets done. */
export const failureSignals = signals<FunctionRole, "function", FunctionSize>()({
  "function-failing": {
    title: "Many invocations fail",
    golden: "errors",
    unit: "percent",
    role: "function",
    source: math("IF(invocations >= 20, 100 * errors / invocations, 0)", {
      errors: metric("Errors", "Sum"),
      invocations: metric("Invocations", "Sum"),
    }),
    when: {
      holds: (size) => isBusy(size) && !size.failureQueue,
      otherwise: "it runs too rarely for a share to mean anything, or the queue of its failures tells",
    },
    alarm: { above: "5 %", every: "5 minutes", for: "15 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { errors: ["0 for 5 minutes", "101 for 15 minutes"], invocations: ["2000 for 20 minutes"] },
        {
          errors: [
            "2 for 1 minute",
            "0 for 4 minutes",
            "2 for 1 minute",
            "0 for 4 minutes",
            "2 for 1 minute",
            "0 for 4 minutes",
          ],
          invocations: repeat(3, "20 for 1 minute", "0 for 4 minutes"),
        },
      ],
      fine: [
        { errors: ["5 for 1 hour"], invocations: ["100 for 1 hour"] },
        {
          errors: repeat(4, "19 for 1 minute", "0 for 4 minutes"),
          invocations: repeat(4, "19 for 1 minute", "0 for 4 minutes"),
        },
        { errors: ["0 for 10 minutes", "6 for 10 minutes", "0 for 10 minutes"], invocations: ["100 for 30 minutes"] },
      ],
      healed: { errors: ["0 for 5 minutes"], invocations: ["100 for 5 minutes"] },
    },
    runbook: {
      means: "For a quarter of an hour more than one in twenty invocations ended in an error. Callers get errors.",
      felt: "Who calls the function gets an error. What it does by itself, such as the topology of a broker, is not done.",
      check: [
        logs,
        "Did it start with a deployment: aws lambda get-function --function-name <function> (LastModified)?",
        "Do they time out (Duration near the timeout), or run out of memory (REPORT lines in the log)?",
        "Is a dependency down: the database, the broker, another service?",
      ],
      fix: ["Roll the deployment back.", "Mend the dependency, or raise memory or timeout in the declaration."],
    },
  },
  "function-failed": {
    title: "An invocation failed",
    golden: "errors",
    unit: "count",
    role: "function",
    source: metric("Errors", "Sum"),
    when: {
      holds: (size) => !isBusy(size) && !size.failureQueue,
      otherwise: "it runs often, or the queue of its failures tells",
    },
    alarm: { above: 0, for: "1 minute", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: { ...job, every: 0, asynchronous: false },
      bad: [
        ["0 for 5 minutes", "1 for 1 minute"],
        ["missing for 1 hour", "0/1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "A function that runs rarely failed, so what it does was not done this time.",
      check: [
        logs,
        "Who invoked it, and does that caller try again (Secrets Manager and schedules do)?",
        "Can it reach what it needs: security group, interface endpoints, the secret's key?",
      ],
      fix: ["Mend the cause, then invoke it again with the same event.", "Roll the deployment back."],
    },
  },
  "function-events-dropped": {
    title: "Events are lost",
    golden: "errors",
    unit: "count",
    role: "function",
    source: metric("AsyncEventsDropped", "Sum"),
    when: {
      holds: ({ asynchronous, failureQueue }) => asynchronous && !failureQueue,
      otherwise: "it gets no events asynchronously, or those that fail are kept in a queue",
    },
    alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "ok" },
    proof: {
      size: job,
      bad: [
        ["missing for 10 minutes", "1 for 1 minute"],
        ["0 for 5 minutes", "0/1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "An event failed at every try, or waited too long, and was thrown away: nothing keeps it.",
      felt: "What the event stood for never happens, and nobody is told.",
      check: [
        logs,
        "Was it an error of the function (Errors), or no execution in six hours (Throttles, AsyncEventAge)?",
        "Which source sent it, and can it send it again?",
      ],
      fix: ["Mend the function, and have the source send again.", "Give the function a queue for its failures."],
    },
  },
  "function-failure-lost": {
    title: "A failed event could not be kept",
    golden: "errors",
    unit: "count",
    role: "function",
    source: metric("DestinationDeliveryFailures", "Sum"),
    when: {
      holds: ({ failureQueue }) => failureQueue,
      otherwise: "it has no queue for its failures",
    },
    alarm: { above: 0, for: "1 minute", severity: "page", whenMissing: "ok" },
    proof: {
      size: jobWithQueue,
      bad: [
        ["missing for 10 minutes", "1 for 1 minute"],
        ["0 for 5 minutes", "0/1 for 1 minute"],
      ],
      fine: [["0 for 1 hour"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "An event failed for good, and the queue that keeps such events did not take it: it is lost.",
      felt: "What the event stood for never happens, and there is nothing left to send again.",
      check: [
        "May the function's role send to the queue (sqs:SendMessage, kms:GenerateDataKey, kms:Decrypt)?",
        "Is the queue there, and is its key enabled: aws kms describe-key?",
        "Which events failed: CloudWatch Logs Insights on the function's log group around the time?",
      ],
      fix: [
        "Restore the role's right or the key by deploying the stack again.",
        "Have the source send the event again.",
      ],
    },
  },
});
