import assert from "node:assert/strict";
import { healthy, stateFile } from "../verify.fixtures";
import { rulesIn, verifyWith } from "../verify.testing";
import { type FakePager, fakePager } from "./page.fake";

const paging = { settle: 0, pace: 1 / 200 };

describe("npm run verify -- <stack> --page", function () {
  this.timeout(30_000);
  const { run } = verifyWith();
  let pager: FakePager;
  beforeEach(async () => {
    pager = await fakePager(healthy(rulesIn));
  });
  afterEach(() => pager.fake.close());

  const answering = (answer: string) => ({
    access: pager.fake.access,
    paging,
    argv: ["dev", "--page", "--state", stateFile],
    terminal: { interactive: true, ask: async () => answer },
  });
  const told = () =>
    pager.fake.asked.filter(
      ({ action }) => /Alarm|Subscribe$|CreateQueue|CreateAlert/.test(action) && !action.includes("Describe"),
    );

  it("checks first, tells who will be told, and sends where that is meant", async () => {
    const { code, out, error, read } = await run({}, answering("y"));
    assert.equal(code, 0, out);
    assert.match(
      error,
      /^Test alarms are sent to people\. .*\n {2}page by CloudWatch: email dev-alarms@example\.com\n/,
    );
    assert.match(out, /ok +page +4 of 4 test alarms arrived/);
    assert.match(out, /test alarms\n {2}page by CloudWatch: arrived after [\d.]+ s\n/);
    assert.match(out, /ok: dev: 0 findings in 8 checks; 4 of 4 test alarms arrived\n/);
    assert.equal(read().page?.length, 4);
    const actions = pager.fake.asked.map(({ action }) => action);
    assert.ok(actions.lastIndexOf("aps:QueryMetrics") < actions.indexOf("sqs:CreateQueue"));
    assert.deepEqual(pager.left(), { alarms: [], queues: [], subscriptions: [] });
  });

  it("sends nothing where it is not meant, and reports what it saw all the same", async () => {
    const { code, error, read } = await run({}, answering(""));
    assert.equal(code, 0);
    assert.match(error, /no test alarm was sent\n$/);
    assert.deepEqual([told(), read().page], [[], undefined]);
  });

  it("asks nobody with --yes", async () => {
    const never = { interactive: false, ask: async () => assert.fail("nobody may be asked") };
    const { code } = await run({}, { ...answering(""), argv: ["dev", "--page", "--yes"], terminal: never });
    assert.equal(code, 0);
    assert.ok(told().length > 0);
  });

  it("says which permission lacks, and that nothing was tested", async () => {
    await pager.fake.close();
    pager = await fakePager({
      ...healthy(rulesIn),
      "sqs:CreateQueue": () => ({ error: "AccessDeniedException", message: "no", status: 400 }),
    });
    const { code, out } = await run({}, answering("y"));
    assert.equal(code, 1);
    assert.match(out, /not checked +page +these credentials may not sqs:CreateQueue/);
    assert.deepEqual(
      told().map(({ action }) => action),
      ["sqs:CreateQueue"],
    );
  });
});
