import assert from "node:assert/strict";
import { Graph, type GraphResource } from "../signal/graph";
import { bucketKind } from "./bucket.kind";
import type { BucketSize } from "./bucket.size";

const resource = (type: string, name: string, rest: Partial<GraphResource> = {}): GraphResource => ({
  urn: `urn:${name}`,
  type,
  name,
  known: {},
  madeFrom: {},
  dependsOn: [],
  ...rest,
});
const bucket = (name: string) => resource("aws:s3/bucket:Bucket", name);
const copied = (from: string, to: string) =>
  resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", `${from}-to-${to}`, {
    madeFrom: { bucket: [`urn:${from}`], rules: [`urn:${to}`] },
  });
const metrics = resource("aws:s3/bucketMetric:BucketMetric", "all", { madeFrom: { bucket: ["urn:one"] } });
const size: BucketSize = {
  writesPerDay: 12_000,
  readsPerDay: 24_000,
  capacity: 100 * 2 ** 30,
  measured: true,
  steady: false,
  writtenDaily: true,
  refused: 5,
  firstByte: 1_000,
};
const view = (subject: GraphResource, others: readonly GraphResource[], declared = true) => {
  const graph = new Graph([subject, ...others]);
  const found = bucketKind.view(subject, graph);
  const { role } = found;
  return declared
    ? bucketKind.view(subject, graph, { subject: subject.urn, kind: "bucket", role, size, changes: {} })
    : found;
};

describe("a bucket of any program", () => {
  it("is one that is used, or a copy of another, which its name does not tell", () => {
    assert.equal(view(bucket("one"), []).role, "bucket");
    assert.equal(view(bucket("two"), [copied("one", "two")]).role, "replica");
    assert.equal(view(bucket("one"), [copied("one", "two")]).role, "bucket");
    assert.equal(view(copied("one", "two"), []).role, "replication");
  });

  it("that is copied both ways is used on both sides", () => {
    const ways = [copied("one", "two"), copied("two", "one")];
    assert.deepEqual([view(bucket("one"), ways).role, view(bucket("two"), ways).role], ["bucket", "bucket"]);
  });

  it("is not judged by what nobody declared", () => {
    const { signals } = view(bucket("one"), [metrics], false);
    const silent = signals.flatMap(({ info, notApplicable }) => (notApplicable ? [info.id] : []));
    assert.deepEqual(silent, ["bucket-not-written", "bucket-silent", "bucket-over-capacity"]);
  });

  it("of which S3 measures no requests tells only its size", () => {
    const { signals } = view(bucket("one"), [], false);
    const told = signals.flatMap(({ info, notApplicable }) => (notApplicable ? [] : [info.id]));
    assert.deepEqual(told, ["bucket-size", "bucket-objects"]);
  });
});

describe("the price of a bucket", () => {
  it("is what it may hold and is asked, and its request metrics where they are on", () => {
    const month = 365 / 12;
    assert.deepEqual(
      view(bucket("one"), [metrics]).costs.map(({ price, quantity }) => [price, quantity]),
      [
        ["s3.storage", 100],
        ["s3.writes", 12 * month],
        ["s3.reads", 24 * month],
        ["cloudwatch.metric", 16],
      ],
    );
  });

  it("is not known where nobody declared it", () => {
    const { costs } = view(bucket("one"), [], false);
    assert.deepEqual(
      costs.map(({ quantity }) => quantity),
      [undefined, undefined, undefined],
    );
  });

  it("has that of its copy besides", () => {
    const copy = view(bucket("two"), [copied("one", "two")]).costs;
    assert.deepEqual(
      copy.map(({ price, quantity }) => [price, quantity]),
      [
        ["s3.storage", 100],
        ["s3.writes", (12 * 365) / 12],
      ],
    );
    const [measured, transfer] = view(copied("one", "two"), []).costs;
    assert.deepEqual([measured?.price, measured?.quantity, transfer?.price], ["cloudwatch.metric", 4, undefined]);
  });
});
