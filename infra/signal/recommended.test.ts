import assert from "node:assert/strict";
import { queueKind } from "../queue/queue.kind";
import { catalogue, catalogueOf } from "./catalogue";
import { publishers } from "./publishers";
import { answersTo, namespacesOf, staleReasons } from "./recommended";

const queues = catalogueOf([queueKind], {});

describe("the alarms that AWS recommends", () => {
  it("are each taken or declined with a reason", () => {
    const open = answersTo(catalogue).filter((answer) => "signals" in answer && answer.signals.length === 0);
    assert.deepEqual(
      open.map(({ namespace, metric, dimensions }) => `${namespace} ${metric} ${dimensions}`),
      [],
    );
  });

  it("are declined only where they are not taken", () => {
    assert.deepEqual(staleReasons(catalogue), []);
  });

  it("cover every namespace to which the platform's types publish, as far as AWS has recommendations", () => {
    for (const kind of catalogue.kinds)
      for (const type of kind.types) {
        const namespace = publishers[type];
        assert.ok(namespace === undefined || namespacesOf(catalogue).has(namespace), type);
      }
  });

  it("that nobody answers are found", () => {
    const silent = { ...queues, kinds: [{ ...queueKind, signals: [] }] };
    const open = answersTo(silent, {}).filter((answer) => "signals" in answer && answer.signals.length === 0);
    assert.ok(open.some(({ metric }) => metric === "ApproximateAgeOfOldestMessage"));
  });

  it("and reasons that decline nothing are found too", () => {
    const reasons = { "AWS/SQS NumberOfMessagesSent": "taken in truth", "AWS/SQS Nonsense": "no such metric" };
    assert.deepEqual(staleReasons(queues, reasons), Object.keys(reasons));
  });
});
