import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../build.cjs";
import { awsOf } from "../aws";
import { type Deployed, deployedOf } from "../deployed";
import type { Answers, FakeAws } from "../fake";
import { readState } from "../state";
import { stateText, topics } from "../verify.fixtures";
import { consent, toldBy } from "./consent";
import { page, pageActions } from "./page";
import { type FakePager, fakePager } from "./page.fake";

const deployed = deployedOf("dev", readState("dev", stateText(), "the fixture"));
const making = /:(Put|Set|Create|Subscribe|Delete|Unsubscribe)/;

describe("verify --page", function () {
  this.timeout(20_000);
  let pager: FakePager;
  let lines: string[];
  const started: FakeAws[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((fake) => fake.close()));
  });

  async function run(other: Answers = {}, of: Deployed = deployed, deaf: readonly string[] = []) {
    pager = await fakePager(other, deaf);
    started.push(pager.fake);
    lines = [];
    const aws = awsOf(of.region, pager.fake.access);
    const test = { stack: "dev", token: "0a1b2c3d", caller: "nina", now: Date.now };
    try {
      // Minutes become tenths of a second.
      return await page(aws, of, { test, tell: (line) => lines.push(line), pace: 1 / 200 });
    } finally {
      aws.close();
    }
  }

  it("sends one of each severity and backend, waits for it, and removes all that it made", async () => {
    const { deliveries, findings } = await run();
    assert.deepEqual(findings, [], lines.join("\n"));
    assert.deepEqual(
      deliveries.map(({ way, arrived, of, seconds }) => [way, arrived, of, seconds !== undefined]),
      ["page by CloudWatch", "page by Prometheus", "ticket by CloudWatch", "ticket by Prometheus"].map((way) => [
        way,
        1,
        1,
        true,
      ]),
    );
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
    assert.deepEqual([...new Set(pager.fake.asked.map(({ action }) => action))].sort(), pageActions);
    assert.match(lines[0] ?? "", /^4 test alarms are sent; that takes up to 7 minutes, because alerts gather first$/);
  });

  it("says in every message that it is a test, and never touches an alarm of the stack", async () => {
    await run();
    const told = pager.fake.asked.filter(({ action }) =>
      /PutMetricAlarm|SetAlarmState|CreateAlertManagerAlerts/.test(action),
    );
    assert.equal(told.length, 2 + 4 + 4);
    for (const { input } of told) assert.match(JSON.stringify(input), /TEST\. Nothing is wrong/);
    const alarms = told.flatMap(({ input }) => (typeof input.AlarmName === "string" ? [input.AlarmName] : []));
    assert.deepEqual([...new Set(alarms)].sort(), ["vigia-verify-page-0a1b2c3d", "vigia-verify-ticket-0a1b2c3d"]);
  });

  it("makes a queue that only these topics may write to, and that keeps nothing for long", async () => {
    await run();
    const [made] = pager.fake.asked.filter(({ action }) => action === "sqs:CreateQueue");
    const { Policy, ...attributes } = Object(made?.input.Attributes);
    assert.deepEqual(attributes, { SqsManagedSseEnabled: "true", MessageRetentionPeriod: "3600" });
    const [statement] = JSON.parse(Policy).Statement;
    assert.deepEqual(statement.Principal, { Service: "sns.amazonaws.com" });
    assert.equal(statement.Resource, "arn:aws:sqs:eu-central-1:123456789012:vigia-verify-0a1b2c3d");
    const { payments: _, ...paging } = topics;
    assert.deepEqual(new Set(statement.Condition.ArnEquals["aws:SourceArn"]), new Set(Object.values(paging)));
  });

  it("closes what it opened at whoever was told", async () => {
    await run();
    const ended = pager.fake.asked.filter(
      ({ action, input }) =>
        (action === "cloudwatch:SetAlarmState" && input.StateValue === "OK") ||
        (action === "aps:CreateAlertManagerAlerts" && Date.parse(Object(input.alerts)[0].endsAt) <= Date.now()),
    );
    assert.equal(ended.length, 4);
  });

  it("gives both alerts components of their own, because a page keeps a ticket of the same back", async () => {
    await run();
    const components = pager.fake.asked.flatMap(({ action, input }) =>
      action === "aps:CreateAlertManagerAlerts" ? [Object(input.alerts)[0].labels.component] : [],
    );
    assert.equal(new Set(components).size, 2);
  });

  it("finds where one does not arrive, says why that may be, and ends the others well", async () => {
    const muted = structuredClone({ ...deployed, types: undefined });
    const routes = muted.prometheus?.routes;
    assert.ok(muted.prometheus && routes?.ticket);
    const prometheus = {
      ...muted.prometheus,
      routes: { ...routes, ticket: { ...routes.ticket, muted: ["patches"], pagerDuty: 1 } },
    };
    const { findings, deliveries, notes } = await run({}, { ...deployed, prometheus }, [topics.prometheusTicket]);
    assert.equal(findings.length, 1);
    assert.match(findings[0]?.what ?? "", /^ticket by Prometheus: the test did not arrive within \d+ s$/);
    assert.equal(findings[0]?.where, topics.prometheusTicket);
    assert.match(findings[0]?.wayOut ?? "", /the calendar mutes it at times: patches; PagerDuty is told by itself/);
    assert.equal(notes.length, 1);
    assert.deepEqual(
      deliveries.map(({ arrived }) => arrived),
      [1, 1, 1, 0],
    );
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
  });

  it("that may not raise an alarm says so for that way alone", async () => {
    const denied = () => ({ error: "AccessDeniedException", message: "no", status: 400 }) as const;
    const { findings, deliveries } = await run({ "cloudwatch:PutMetricAlarm": denied });
    assert.deepEqual(
      findings.map(({ what, wayOut }) => [what, wayOut.split(":").slice(0, 2).join(":")]),
      [
        ["page by CloudWatch: the test could not be finished", "these credentials may not cloudwatch:PutMetricAlarm"],
        ["ticket by CloudWatch: the test could not be finished", "these credentials may not cloudwatch:PutMetricAlarm"],
      ],
    );
    assert.deepEqual(
      deliveries.map(({ arrived }) => arrived),
      [0, 1, 0, 1],
    );
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
  });

  it("that may not subscribe tells nobody, and leaves nothing behind", async () => {
    const denied = () => ({ error: "AuthorizationError", message: "no", status: 403 }) as const;
    await assert.rejects(run({ "sns:Subscribe": denied }), /may not sns:Subscribe/);
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
    assert.equal(
      pager.fake.asked.some(({ action }) => /Alarm|Alert/.test(action)),
      false,
    );
  });

  it("that may not read its queue does not wait for ever", async () => {
    const denied = () => ({ error: "AccessDeniedException", message: "no", status: 400 }) as const;
    const { findings } = await run({ "sqs:ReceiveMessage": denied });
    assert.equal(findings.length, 4);
    assert.match(findings[0]?.wayOut ?? "", /may not sqs:ReceiveMessage/);
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
  });

  it("names what it could not remove", async () => {
    const denied = () => ({ error: "AccessDeniedException", message: "no", status: 400 }) as const;
    await run({ "sqs:DeleteQueue": denied });
    assert.match(
      lines.at(-1) ?? "",
      /^queue vigia-verify-0a1b2c3d could not be removed \(these credentials may not sqs:DeleteQueue/,
    );
  });

  it("ends by a signal only after everything is removed", async () => {
    pager = await fakePager({}, Object.values(topics));
    started.push(pager.fake);
    const program = join(root, "tools/verify/page/interrupted.ts");
    const child = spawn(process.execPath, ["-r", "tsx/cjs", program, JSON.stringify(pager.fake.access)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    while (!pager.fake.asked.some(({ action }) => action === "aps:CreateAlertManagerAlerts"))
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    assert.equal(code, 130);
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
    assert.ok(pager.fake.asked.some(({ action }) => making.test(action)));
  });

  describe("consent", () => {
    const asking = (answer: string) => ({ interactive: true, ask: async () => answer });
    const say = () => undefined;
    for (const [answer, meant] of [
      ["y", true],
      ["Yes ", true],
      ["", false],
      ["n", false],
      ["yesterday", false],
    ] as const)
      it(`"${answer}" means ${meant ? "yes" : "no"}`, async () =>
        assert.equal(await consent(deployed, false, say, asking(answer)), meant));

    it("was given on the command line", async () => {
      const never = { interactive: false, ask: async () => assert.fail("nobody may be asked") };
      assert.equal(await consent(deployed, true, say, never), true);
    });

    it("is asked with the names of whoever will be told", () => {
      assert.deepEqual(toldBy(deployed), [
        "  page by CloudWatch: email dev-alarms@example.com",
        "  ticket by CloudWatch: email dev-alarms@example.com",
        "  page by Prometheus: email dev-alarms@example.com",
        "  ticket by Prometheus: email dev-alarms@example.com",
      ]);
    });
  });
});
