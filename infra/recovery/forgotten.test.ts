import assert from "node:assert/strict";
import { Bucket } from "../bucket/bucket";
import { place, record } from "../kit/recorder";
import { Graph, type GraphResource } from "../signal/graph";
import { forgotten } from "./forgotten";
import { backupTags } from "./tags";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const database = (tags: object): GraphResource => ({
  urn: "urn:shop",
  type: "aws:rds/instance:Instance",
  name: "shop",
  known: { tags: { ...tags } },
  madeFrom: {},
  dependsOn: [],
});
const why = (tags: object, plans?: readonly string[]) =>
  forgotten(new Graph([database(tags)]), plans).map((one) => one.why);

describe("what no plan takes", () => {
  it("is found by the tag that it lacks, or that names no plan", () => {
    assert.deepEqual(why({}), ['carries no tag "backup": give it the name of a plan, or "none" with a reason']);
    assert.deepEqual(why(backupTags("daily")), []);
    assert.deepEqual(why(backupTags("daily"), ["daily"]), []);
    assert.deepEqual(why(backupTags("dayly"), ["daily"]), ['names the plan "dayly", which there is not: daily']);
  });

  it("says why, or is found too", () => {
    assert.deepEqual(why(backupTags({ none: "a cache that is filled again in minutes" }), ["daily"]), []);
    assert.deepEqual(why({ backup: "none" }), ["is not backed up, and does not say why"]);
  });

  it("is no copy of something, and no queue", async () => {
    const usual = { ...place, writesPerDay: 1, readsPerDay: 1, watcher };
    const { graph } = await record(() => {
      new Bucket("invoices", { ...usual, backup: "daily", replicateTo: { region: "eu-west-1" } });
      new Bucket("exports", usual);
    }, "preview");
    assert.deepEqual(
      forgotten(graph, ["daily"]).map(({ name }) => name),
      ["exports"],
    );
  });
});
