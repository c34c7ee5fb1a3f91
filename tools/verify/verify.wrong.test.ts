import assert from "node:assert/strict";
import { type Answers, fakeAws } from "./fake";
import { account, healthy, stateFile } from "./verify.fixtures";
import { rulesIn, verifyWith } from "./verify.testing";

describe("npm run verify, used or answered wrongly", function () {
  this.timeout(30_000);
  const { run } = verifyWith();

  describe("what AWS refuses", () => {
    it("for want of permission is not checked, by the name of the action, and the rest is", async () => {
      const denied =
        "User: arn:aws:sts::1:assumed-role/x is not authorized to perform: SNS:ListSubscriptionsByTopic on resource: y because no identity-based policy allows the action";
      const { code, read, out } = await run({
        "sns:ListSubscriptionsByTopic": () => ({ error: "AuthorizationError", message: denied, status: 403 }),
        "cloudwatch:ListMetrics": () => ({ error: "AccessDeniedException", message: "no", status: 400 }),
        "aps:QueryMetrics": () => ({ error: "AccessDeniedException", message: "no", status: 403 }),
      });
      assert.equal(code, 1);
      const seen = Object.fromEntries(read().checks.map(({ name, seen: text }) => [name, text]));
      const may = (action: string) => `these credentials may not ${action}: allow it (docs/verify.md has the policy)`;
      assert.equal(seen.subscriptions, may("sns:ListSubscriptionsByTopic"));
      assert.equal(seen.metrics, may("cloudwatch:ListMetrics"));
      assert.equal(seen.targets, may("aps:QueryMetrics"));
      assert.match(out, /not ok: dev: 0 findings in 7 checks; 4 could not be made/);
    });

    it("for a while is asked again, by each of the protocols", async () => {
      const good = healthy(rulesIn);
      const firstRefused = (action: string, error: string, status: number): Answers => ({
        [action]: (input, nth) =>
          nth === 0 ? { error, message: "Rate exceeded", status } : (good[action]?.(input, nth) ?? { json: {} }),
      });
      const { code, asked } = await run({
        ...firstRefused("cloudwatch:DescribeAlarms", "ThrottlingException", 400),
        ...firstRefused("sns:ListSubscriptionsByTopic", "Throttling", 400),
        ...firstRefused("aps:DescribeWorkspace", "ThrottlingException", 429),
        ...firstRefused("aps:QueryMetrics", "ThrottlingException", 429),
      });
      assert.equal(code, 0);
      assert.equal(asked.filter(({ action }) => action === "aps:DescribeWorkspace").length, 2);
    });

    it("at every try is said so", async () => {
      const { read } = await run({
        "aps:ListRules": () => ({ error: "ThrottlingException", message: "Rate exceeded", status: 429 }),
      });
      const check = read().checks.find(({ name }) => name === "rules");
      assert.deepEqual(
        [check?.verdict, check?.seen],
        ["not checked", "AWS throttles aps:ListRules, and did so at every try: run it again in a few minutes"],
      );
    });

    it("without a word does not hold it up for ever, by the SDK and without", async () => {
      const never = () => new Promise<never>(() => undefined);
      const silent = { "cloudwatch:DescribeAlarms": never, "aps:ListRules": never };
      const { read } = await run(silent, { impatient: true });
      const seen = Object.fromEntries(read().checks.map(({ name, seen: text }) => [name, text]));
      assert.match(seen.alarms ?? "", /^AWS is not reached for cloudwatch:DescribeAlarms \(/);
      assert.match(seen.rules ?? "", /^AWS is not reached for aps:ListRules \(no answer in time\)/);
    });

    it("that answers something else is no proof of anything", async () => {
      const { read } = await run({ "aps:ListRules": () => ({ json: { status: "success", data: {} } }) });
      assert.match(
        read().checks.find(({ name }) => name === "rules")?.seen ?? "",
        /^aps:ListRules: the answer is not what Prometheus writes: \{"status"/,
      );
    });
  });

  describe("wrong use", () => {
    const never = { access: { attempts: 1 } };
    const cases: readonly (readonly [what: string, argv: readonly string[], code: number, says: RegExp])[] = [
      [
        "no stack",
        [],
        2,
        /^verify takes one stack, got none; usage: npm run verify -- <stack> .*; stacks: dev, prod\n$/,
      ],
      ["two stacks", ["dev", "prod"], 2, /^verify takes one stack, got dev prod;/],
      ["an unknown stack", ["test"], 2, /^there is no stack "test";/],
      ["an unknown option", ["dev", "--force"], 2, /^verify has no option --force;/],
      ["a value for a flag", ["dev", "--page=1"], 2, /^--page takes no value;/],
      ["no file for --state", ["dev", "--state"], 2, /^--state takes a file;/],
      ["a flag for a file", ["dev", "--state", "--page"], 2, /^--state takes a file;/],
      ["a file that is not there", ["dev", "--state", "/nowhere.json"], 2, /^\/nowhere\.json cannot be read: ENOENT/],
      ["--yes alone", ["dev", "--yes"], 2, /^--yes goes with --page;/],
      [
        "--page where nobody can be asked",
        ["dev", "--page"],
        2,
        /^--page tells people, and nobody can be asked .*: add --yes\n$/,
      ],
      [
        "the state of another stack",
        ["prod", "--state", stateFile],
        1,
        /state\.json is the state of stack dev, not of prod\n$/,
      ],
    ];
    for (const [what, argv, code, says] of cases) {
      it(`${what} is refused in one line, before AWS is asked`, async () => {
        const result = await run({}, { ...never, argv });
        assert.equal(result.code, code, result.error);
        assert.match(result.error, says);
        assert.equal(result.error.split("\n").length, 2);
        assert.deepEqual([result.out, result.asked], ["", []]);
      });
    }

    const states: readonly (readonly [what: string, text: string, says: RegExp])[] = [
      [
        "of nothing",
        '{"version":3,"deployment":{"manifest":{"time":"2026-11-21T00:00:00Z"}}}',
        /^stack dev has no resources: it was never deployed, or was destroyed; deploy it/,
      ],
      ["that is no state", '{"version":3}', /^the state of dev is no state of a stack/],
      ["that is no JSON", "error:", /^the state of dev is not JSON/],
      [
        "without anything that is watched",
        '{"deployment":{"resources":[{"urn":"urn:pulumi:dev::vigia::aws:sqs/queue:Queue::x","type":"aws:sqs/queue:Queue","id":"x"}]}}',
        /^stack dev has neither an alarm nor a Prometheus workspace/,
      ],
    ];
    for (const [what, text, says] of states) {
      it(`a state ${what} is told in one line`, async () => {
        const { code, error } = await run({}, { argv: ["dev"], exportState: async () => text });
        assert.equal(code, 1);
        assert.match(error, says);
        assert.equal(error.split("\n").length, 2);
      });
    }

    it("credentials of another account are not taken, because nothing would be found there", async () => {
      const { code, error, asked } = await run({
        "sts:GetCallerIdentity": () => ({
          xml: "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::999999999999:user/x</Arn><Account>999999999999</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
        }),
      });
      assert.equal(code, 1);
      assert.equal(
        error,
        `these credentials are of account 999999999999, and dev is in ${account}: set AWS_PROFILE to one of that account\n`,
      );
      assert.equal(asked.length, 1);
    });

    it("credentials that have expired end it in one line", async () => {
      const { code, error } = await run({
        "sts:GetCallerIdentity": () => ({
          error: "ExpiredToken",
          message: "The security token included in the request is expired",
          status: 403,
        }),
      });
      assert.equal(code, 1);
      assert.equal(
        error,
        "AWS refuses the credentials (The security token included in the request is expired): log in again, as with `aws sso login`\n",
      );
    });

    it("no credentials at all end it in one line", async () => {
      const { code, error } = await run(
        {},
        {
          access: {
            credentials: async () => {
              throw Object.assign(new Error("Could not load credentials from any providers"), {
                name: "CredentialsProviderError",
              });
            },
          },
        },
      );
      assert.equal(code, 1);
      assert.equal(
        error,
        "there are no AWS credentials (Could not load credentials from any providers): log in, as with `aws sso login`, and set AWS_PROFILE\n",
      );
    });

    it("a network without AWS ends it in one line", async () => {
      const gone = await fakeAws({});
      await gone.close();
      const { code, error } = await run({}, { access: gone.access });
      assert.equal(code, 1);
      assert.match(error, /^AWS is not reached for sts:GetCallerIdentity \(.*ECONNREFUSED.*\): look at the network/);
    });
  });
});
