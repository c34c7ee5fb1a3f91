import { cloudwatch, math, repeat, type Stretch, signals } from "../signal/signal";
import type { Statistic } from "../signal/spec";

/** What an instance declares of itself; limits are functions of it. */
export interface CanarySize {
  /** Seconds between runs: at most 300, since its alarms look at five minutes at a time. */
  readonly interval: number;
  /** How long a run may take, in milliseconds. */
  readonly acceptable: number;
}

const metric = (name: string, statistic: Statistic) =>
  cloudwatch("CloudWatchSynthetics", name, statistic, { CanaryName: "canary" });
const frequent = {
  holds: ({ interval }: CanarySize) => interval <= 300,
  otherwise: "it runs less often than each five minutes, which is what its alarms look at",
};

/** One run each five minutes. */
const runs = (times: number, result: string): readonly Stretch[] =>
  repeat(times, `${result} for 1 minute`, "missing for 4 minutes");

const example: CanarySize = { interval: 300, acceptable: 4_000 };

/**
 * What is watched of a canary, which sees the platform as its users do: name, certificate, gateway and services, from outside. A point stands for each run. That
 * the canary itself no longer runs is a matter for the day: users need not feel anything.
 */
export const canarySignals = signals<"canary", "canary", CanarySize>()({
  "canary-failing": {
    title: "The platform does not answer from outside",
    golden: "availability",
    unit: "percent",
    role: "canary",
    source: metric("SuccessPercent", "Average"),
    when: frequent,
    alarm: {
      below: "80 %",
      every: "5 minutes",
      for: "15 minutes",
      datapoints: 2,
      severity: "page",
      // A canary that stopped tells nothing of its users: canary-not-running is about it.
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [
        [...runs(3, "100 %"), ...runs(2, "0 %")],
        [...runs(3, "100 %"), ...runs(1, "0 %"), ...runs(1, "100 %"), ...runs(1, "0 %")],
        ["100 % for 15 minutes", "79 % for 10 minutes"],
        ["99.9 %/60 % for 15 minutes"],
      ],
      fine: [
        [...runs(3, "100 %"), ...runs(1, "0 %"), ...runs(2, "100 %"), ...runs(1, "0 %"), ...runs(3, "100 %")],
        [...runs(3, "100 %"), "missing for 1 hour"],
        ["100 %/60 % for 1 hour"],
      ],
      healed: ["100 % for 15 minutes"],
    },
    runbook: {
      means:
        "Two of three runs of the probe failed: from the internet, at least one of its addresses is wrong, refused or silent. What the canary feels, users feel.",
      felt: "What the probe asks for fails for everybody on the internet.",
      check: [
        "What failed? The log of the last run names each address with what it answered: log group /aws/lambda/cwsyn-<canary>-*.",
        "curl -sv https://<domain>/<service>/health from somewhere else: name, certificate, answer?",
        "Does the gateway count errors too (api-errors)? If it counts no request at all, name, certificate or mapping are at fault.",
      ],
      fix: [
        "Follow the alarm that fires with it: api-errors, target-group-none-healthy, certificate-ending.",
        "Name or mapping at fault: pulumi up of this stack makes what was removed.",
      ],
    },
  },
  "canary-not-running": {
    title: "The canary does not run",
    golden: "availability",
    unit: "count",
    role: "canary",
    source: math("FILL(runs, 0)", { runs: metric("SuccessPercent", "SampleCount") }),
    when: frequent,
    alarm: { below: 1, every: "5 minutes", for: "30 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        { runs: ["100 % for 15 minutes", "missing for 30 minutes"] },
        { runs: ["0 % for 15 minutes", "missing for 2 hours"] },
      ],
      fine: [
        { runs: runs(12, "0 %") },
        {
          runs: [
            ...runs(3, "100 %"),
            "missing for 25 minutes",
            ...runs(1, "100 %"),
            "missing for 25 minutes",
            ...runs(1, "0 %"),
          ],
        },
      ],
      healed: { runs: ["0 % for 5 minutes"] },
    },
    runbook: {
      means: "For half an hour the canary told nothing: nobody looks at the platform from outside.",
      check: [
        "Its state and why: aws synthetics get-canary --name <name> --query Canary.Status",
        "Can its role still write artifacts (bucket policy, key policy, CloudTrail AccessDenied)?",
        "Is its runtime still supported, and the account's Lambda concurrency free?",
      ],
      fix: [
        "Start it: aws synthetics start-canary --name <name>.",
        "Move it to a supported runtime, in the canary's settings.",
      ],
    },
  },
  "canary-slow": {
    title: "The platform answers slowly from outside",
    golden: "latency",
    unit: "milliseconds",
    role: "canary",
    source: metric("Duration", "Average"),
    when: frequent,
    alarm: {
      above: ({ acceptable }) => acceptable,
      every: "5 minutes",
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [["900 for 15 minutes", "4001 for 15 minutes"], ["1000/7003 for 15 minutes"]],
      fine: [
        ["4000 for 1 hour"],
        [...runs(3, "900"), ...runs(2, "9000"), ...runs(1, "4000"), ...runs(2, "9000"), ...runs(3, "900")],
        ["1000/1000/9000 for 1 hour"],
      ],
      healed: ["4000 for 5 minutes"],
    },
    runbook: {
      means:
        "A run of the probe, which asks every address at once, takes longer than it should. Users far away may feel it before the gateway's own latency shows it.",
      check: [
        "Which address is slow? The log of the run has the time of each.",
        "Is the gateway's own latency up too (api-slow)? If not, it is the way to it: name, TLS, network.",
        "Did it begin with a new runtime of the canary?",
      ],
      fix: ["Follow api-slow if it fires too.", "Declare what is normal for this canary, if nothing else is slow."],
    },
  },
  "canary-runs": {
    title: "Success of runs",
    golden: "availability",
    unit: "percent",
    role: "canary",
    source: metric("SuccessPercent", "Average"),
    runbook: { means: "Share of the runs in which every address answered as it should." },
  },
});
