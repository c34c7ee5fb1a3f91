import assert from "node:assert/strict";
import { Graph, type GraphResource } from "../signal/graph";
import { prices } from "../signal/prices";
import { databaseKind } from "./database.kind";

const instance = (known: object, madeFrom: GraphResource["madeFrom"] = {}): GraphResource => ({
  urn: "urn:shop",
  type: "aws:rds/instance:Instance",
  name: "shop",
  known: { instanceClass: "db.m7g.xlarge", allocatedStorage: 400, multiAz: true, ...known },
  madeFrom,
  dependsOn: [],
});
const view = (known: object = {}, madeFrom: GraphResource["madeFrom"] = {}) => {
  const resource = instance(known, madeFrom);
  return databaseKind.view(resource, new Graph([resource]));
};
const applicable = (known: object) =>
  view(known).signals.flatMap(({ info, notApplicable }) => (info.severity && !notApplicable ? [info.id] : []));

describe("a database of any program", () => {
  it("is a replica where it copies another, though that one is not made yet", () => {
    assert.equal(view().role, "primary");
    assert.equal(view({ replicateSourceDb: "legacy" }).role, "replica");
    assert.equal(view({}, { replicateSourceDb: ["urn:legacy"] }).role, "replica");
  });

  it("needs just the alarms that its class, volume and insights can have", () => {
    const ids = applicable({});
    assert.ok(ids.includes("database-unreachable") && ids.includes("database-ebs-balance"));
    for (const absent of ["database-load", "database-gp2-balance", "database-cpu-surplus", "database-lock-waits"])
      assert.ok(!ids.includes(absent), absent);
    assert.ok(applicable({ performanceInsightsEnabled: true }).includes("database-load"));
    assert.ok(applicable({ storageType: "gp2" }).includes("database-gp2-balance"));
    assert.ok(applicable({ instanceClass: "db.t4g.small" }).includes("database-cpu-surplus"));
    assert.ok(!applicable({ instanceClass: "db.x9.huge" }).includes("database-cpu-surplus"));
  });

  it("costs its hours and storage in each zone, and Insights where they are advanced", () => {
    const { costs } = view({ databaseInsightsMode: "advanced" });
    const total = costs.map(({ price, quantity }) =>
      price && quantity !== undefined ? prices[price].price * quantity : 0,
    );
    assert.deepEqual(
      total.map((sum) => Math.round(sum * 100) / 100),
      [490.56, 92, 0, 73],
    );
    assert.equal(view({ databaseInsightsMode: "standard" }).costs.length, 3);
  });

  it("costs small burstable classes by their memory, and says so where no price is known", () => {
    const [small] = view({ instanceClass: "db.t4g.micro", multiAz: false }).costs;
    assert.equal(small?.price, "rds.postgres.t4g");
    assert.equal(Math.round((small?.quantity ?? 0) * 1_000), Math.round((730 / 8) * 1_000));
    const [unpriced] = view({ instanceClass: "db.r7g.large" }).costs;
    assert.equal(unpriced?.price, undefined);
  });
});
