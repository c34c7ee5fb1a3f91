import assert from "node:assert/strict";
import { Graph, type GraphResource, notKnown } from "../infra/signal/graph";
import { actionable } from "./actionable";
import { deadLetters } from "./dead-letters";
import { metricFits } from "./metric-fits";
import type { Rule } from "./rule";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const queueType = "aws:sqs/queue:Queue";

/** A resource as a policy sees it; a symbol in its inputs is a value that is not known. */
function resource(
  type: string,
  name: string,
  marked: Readonly<Record<string, unknown>> = {},
  madeFrom: GraphResource["madeFrom"] = {},
): GraphResource {
  const known = Object.fromEntries(Object.entries(marked).filter(([, value]) => value !== notKnown));
  return { urn: `urn:${type}::${name}`, type, name, known, marked, madeFrom, dependsOn: [] };
}

const usual = {
  alarmActions: ["arn:aws:sns:eu-central-1:123456789012:page"],
  alarmDescription: "See https://example.com/orders",
  tags: { severity: "page", signal: "orders" },
};
const alarm = (change: Readonly<Record<string, unknown>>, madeFrom: GraphResource["madeFrom"] = {}) =>
  resource(alarmType, "late", { ...usual, ...change }, madeFrom);
const said = <Config extends object>(rule: Rule<Config>, resources: readonly GraphResource[], config?: Config) =>
  rule.find(new Graph(resources), config ?? ({} as Config)).map(({ message }) => message);

describe("rule actionable", () => {
  const opsItem = "arn:aws:ssm:eu-central-1:123456789012:opsitem:1";

  it("takes an action that is no topic where the configuration names it", () => {
    const other = alarm({ alarmActions: [opsItem] });
    assert.match(said(actionable, [other]).join(), /which is no SNS topic/);
    assert.deepEqual(said(actionable, [other], { actions: ["arn:aws:ssm:*:opsitem:*"] }), []);
    assert.equal(said(actionable, [other], { actions: ["arn:aws:ssm:*:opsitem:2"] }).length, 1);
  });

  it("believes another stack that what it offers is a topic, and a queue of this one not", () => {
    const elsewhere = resource("pulumi:pulumi:StackReference", "shared");
    const queue = resource(queueType, "orders");
    const by = (source: GraphResource) => alarm({ alarmActions: [notKnown] }, { alarmActions: [source.urn] });
    assert.deepEqual(said(actionable, [elsewhere, by(elsewhere)]), []);
    assert.match(said(actionable, [queue, by(queue)]).join(), /its actions lead to aws:sqs\/queue:Queue "orders"/);
  });

  it("says nothing of words and tags that are not known yet", () => {
    const from = ["urn:x"];
    const unknown = alarm({ alarmDescription: notKnown, tags: notKnown }, { alarmDescription: from, tags: from });
    assert.deepEqual(said(actionable, [unknown]), []);
  });

  it("misses words that the program did not give, though the provider may compute some", () => {
    assert.match(said(actionable, [alarm({ alarmDescription: notKnown })]).join(), /has no description/);
  });

  it("finds a silent child through composites that name each other, and stops", () => {
    const composite = (name: string, alarmRule: string, more = {}) =>
      resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", name, { alarmName: name, alarmRule, ...more });
    const child = resource(alarmType, "child", { name: "child" });
    const circle = [composite("a", 'ALARM("b") OR ALARM("child")'), composite("b", 'ALARM("a")')];
    assert.equal(
      said(actionable, [child, ...circle]).filter((text) => text.includes('"child" tells nobody')).length,
      1,
    );
    assert.deepEqual(said(actionable, [child, ...circle, composite("c", 'ALARM("b")', usual)]), []);
  });

  it("takes an alarm that holds the actions of a composite back for a silent child", () => {
    const suppressor = resource(alarmType, "maintenance", { name: "maintenance" });
    const composite = resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "all", {
      ...usual,
      alarmRule: 'ALARM("x")',
      actionsSuppressor: { alarm: "maintenance", extensionPeriod: 60, waitPeriod: 60 },
    });
    assert.deepEqual(said(actionable, [suppressor, composite]), []);
  });
});

describe("rule dead-letters", () => {
  it("is not fooled by a redrive policy that only the provider computes", () => {
    assert.match(
      said(deadLetters, [resource(queueType, "orders", { redrivePolicy: notKnown })]).join(),
      /no redrive policy/,
    );
  });

  it("does not compare a retention that is not known yet", () => {
    const failed = resource(
      queueType,
      "failed",
      { messageRetentionSeconds: notKnown },
      { messageRetentionSeconds: ["urn:x"] },
    );
    const orders = resource(queueType, "orders", { redrivePolicy: notKnown }, { redrivePolicy: [failed.urn] });
    assert.deepEqual(said(deadLetters, [failed, orders]), []);
  });

  it("refuses a text that is no JSON, and counts of no whole number from 1 to 1000", () => {
    const failed = "arn:aws:sqs:eu-central-1:123456789012:failed";
    const counted = (maxReceiveCount: unknown) =>
      said(deadLetters, [
        resource(queueType, "orders", {
          redrivePolicy: JSON.stringify({ deadLetterTargetArn: failed, maxReceiveCount }),
        }),
      ]);
    for (const count of [1, 5, "5", 1_000]) assert.deepEqual(counted(count), []);
    for (const count of [0, -1, 1_001, 2.5, "many", undefined])
      assert.match(counted(count).join(), /no maxReceiveCount that counts/);
    assert.match(
      said(deadLetters, [resource(queueType, "orders", { redrivePolicy: "{" })]).join(),
      /which is no queue/,
    );
  });
});

describe("rule metric-fits", () => {
  const custom = {
    namespace: "Shop",
    metricName: "Checkouts",
    statistic: "Sum",
    period: 60,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    evaluationPeriods: 5,
    treatMissingData: "breaching",
  };

  it("knows nothing of a namespace of the project's own, once it is named", () => {
    assert.match(said(metricFits, [alarm(custom)]).join(), /no metrics of the namespace "Shop" are known/);
    assert.deepEqual(said(metricFits, [alarm(custom)], { ownNamespaces: ["Shop"] }), []);
  });

  it("tells of two alarms with one name always the same, in whatever order they come", () => {
    const named = (logical: string) => resource(alarmType, logical, { name: "late" });
    const [b, a] = [named("b"), named("a")];
    const twice = said(metricFits, [a, b]);
    assert.match(twice.join(), /^alarm "b" is named "late" like "a"/);
    assert.deepEqual(said(metricFits, [b, a]), twice);
  });
});
