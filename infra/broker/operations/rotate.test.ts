import assert from "node:assert/strict";
import { importTopology } from "./import";
import { type RotationEvent, rotate } from "./rotate";
import { ids, fakeParts as parts, rotationSteps, secretOf as value } from "./testing";

describe("the rotation", () => {
  const say = (given: ReturnType<typeof parts>, version: string, Step: RotationEvent["Step"], id = ids.application) =>
    rotate(given, { SecretId: id, ClientRequestToken: version, Step });

  async function ready() {
    const given = parts();
    await importTopology(given);
    given.management.asked.length = 0;
    return given;
  }

  it("gives the other user a new password, and leaves the one in use alone", async () => {
    const given = await ready();
    const before = await value(given.secrets, ids.application);
    const version = given.secrets.begin(ids.application);
    for (const step of rotationSteps) await say(given, version, step);
    const after = await value(given.secrets, ids.application);
    assert.equal(after.username, "app-b");
    assert.equal(given.management.passwords.get("app-b"), after.password);
    assert.equal(given.management.passwords.get("app-a"), before.password);
    assert.deepEqual(given.management.asked, ["put app-b []"]);
  });

  it("may be told every step again", async () => {
    const given = await ready();
    const version = given.secrets.begin(ids.application);
    for (const step of rotationSteps) {
      await say(given, version, step);
      const pending = await given.secrets.read(ids.application, "AWSPENDING", version);
      await say(given, version, step);
      assert.equal(await given.secrets.read(ids.application, "AWSPENDING", version), pending);
    }
    assert.deepEqual(given.management.asked, ["put app-b []"]);
    assert.equal((await value(given.secrets, ids.application)).username, "app-b");
  });

  it("keeps the scraper's user and its tag", async () => {
    const given = await ready();
    const version = given.secrets.begin(ids.monitoring);
    for (const step of rotationSteps) await say(given, version, step, ids.monitoring);
    assert.deepEqual(given.management.asked, ["put monitoring [monitoring]"]);
    assert.equal(given.management.passwords.get("monitoring"), (await value(given.secrets, ids.monitoring)).password);
  });

  it("stops before it would lock out who is still connected", async () => {
    const given = await ready();
    given.management.connections = 3;
    const version = given.secrets.begin(ids.application);
    await say(given, version, "createSecret");
    await assert.rejects(say(given, version, "setSecret"), /app-b still has open connections \(3\)/);
    assert.deepEqual(given.management.asked, []);
  });

  it("does not finish what the broker refuses", async () => {
    const given = await ready();
    const version = given.secrets.begin(ids.application);
    await say(given, version, "createSecret");
    await assert.rejects(
      say(given, version, "testSecret"),
      /refuses app-b with the pending password: the one in use stays/,
    );
    assert.equal((await value(given.secrets, ids.application)).username, "app-a");
  });

  const refused: readonly (readonly [
    what: string,
    change: (
      given: Awaited<ReturnType<typeof ready>>,
      event: { -readonly [Key in keyof RotationEvent]: RotationEvent[Key] },
    ) => void,
    message: RegExp,
  ])[] = [
    [
      "a secret of somebody else",
      (_, event) => Object.assign(event, { SecretId: ids.admin }),
      /none of this broker's that rotate/,
    ],
    [
      "a secret that is not set to rotate",
      ({ secrets }) => Object.assign(secrets, { rotated: false }),
      /not set to rotate/,
    ],
    [
      "a version that is not there",
      (_, event) => Object.assign(event, { ClientRequestToken: "other" }),
      /has no version other/,
    ],
    [
      "an unknown step",
      (_, event) => Object.assign(event, { Step: "dropSecret" }),
      /"dropSecret" is no step of a rotation/,
    ],
    ["a step before createSecret", (_, event) => Object.assign(event, { Step: "setSecret" }), /has no pending value/],
  ];
  for (const [what, change, message] of refused) {
    it(`refuses ${what}`, async () => {
      const given = await ready();
      const event: RotationEvent = {
        SecretId: ids.application,
        ClientRequestToken: given.secrets.begin(ids.application),
        Step: "createSecret",
      };
      change(given, event);
      await assert.rejects(rotate(given, event), message);
      assert.deepEqual(given.management.asked, []);
    });
  }

  it("refuses a secret in use that is of an unknown user", async () => {
    const given = await ready();
    given.secrets.put(ids.application, { username: "admin", password: "of the admin" });
    const version = given.secrets.begin(ids.application);
    await assert.rejects(say(given, version, "createSecret"), /is of user admin, whom nobody rotates/);
  });
});
