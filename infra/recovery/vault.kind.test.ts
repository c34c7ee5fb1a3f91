import assert from "node:assert/strict";
import { Graph, type GraphResource } from "../signal/graph";
import { vaultKind } from "./vault.kind";

const vault = (known: object): GraphResource => ({
  urn: "urn:backups",
  type: "aws:backup/vault:Vault",
  name: "backups",
  known: { ...known },
  madeFrom: {},
  dependsOn: [],
});
/** A plan in the region of the stack, which every provider fills in. */
const plan: GraphResource = {
  urn: "urn:plan",
  type: "aws:backup/plan:Plan",
  name: "plan",
  known: { region: "eu-central-1" },
  madeFrom: { rules: ["urn:backups"] },
  dependsOn: [],
};
const here = { region: "eu-central-1" };
const there = { region: "eu-west-1" };
const view = (known: object, testsApart = 0, others: readonly GraphResource[] = [plan]) => {
  const subject = vault(known);
  const size = { resources: 2, copies: true, testsApart };
  const graph = new Graph([subject, ...others]);
  const { role } = vaultKind.view(subject, graph);
  return vaultKind.view(subject, graph, {
    subject: subject.urn,
    kind: "backup-vault",
    role,
    size,
    changes: {},
  });
};

describe("a vault of any program", () => {
  it("is where backups are made, unless the plans that use it are in another region", () => {
    assert.equal(view(here).role, "vault");
    assert.equal(view(there).role, "copy");
    assert.equal(view(there, 0, []).role, "vault");
  });

  it("costs what nobody can know before, test by test", () => {
    const items = (known: object, testsApart?: number) => view(known, testsApart).costs.map(({ item }) => item);
    assert.equal(items(here).length, 2);
    assert.ok(items(here, 4).includes("what restore tests make for some hours from backups"));
    assert.ok(items(there, 4).includes("transfer of copies to backups"));
    for (const { quantity } of view(here, 4).costs) assert.equal(quantity, undefined);
  });

  it("of which nothing is declared is one resource without tests", () => {
    const subject = vault({});
    const { signals } = vaultKind.view(subject, new Graph([subject]));
    assert.deepEqual(
      signals.flatMap(({ info, notApplicable }) => (notApplicable ? [info.id] : [])),
      ["backup-vault-incomplete", "backup-vault-untested"],
    );
  });
});
