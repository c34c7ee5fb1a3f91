import assert from "node:assert/strict";
import { passwordProblem } from "../credentials";
import { type CompareParts, compareTopology } from "./compare";
import { importTopology } from "./import";
import { emitter, metricLine } from "./metrics";
import {
  declared,
  type FakeBroker,
  ids,
  MemoryExports,
  MemorySecrets,
  fakeParts as parts,
  recordedMetrics,
  secretOf as value,
} from "./testing";

describe("the import", () => {
  it("makes users before anything else, the one in use with the password of its secret", async () => {
    const given = parts();
    const { changed } = await importTopology(given);
    assert.equal(changed, Object.values(declared).flat().length - 1);
    assert.deepEqual(given.management.asked, [
      "export",
      "put app-a []",
      "put app-b []",
      "put monitoring [monitoring]",
      "import",
      "export",
    ]);
    assert.equal(given.management.passwords.get("app-a"), (await value(given.secrets, ids.application)).password);
    assert.equal(passwordProblem(given.management.passwords.get("app-b") ?? ""), undefined);
    assert.notEqual(given.management.passwords.get("app-a"), given.management.passwords.get("app-b"));
  });

  it("only looks when nothing is to do, and gives no existing user another password", async () => {
    const given = parts();
    await importTopology(given);
    given.management.passwords.set("app-a", "changed by hand");
    given.management.asked.length = 0;
    assert.deepEqual(await importTopology(given), { changed: 0, unknown: [] });
    assert.deepEqual(given.management.asked, ["export"]);
  });

  it("fails when the broker keeps what is different", async () => {
    const given = parts();
    await importTopology(given);
    const queues = given.management.held.queues.map((queue) => ({ ...queue, arguments: {} }));
    given.management.held = { ...given.management.held, queues };
    // What is there already, RabbitMQ leaves as it is.
    given.management.addDefinitions = () => Promise.resolve();
    await assert.rejects(importTopology(given), /RabbitMQ cannot mend in place: queue shop\/orders is changed/);
  });

  it("says that the secret of the administrator has no value", async () => {
    const secrets = new MemorySecrets();
    secrets.put(ids.admin, { username: "admin", password: "x" });
    secrets.read = () => Promise.resolve(undefined);
    await assert.rejects(importTopology({ ...parts(), secrets }), /secret arn:admin has no value/);
  });
});

describe("the comparison", () => {
  async function compared(change: (given: CompareParts & { management: FakeBroker; secrets: MemorySecrets }) => void) {
    const base = parts();
    await importTopology(base);
    const emit = recordedMetrics();
    const given = { ...base, exports: new MemoryExports(), emit, now: () => 10_000_000 };
    change(given);
    return { given, told: emit.told, answer: compareTopology(given) };
  }

  it("tells the number of differences, and that an export is there", async () => {
    const { answer, told, given } = await compared(({ secrets }) => {
      secrets.since.set(ids.application, 4_000_000);
      secrets.since.set(ids.monitoring, 20_000_000);
    });
    assert.deepEqual(await answer, { differences: 0, exported: true });
    assert.deepEqual(told, ["age of arn:application 6000", "age of arn:monitoring 0", "differences 0", "exported"]);
    assert.deepEqual(await compareTopology(given), { differences: 0, exported: false });
  });

  it("counts a user whose password is not that of its secret", async () => {
    const { answer, told } = await compared(({ management }) => management.passwords.set("app-a", "other"));
    assert.equal((await answer).differences, 1);
    assert.ok(told.includes("differences 1"));
  });

  it("tells no age of a secret that does not rotate", async () => {
    const { answer, told } = await compared(({ secrets }) => {
      secrets.rotated = false;
      secrets.since.set(ids.application, 0);
    });
    await answer;
    assert.deepEqual(told, ["differences 0", "exported"]);
  });

  it("does not say that an export is there when it could not be kept, but still how old the secrets are", async () => {
    const { answer, told } = await compared(({ exports, secrets }) => {
      secrets.since.set(ids.application, 0);
      exports.put = () => Promise.reject(new Error("AccessDenied"));
    });
    await assert.rejects(answer, /AccessDenied/);
    assert.deepEqual(told, ["age of arn:application 10000", "differences 0"]);
  });
});

describe("metrics of the operations", () => {
  it("are lines of the embedded metric format, one dimension set each", () => {
    assert.deepEqual(JSON.parse(metricLine(5, "TopologyDifferences", "Count", 2, { Broker: "b" })), {
      _aws: {
        Timestamp: 5,
        CloudWatchMetrics: [
          {
            Namespace: "Vigia/Broker",
            Dimensions: [["Broker"]],
            Metrics: [{ Name: "TopologyDifferences", Unit: "Count" }],
          },
        ],
      },
      Broker: "b",
      TopologyDifferences: 2,
    });
    const lines: string[] = [];
    const emit = emitter(
      "b",
      (line) => lines.push(line),
      () => 1,
    );
    emit.exported();
    emit.secretAge("arn:s", 3);
    emit.differences(0);
    assert.deepEqual(
      lines.map((line) => [line.endsWith("}\n"), JSON.parse(line).SecretArn ?? JSON.parse(line).Broker]),
      [
        [true, "b"],
        [true, "arn:s"],
        [true, "b"],
      ],
    );
  });
});
