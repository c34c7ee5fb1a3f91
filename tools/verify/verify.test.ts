import assert from "node:assert/strict";
import { checks } from "./checks";
import { namesIn, stateText } from "./verify.fixtures";
import { verifyWith } from "./verify.testing";

describe("npm run verify", function () {
  this.timeout(30_000);
  const { run } = verifyWith();

  it("finds nothing where all is as it should be, reads only, and says what it saw", async () => {
    const { code, out, error, read, asked } = await run();
    assert.equal(error, "");
    assert.equal(code, 0, out);
    assert.match(
      out,
      /^Verify of dev {2}account 123456789012, eu-central-1, as arn:aws:sts::123456789012:assumed-role/,
    );
    assert.match(out, /ok: dev: 0 findings in 7 checks\n.*verify\.json\n$/);
    const { ok, state, checks: seen } = read();
    assert.deepEqual([ok, state], [true, "2026-11-21T16:47:32.493953757Z"]);
    assert.deepEqual(
      seen.map(({ name, verdict }) => `${name} ${verdict}`),
      checks.map(({ name }) => `${name} ${name === "grafana" ? "skipped" : "ok"}`),
    );
    const reading = /:(Describe|List|Get|Query)\w+$/;
    assert.deepEqual(
      asked.filter(({ action }) => !reading.test(action)),
      [],
    );
    const allowed = new Set(checks.flatMap(({ actions }) => actions));
    const used = new Set(asked.map(({ action }) => action).filter((action) => !action.startsWith("sts:")));
    assert.deepEqual(
      [...used].filter((action) => !allowed.has(action)),
      [],
    );
  });

  it("asks the Pulumi CLI for the state where no file is named", async () => {
    const stacks: string[] = [];
    const { code } = await run(
      {},
      {
        argv: ["dev"],
        exportState: async (stack) => {
          stacks.push(stack);
          return stateText();
        },
      },
    );
    assert.deepEqual([code, stacks], [0, ["dev"]]);
  });

  it("says what an encrypted value keeps from it, and verifies the rest", async () => {
    const content = JSON.parse(stateText());
    const [alarm] = content.deployment.resources.filter(
      (resource: { type: string }) => resource.type === "aws:cloudwatch/metricAlarm:MetricAlarm",
    );
    alarm.outputs.dimensions = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: { a: 1 },
    };
    const { code, read } = await run({}, { argv: ["dev"], exportState: async () => JSON.stringify(content) });
    assert.equal(code, 1);
    assert.match(
      read().checks[0]?.findings[0]?.what ?? "",
      /^the state does not tell what is needed of aws:cloudwatch\/metricAlarm:MetricAlarm notifications-queue-dead-letters$/,
    );
  });

  it("leaves out what was replaced and waits to be deleted", async () => {
    const content = JSON.parse(stateText());
    for (const resource of content.deployment.resources)
      if (resource.type === "aws:cloudwatch/metricAlarm:MetricAlarm" && resource.id.startsWith("orders-queue-growing"))
        resource.delete = true;
    const { code, asked } = await run({}, { argv: ["dev"], exportState: async () => JSON.stringify(content) });
    assert.equal(code, 0);
    const names = asked
      .filter(({ action }) => action === "cloudwatch:DescribeAlarms")
      .flatMap(({ input }) => namesIn(input));
    assert.equal(
      names.some((name) => name.startsWith("orders-queue-growing")),
      false,
    );
  });
});
