import { ratio, repeat, signals } from "../signal/signal";
import {
  type BucketRole,
  type BucketSize,
  type BucketSubject,
  example,
  measured,
  request,
  requests,
  serverErrors,
} from "./bucket.size";

/** A minute of quick answers: among five of these a single slow one is no hundredth. */
const usual = Array<number>(30).fill(40).join("/");

const refusals = request("4xxErrors", "Sum");

/** How S3 answers: "Recommended alarms" (CloudWatch User Guide, 2026-11) has 4xx and 5xx above 5 % of the requests for a quarter of an hour. */
export const bucketRequestSignals = signals<BucketRole, BucketSubject, BucketSize>()({
  "bucket-server-errors": {
    title: "S3 fails some of a bucket's requests",
    golden: "errors",
    unit: "percent",
    role: "bucket",
    source: ratio(serverErrors, requests, 50),
    when: measured,
    alarm: { above: "5 %", every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          part: ["0 for 30 minutes", ...repeat(3, "3 for 1 minute", "0 for 4 minutes")],
          whole: ["10 for 45 minutes"],
        },
        { part: ["0 for 30 minutes", "501 for 15 minutes"], whole: ["10000 for 45 minutes"] },
      ],
      fine: [
        { part: ["5 for 1 hour"], whole: ["100 for 1 hour"] },
        { part: ["1 for 1 hour"], whole: repeat(12, "10 for 4 minutes", "9 for 1 minute") },
        {
          part: ["50 for 6 minutes", "0 for 9 minutes", "50 for 6 minutes", "0 for 14 minutes"],
          whole: ["100 for 35 minutes"],
        },
      ],
      healed: { part: ["1 for 5 minutes"], whole: ["100 for 5 minutes"] },
    },
    runbook: {
      means:
        "More than one request in twenty fails within S3 for a quarter of an hour. Retries hide some of it; what gives up loses its write or fails its user.",
      check: [
        "503 SlowDown or 500: which one do the clients log, and for which prefix?",
        "Did the request rate jump (bucket-requests), for example by a scan or a migration?",
        "Do other buckets of the region show it too (AWS Health Dashboard)?",
      ],
      fix: [
        "Slow the client that grew down, and let the SDK retry in adaptive mode.",
        "Spread hot keys over more prefixes: S3 scales 3,500 writes and 5,500 reads a second for each.",
      ],
    },
  },
  "bucket-refused": {
    title: "S3 refuses more of a bucket's requests than usual",
    golden: "errors",
    unit: "percent",
    role: "bucket",
    source: ratio(refusals, requests, 50),
    when: measured,
    alarm: {
      above: (size) => size.refused,
      every: "5 minutes",
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [
        {
          part: ["0 for 30 minutes", ...repeat(3, "3 for 1 minute", "0 for 4 minutes")],
          whole: ["10 for 45 minutes"],
        },
        { part: ["0 for 30 minutes", "501 for 15 minutes"], whole: ["10000 for 45 minutes"] },
      ],
      fine: [
        { part: ["5 for 1 hour"], whole: ["100 for 1 hour"] },
        { part: ["1 for 1 hour"], whole: repeat(12, "10 for 4 minutes", "9 for 1 minute") },
        {
          part: ["50 for 6 minutes", "0 for 9 minutes", "50 for 6 minutes", "0 for 14 minutes"],
          whole: ["100 for 35 minutes"],
        },
      ],
      healed: { part: ["1 for 5 minutes"], whole: ["100 for 5 minutes"] },
    },
    runbook: {
      means:
        "S3 refuses requests (4xx): access is denied, the object or its key is gone, or somebody tries names. A service may be without its data, or somebody may be looking around.",
      check: [
        'Which status and who: server access logs or CloudTrail data events (`fields @timestamp, userIdentity.arn, errorCode | filter requestParameters.bucketName = "<bucket>" and ispresent(errorCode) | stats count() by errorCode, userIdentity.arn`)?',
        "403 since a deployment: did the role's, the bucket's or the key's policy change?",
        "404: does the service ask for objects that a lifecycle rule removed or that were never written?",
      ],
      fix: [
        "Roll back the change of the policy or the release.",
        "An unknown caller: take its credentials away and follow the security incident plan.",
        "404 by design: say how much is usual (`refused`).",
      ],
    },
  },
  "bucket-slow": {
    title: "A bucket answers slowly",
    golden: "latency",
    unit: "milliseconds",
    role: "bucket",
    source: request("FirstByteLatency", "p99"),
    when: measured,
    alarm: {
      above: (size) => size.firstByte,
      every: "5 minutes",
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: example,
      bad: [["40 for 30 minutes", "40/60/1001 for 15 minutes"]],
      fine: [
        ["100/1000 for 1 hour"],
        repeat(6, `${usual} for 4 minutes`, `${usual}/3000 for 1 minute`),
        ["40/3000 for 6 minutes", "40/90 for 9 minutes", "3000 for 6 minutes", "90 for 14 minutes"],
      ],
      healed: ["40/90 for 5 minutes"],
    },
    runbook: {
      means:
        "The slowest hundredth of the answers take longer to begin than was declared. S3 usually begins within 100 to 200 ms, so whoever waits for it is slow too.",
      check: [
        "Is it only the first byte (S3, its key) or the whole answer (bucket-request-latency: size and network)?",
        "Are requests throttled (bucket-server-errors), or the KMS key behind it?",
        "Do large LIST requests or scans share the bucket with users?",
      ],
      fix: [
        "Stop or slow the scan; give batch work a bucket of its own.",
        "Let clients hedge: a second request after the usual time, and a timeout well below their own.",
      ],
    },
  },
});
