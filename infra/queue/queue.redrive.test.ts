import assert from "node:assert/strict";
import { Graph, type GraphResource } from "../signal/graph";
import { isForDeadLetters, isQueueArn, redriveIn } from "./queue.redrive";

const arn = "arn:aws:sqs:eu-central-1:123456789012:failed";
const make = (type: string, name: string, known = {}, madeFrom: GraphResource["madeFrom"] = {}): GraphResource => ({
  urn: `urn:${name}`,
  type,
  name,
  known,
  madeFrom,
  dependsOn: [],
});
const failed = make("aws:sqs/queue:Queue", "failed", { name: "failed" });
const isRole = (...others: GraphResource[]) => isForDeadLetters(failed, new Graph([failed, ...others]));

describe("a queue for dead letters", () => {
  it("is one that a queue, a subscription, a function or a rule's target leads to", () => {
    for (const property of ["redrivePolicy", "deadLetterConfig", "destinationConfig"])
      assert.ok(isRole(make("any", "user", {}, { [property]: [failed.urn] })), property);
  });

  it("is one that says from which queues it takes them", () => {
    assert.ok(isRole(make("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "allow", {}, { queueUrl: [failed.urn] })));
  });

  it("is one that a redrive policy names by its ARN", () => {
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 });
    assert.ok(isRole(make("aws:sqs/queue:Queue", "orders", { redrivePolicy })));
    const other = JSON.stringify({ deadLetterTargetArn: `${arn}-too`, maxReceiveCount: 5 });
    assert.ok(!isRole(make("aws:sqs/queue:Queue", "orders", { redrivePolicy: other })));
  });

  it("is not one that has a policy, an alarm or a subscription of its own", () => {
    assert.ok(!isRole(make("aws:sqs/queuePolicy:QueuePolicy", "policy", {}, { queueUrl: [failed.urn] })));
    assert.ok(!isRole(make("aws:sns/topicSubscription:TopicSubscription", "to", {}, { endpoint: [failed.urn] })));
  });
});

describe("a redrive policy", () => {
  it("is read from JSON, and nothing from anything else", () => {
    assert.deepEqual(redriveIn('{"maxReceiveCount":3}'), { maxReceiveCount: 3 });
    for (const text of ["{", "3", "null", "", undefined]) assert.equal(redriveIn(text), undefined);
  });

  it("leads to a queue in every partition of AWS, and to nothing that is none", () => {
    for (const known of [arn, arn.replace("aws", "aws-cn"), `${arn}.fifo`]) assert.ok(isQueueArn(known), known);
    for (const other of ["failed", "arn:aws:sns:eu-central-1:123456789012:failed", `${arn}:more`, 5])
      assert.ok(!isQueueArn(other));
  });
});
