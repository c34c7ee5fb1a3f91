import assert from "node:assert/strict";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { checkArguments } from "./arguments";
import { loadSchema } from "./schema";
import { type Bag, names, toStruct } from "./wire";

const queue = "aws:sqs/queue:Queue";
const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;

interface Asked {
  readonly type?: string;
  readonly name?: string;
  readonly olds?: Bag;
  readonly news?: Bag;
  readonly seed?: string;
  readonly proposed?: string;
  readonly mode?: CheckRequest.AutonamingOptions.Mode;
}

function check({ type = queue, name = "orders", olds = {}, news = {}, seed = "urn", proposed, mode }: Asked) {
  const request = new CheckRequest()
    .setType(type)
    .setName(name)
    .setUrn("urn")
    .setOlds(toStruct(olds))
    .setNews(toStruct(news));
  if (mode !== undefined) {
    request.setAutonaming(new CheckRequest.AutonamingOptions().setProposedName(proposed ?? "").setMode(mode));
  }
  return checkArguments(request, seed);
}

describe("automatic names", () => {
  it("are the logical name and seven digits, the same for the same seed, another for another", () => {
    const name = check({}).inputs.name;
    assert.match(String(name), /^orders-[0-9a-f]{7}$/);
    assert.equal(check({}).inputs.name, name);
    assert.notEqual(check({ seed: "urn#1" }).inputs.name, name);
  });

  it("keep .fifo at the end", () => {
    assert.match(String(check({ news: { fifoQueue: true } }).inputs.name), /^orders-[0-9a-f]{7}\.fifo$/);
    const proposed = check({ news: { fifoQueue: true }, proposed: "orders-x", mode: PROPOSE });
    assert.equal(proposed.inputs.name, "orders-x.fifo");
  });

  it("are kept on the next run, but not after the program had chosen a name", () => {
    const first = check({}).inputs;
    assert.equal(check({ olds: first, seed: "urn#1" }).inputs.name, first.name);
    const chosen = check({ news: { name: "mine" } }).inputs;
    assert.ok(!names(chosen.__defaults).includes("name"));
    assert.match(String(check({ olds: chosen }).inputs.name), /^orders-[0-9a-f]{7}$/);
  });

  it("give way to a prefix", () => {
    assert.equal(check({ news: { namePrefix: "orders-" } }).inputs.name, undefined);
  });

  it("obey the engine's settings", () => {
    assert.equal(check({ proposed: "exactly", mode: ENFORCE, news: { fifoQueue: true } }).inputs.name, "exactly");
    assert.equal(check({ mode: DISABLE }).inputs.name, undefined);
  });

  it("are refused when AWS would not take their length", () => {
    const { problems } = check({ name: "q".repeat(80) });
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["name"],
    );
    assert.match(problems[0]?.reason ?? "", /is longer than 80 characters: give "name" or a shorter resource name/);
    assert.deepEqual(check({ name: "q".repeat(72) }).problems, []);
  });

  it("are lower case where AWS wants them so", () => {
    const bucket = check({ type: "aws:s3/bucket:Bucket", name: "Reports" }).inputs.bucket;
    assert.match(String(bucket), /^reports-[0-9a-f]{7}$/);
  });
});

describe("checked arguments", () => {
  it("hold the provider's defaults, and say which they are", () => {
    const { inputs } = check({ news: { visibilityTimeoutSeconds: 60 } });
    assert.equal(inputs.delaySeconds, 0);
    assert.equal(inputs.visibilityTimeoutSeconds, 60);
    const defaults = names(inputs.__defaults);
    assert.ok(defaults.includes("delaySeconds") && !defaults.includes("visibilityTimeoutSeconds"));
    assert.deepEqual(defaults, [...defaults].sort());
  });

  it("hold a policy that was given as an object as JSON, with sorted keys", () => {
    assert.ok(loadSchema().types["aws:iam/role:Role"], "a test uses the role");
    const assumeRolePolicy: Bag = { Version: "2012-10-17", Statement: [] };
    const { inputs, problems } = check({ type: "aws:iam/role:Role", news: { assumeRolePolicy } });
    assert.deepEqual(problems, []);
    assert.equal(inputs.assumeRolePolicy, '{"Statement":[],"Version":"2012-10-17"}');
  });
});
