import assert from "node:assert/strict";
import { Cloud, type CloudResource } from "./cloud";

const queue = (urn: string, name: string, more: Partial<CloudResource> = {}): CloudResource => ({
  type: "aws:sqs/queue:Queue",
  id: `https://sqs/${urn}`,
  urn,
  region: "eu-west-1",
  inputs: { name, delaySeconds: 1 },
  outputs: { name, delaySeconds: 1, arn: "arn" },
  ...more,
});

describe("the stand-in's cloud", () => {
  it("refuses a physical name twice in a region, not in another region and not for another type", () => {
    const cloud = new Cloud();
    cloud.create(queue("a", "orders"));
    assert.throws(() => cloud.create(queue("b", "orders")), /creating sqs queue \(orders\): QueueAlreadyExists/);
    cloud.create(queue("c", "orders", { region: "us-east-1" }));
    cloud.create(queue("d", "orders", { type: "aws:sns/topic:Topic" }));
    cloud.create(queue("e", "orders", { type: "aws:ec2/vpc:Vpc" }));
    cloud.create(queue("f", "orders", { type: "aws:ec2/vpc:Vpc" }));
    assert.equal(cloud.resources().length, 5);
  });

  it("counts a name unique in its scope: a role's policies may be called alike", () => {
    const cloud = new Cloud();
    const policy = (urn: string, role: string): CloudResource =>
      queue(urn, "read", { type: "aws:iam/rolePolicy:RolePolicy", inputs: { name: "read", role } });
    cloud.create(policy("a", "shop"));
    cloud.create(policy("b", "crm"));
    assert.throws(() => cloud.create(policy("c", "shop")), /EntityAlreadyExists/);
  });

  it("gives values of another seed to a resource that is made anew", () => {
    const cloud = new Cloud();
    const first = cloud.seed("a");
    cloud.create(queue("a", "orders"));
    assert.notEqual(cloud.seed("a"), first);
    assert.equal(new Cloud().seed("a"), first, "a new account begins alike");
  });

  it("drifts an argument in what is given and in what is seen, a computed value only in what is seen", () => {
    const cloud = new Cloud();
    cloud.create(queue("a", "orders"));
    cloud.drift("a", { delaySeconds: 9, arn: "other" });
    const [drifted] = cloud.resources();
    assert.deepEqual(drifted?.inputs, { name: "orders", delaySeconds: 9 });
    assert.deepEqual(drifted?.outputs, { name: "orders", delaySeconds: 9, arn: "other" });
    cloud.drift("https://sqs/a", { delaySeconds: null });
    assert.deepEqual(cloud.resources()[0]?.inputs, { name: "orders" });
  });

  it("says which resource it cannot find, and which it cannot tell apart", () => {
    const cloud = new Cloud();
    assert.throws(() => cloud.drift("nothing", {}), /has no resource nothing; it has 0 resources/);
    cloud.create(queue("a", "orders", { id: "url" }));
    cloud.create(queue("b", "policy", { id: "url", type: "aws:sqs/queuePolicy:QueuePolicy" }));
    assert.throws(() => cloud.remove("url"), /url names 2 resources, give a URN: a, b/);
    cloud.remove("a");
    assert.equal(cloud.isGone({ type: "aws:sqs/queue:Queue", id: "url", urn: "a" }), true);
    assert.equal(cloud.isGone({ type: "aws:sqs/queuePolicy:QueuePolicy", id: "url", urn: "b" }), false);
  });

  it("keeps apart what has the same id: passwords, and the old and the new one of a replacement", () => {
    const cloud = new Cloud();
    const type = "random:index/randomPassword:RandomPassword";
    const password = (urn: string, result: string): CloudResource =>
      queue(urn, "", { type, id: "none", inputs: {}, outputs: { result } });
    const resultOf = (urn: string) => cloud.get({ type, id: "none", urn })?.outputs.result;
    cloud.create(password("a", "1"));
    cloud.create(password("b", "2"));
    assert.deepEqual([resultOf("a"), resultOf("b")], ["1", "2"]);
    cloud.create(password("a", "3"));
    cloud.delete(type, "none", "a", { result: "1" });
    assert.equal(resultOf("a"), "3", "the new one stays");
    cloud.delete(type, "none", "a", { result: "3" });
    assert.deepEqual([resultOf("a"), resultOf("b")], [undefined, "2"]);
    cloud.create(password("a", "4"));
    assert.equal(resultOf("a"), "4", "it may be made again");
  });

  it("finds a resource whose URN changed, and moves it", () => {
    const cloud = new Cloud();
    cloud.create(queue("old", "orders", { id: "url" }));
    const found = cloud.get({ type: "aws:sqs/queue:Queue", id: "url", urn: "new" });
    assert.equal(found?.urn, "old");
    cloud.put(queue("new", "orders", { id: "url" }));
    assert.deepEqual(
      cloud.resources().map(({ urn }) => urn),
      ["new"],
    );
  });
});
