import assert from "node:assert/strict";
import fc from "fast-check";
import { definitionsOf } from "../topology";
import { differencesOf, keptExport, partOf, describe as said } from "./difference";
import { small } from "./testing";

const declared = definitionsOf(small);
type Exported = Record<string, Record<string, unknown>[]>;
/** A broker as it is after an import, with what RabbitMQ and Amazon MQ have of their own. */
const broker = (): Exported => {
  const copy: Exported = JSON.parse(JSON.stringify(declared));
  copy.vhosts?.push({ name: "/", description: "Default virtual host" });
  copy.policies?.push({ vhost: "/", name: "AWS-DEFAULT-POLICY-CLUSTER", pattern: ".*", definition: {} });
  copy.permissions?.push({ user: "admin", vhost: "shop", configure: ".*", write: ".*", read: ".*" });
  copy.policies?.push({ vhost: "shop", name: "ha-all-AWS-OWNED-DO-NOT-DELETE", pattern: ".*", definition: {} });
  copy.users?.push({ name: "monitoring-AWS-OWNED-DO-NOT-DELETE", tags: ["monitoring"] });
  copy.permissions?.push({ user: "monitoring-AWS-OWNED-DO-NOT-DELETE", vhost: "shop", configure: "" });
  copy.exchanges?.push({ vhost: "shop", name: "amq.direct", type: "direct" });
  for (const user of copy.users ?? []) Object.assign(user, { password_hash: "secret", limits: {} });
  return copy;
};
const found = (change: (broker: Exported) => void) => {
  const changed = broker();
  change(changed);
  return differencesOf(declared, changed, "admin").map(said);
};

describe("the differences of a broker", () => {
  it("are none where it holds what is declared, in any order, and what is RabbitMQ's own", () => {
    assert.deepEqual(
      found(() => {}),
      [],
    );
    assert.deepEqual(
      found((one) => Object.values(one).forEach((list) => void list.reverse())),
      [],
    );
  });

  it("name what is missing, changed and unknown", () => {
    assert.deepEqual(
      found((one) => {
        one.queues?.shift();
        Object.assign(one.policies?.[0] ?? {}, { definition: { "max-length": 1 } });
        one.exchanges?.push({ vhost: "shop", name: "mine", type: "direct" });
        one.users?.push({ name: "intruder", tags: ["administrator"] });
        Object.assign(one.users?.find(({ name }) => name === "app-a") ?? {}, { tags: ["administrator"] });
      }),
      [
        "user app-a is changed (tags)",
        "user intruder is unknown",
        "policy shop/orders is changed (definition)",
        "queue shop/orders is missing",
        "exchange shop/mine is unknown",
      ],
    );
  });

  it("read tags as a list and as the text of older versions", () => {
    assert.deepEqual(
      found((one) => Object.assign(one.users?.find(({ name }) => name === "monitoring") ?? {}, { tags: "monitoring" })),
      [],
    );
  });

  it("never leave a missing object unsaid, and lead to a part that holds just those", () => {
    const kinds = ["queues", "exchanges", "bindings", "policies", "vhosts"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.nat(), (kind, index) => {
        const changed = broker();
        const at = index % declared[kind].length;
        changed[kind]?.splice(at, 1);
        const differences = differencesOf(declared, changed, "admin");
        assert.deepEqual(
          differences.map(({ kind, is }) => [kind, is]),
          [[kind, "missing"]],
        );
        const part = partOf(declared, differences);
        assert.deepEqual(part[kind], [declared[kind][at]]);
        assert.equal(Object.values(part).flat().length, 1);
      }),
    );
  });

  it("are not told of an answer that holds no definitions", () => {
    for (const answer of [undefined, null, [], "", { error: "x" }]) {
      assert.throws(() => differencesOf(declared, answer, "admin"), /exported no definitions/);
    }
  });
});

describe("what is kept of an export", () => {
  it("has no password's hash, and is the same for equal brokers", () => {
    const text = keptExport(broker());
    assert.doesNotMatch(text, /password_hash|secret/);
    const other = broker();
    for (const list of Object.values(other)) list.reverse();
    assert.equal(keptExport(other), text);
  });
});
