import assert from "node:assert/strict";
import fc from "fast-check";
import { checkName, type NameKind, nameRules, suffixLength } from "./names";

const kinds = Object.keys(nameRules) as NameKind[];
/** What Pulumi and AWS make of a name. */
const finished: Readonly<Partial<Record<NameKind, (name: string) => string>>> = {
  "FIFO queue": (name) => `${name}.fifo`,
  "FIFO topic": (name) => `${name}.fifo`,
  "key alias": (name) => `alias/${name}`,
};
const longest: Readonly<Record<NameKind, number>> = {
  database: 63,
  queue: 80,
  "FIFO queue": 80,
  topic: 256,
  "FIFO topic": 256,
  alarm: 255,
  "key alias": 256,
  role: 64,
  policy: 128,
  bucket: 63,
  broker: 50,
  "backup vault": 50,
  "backup plan": 50,
  function: 64,
  "event rule": 64,
  "schedule group": 64,
  cluster: 100,
  "log group": 512,
  secret: 512,
  "Kafka cluster": 64,
  "Kafka topic": 249,
  "load balancer": 32,
  "target group": 32,
  api: 128,
  "web ACL": 128,
  canary: 255,
};

describe("checkName", () => {
  it("accepts the names of this platform", () => {
    assert.equal(checkName("queue", "orders-dead-letters"), undefined);
    assert.equal(checkName("FIFO queue", "production-dead-letters"), undefined);
    assert.equal(checkName("topic", "page"), undefined);
    assert.equal(checkName("alarm", "orders-queue-dead-letters-expiring"), undefined);
    assert.equal(checkName("key alias", "vigia/paging"), undefined);
    assert.equal(checkName("role", "grafana"), undefined);
    assert.equal(checkName("bucket", "vigia-backups"), undefined);
    assert.equal(checkName("function", "broker-compare"), undefined);
    assert.equal(checkName("schedule group", "broker-compare"), undefined);
    assert.equal(checkName("log group", "/aws/eks/shop"), undefined);
    assert.equal(checkName("secret", "vigia/pager"), undefined);
    assert.equal(checkName("Kafka cluster", "events"), undefined);
    assert.equal(checkName("Kafka topic", "order.events_v2", { physical: true }), undefined);
    assert.equal(checkName("load balancer", "services"), undefined);
    assert.equal(checkName("target group", "services-shop"), undefined);
    assert.equal(checkName("api", "platform"), undefined);
    assert.equal(checkName("web ACL", "services"), undefined);
    assert.equal(checkName("canary", "platform"), undefined);
  });

  for (const kind of kinds) {
    it(`leaves room for Pulumi's suffix, and takes the whole length where the program gives the name: ${kind}`, () => {
      const finish = finished[kind] ?? ((name: string) => name);
      const most = (physical: boolean) => longest[kind] - finish("").length - (physical ? 0 : suffixLength);
      for (const physical of [false, true]) {
        const name = "a".repeat(most(physical));
        assert.equal(checkName(kind, name, { physical }), undefined);
        assert.equal(finish(physical ? name : `${name}-1a2b3c4`).length, longest[kind]);
        assert.match(checkName(kind, `${name}a`, { physical }) ?? "", /; shorten it by 1$/);
      }
    });

    it(`refuses an empty name: ${kind}`, () => {
      assert.equal(checkName(kind, ""), `name of ${kind} "": it has 0 characters, 1 or more are needed`);
    });

    it(`gives the page of AWS for the limits: ${kind}`, () => {
      assert.match(nameRules[kind].source, /^"[^"]+", .+, \d{4}-\d{2}$/);
    });
  }

  it("says what is wrong, where, and the way out", () => {
    assert.equal(
      checkName("queue", "orders.new"),
      'name of queue "orders.new": use only letters, digits, hyphens and underscores',
    );
    assert.equal(
      checkName("queue", "o".repeat(75)),
      `name of queue "${"o".repeat(75)}": it has 75 characters, at most 72 are allowed, because 8 of 80 are left for Pulumi's suffix; shorten it by 3`,
    );
    assert.equal(
      checkName("role", "r".repeat(65), { physical: true }),
      `name of role "${"r".repeat(65)}": it has 65 characters, at most 64 are allowed; shorten it by 1`,
    );
    assert.match(checkName("bucket", "Backups") ?? "", /use only lower-case letters/);
  });

  it("refuses characters that AWS does not take", () => {
    const wrong: Readonly<Partial<Record<NameKind, readonly string[]>>> = {
      queue: ["a b", "a.b", "ä", "a/b", "a\n"],
      topic: ["a.fifo", "a:b", "日本"],
      alarm: ["a\u0000b", "a\nb", "a\u007f"],
      "key alias": ["a b", "a.b"],
      role: ["a/b", "a b", "a*"],
      bucket: ["a_b", "-ab", "ab-", ".ab", "a b"],
      "log group": ["a b", "a*"],
      secret: ["a b", "a:b", "a\\b"],
    };
    for (const kind of kinds) {
      for (const name of wrong[kind] ?? [])
        assert.match(checkName(kind, name) ?? "", /: use only /, `${kind} ${JSON.stringify(name)}`);
    }
  });

  it("refuses names that AWS keeps for itself", () => {
    for (const name of [
      "xn--a",
      "sthree-a",
      "amzn-s3-demo-a",
      "a-s3alias",
      "a--ol-s3",
      "a.mrap",
      "a--x-s3",
      "a..b",
      "192.168.5.4",
    ]) {
      assert.match(checkName("bucket", name, { physical: true }) ?? "", /: not allowed are /, name);
    }
    assert.match(checkName("key alias", "aws/sqs") ?? "", /: not allowed are /);
    assert.match(checkName("log group", "aws/x") ?? "", /: not allowed are /);
  });

  it("wants three characters of a bucket whose name the program gives, and one where Pulumi adds to it", () => {
    assert.match(checkName("bucket", "ab", { physical: true }) ?? "", /3 or more are needed/);
    assert.equal(checkName("bucket", "ab"), undefined);
  });

  it("counts characters, not code units", () => {
    assert.equal(checkName("alarm", "😀".repeat(247)), undefined);
    assert.match(checkName("alarm", "😀".repeat(248)) ?? "", /248 characters/);
  });

  it("refuses every queue name with a character outside the allowed ones, and no other of up to 72", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 72 }), (name) => {
        const fine = [...name].every((letter) =>
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".includes(letter),
        );
        assert.equal(checkName("queue", name) === undefined, fine);
      }),
    );
  });
});
