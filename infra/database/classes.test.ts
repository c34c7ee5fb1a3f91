import assert from "node:assert/strict";
import fc from "fast-check";
import { classOf, databaseClasses, maxConnectionsOf, unknownClass } from "./classes";

const gib = 2 ** 30;

describe("instance classes of RDS", () => {
  it("have the memory and vCPUs of their sizes", () => {
    const of = (name: string) => {
      const { vcpus, memory } = classOf(name) ?? {};
      return [vcpus, memory && memory / gib];
    };
    assert.deepEqual(of("db.t4g.micro"), [2, 1]);
    assert.deepEqual(of("db.m7g.large"), [2, 8]);
    assert.deepEqual(of("db.r7g.16xlarge"), [64, 512]);
    assert.deepEqual(of("db.m8g.48xlarge"), [192, 768]);
  });

  it("burst up to 4xlarge, and have a disk of their own only in the families with one", () => {
    assert.equal(classOf("db.m7g.4xlarge")?.ebsBurst, true);
    assert.equal(classOf("db.m7g.8xlarge")?.ebsBurst, false);
    assert.equal(classOf("db.t4g.2xlarge")?.cpuCredits, true);
    assert.equal(classOf("db.m7g.large")?.cpuCredits, false);
    assert.equal(classOf("db.r6gd.large")?.localStorage, 118e9);
    assert.equal(classOf("db.r7g.large")?.localStorage, 0);
  });

  it("are told from what is none, with the nearest", () => {
    assert.equal(unknownClass("db.m7g.large"), undefined);
    assert.match(unknownClass("db.m7g.lage") ?? "", /did you mean db\.m7g\.large\?$/);
    assert.match(unknownClass("large instance please") ?? "", /such as db\.m7g\.large$/);
    assert.notEqual(unknownClass("constructor"), undefined);
  });

  it("have room for fewer connections than RDS's own formula gives, and never more than 5,000", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(databaseClasses)), (one) => {
        const formula = Math.min(5_000, one.memory / 9_531_392);
        const ours = maxConnectionsOf(one);
        assert.ok(Number.isInteger(ours) && ours <= formula && ours >= 0.85 * formula, `${ours} of ${formula}`);
      }),
    );
  });
});
