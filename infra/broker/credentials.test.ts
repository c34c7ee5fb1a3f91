import assert from "node:assert/strict";
import fc from "fast-check";
import { passwordProblem, readBrokerSecret, writeBrokerSecret } from "./credentials";
import { queueFamilies, scrapeConfigs } from "./scrape";

describe("the secret of a broker", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (username, password) => {
        const secret = { engine: "rabbitmq", username, password } as const;
        assert.deepEqual(readBrokerSecret(writeBrokerSecret(secret)), secret);
      }),
    );
  });

  // Services and functions that run already read values that were written before.
  it("is written in this form, which must not change", () => {
    assert.equal(
      writeBrokerSecret({ engine: "rabbitmq", username: "app-a", password: "x" }),
      '{"engine":"rabbitmq","username":"app-a","password":"x"}',
    );
  });

  it("is refused with the field and without a value", () => {
    const refusal = (value: string) => {
      try {
        readBrokerSecret(value);
        return "";
      } catch (error) {
        return error instanceof TypeError ? error.message : String(error);
      }
    };
    assert.equal(refusal("hunter2"), "the secret of the broker is not JSON");
    assert.equal(refusal('"hunter2"'), "the secret of the broker is not an object");
    assert.equal(refusal("null"), "the secret of the broker is not an object");
    assert.equal(
      refusal('{"username":"a","password":"hunter2"}'),
      'the secret of the broker has no "engine": "rabbitmq"',
    );
    assert.equal(
      refusal('{"engine":"rabbitmq","username":"","password":"hunter2"}'),
      'the secret of the broker has no text in "username"',
    );
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (value) => {
        const message = refusal(value);
        assert.ok(message !== "" && !message.includes(value));
      }),
    );
  });

  it("has a password that Amazon MQ takes", () => {
    assert.equal(passwordProblem("abcdefghijkl"), undefined);
    assert.equal(passwordProblem("abcdefghijk"), "it has 11 characters, 12 to 250 are allowed");
    assert.equal(passwordProblem("abc".repeat(20)), "it has fewer than 4 different characters");
    assert.equal(passwordProblem("abcdefgh,ijk:l"), 'it has "," and ":"');
    assert.match(passwordProblem("abcd".repeat(63)) ?? "", /252 characters/);
  });
});

describe("the scrape of a broker", () => {
  it("reads nodes and queues once a minute, with the label that the rules ask for", () => {
    const [nodes, queues, ...others] = scrapeConfigs("messages", ["host:16001"], "/secrets/password");
    assert.deepEqual(others, []);
    for (const job of [nodes, queues]) {
      assert.deepEqual(job?.static_configs, [{ targets: ["host:16001"], labels: { broker: "messages" } }]);
      assert.deepEqual(job?.basic_auth, { username: "monitoring", password_file: "/secrets/password" });
      assert.deepEqual([job?.scheme, job?.scrape_interval], ["https", "60s"]);
    }
    assert.equal(nodes?.metrics_path, "/metrics");
    assert.equal(queues?.metrics_path, "/metrics/detailed");
    assert.deepEqual(queues?.params, { family: queueFamilies });
  });
});
