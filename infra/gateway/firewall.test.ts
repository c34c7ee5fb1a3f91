import assert from "node:assert/strict";
import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { record } from "../kit/recorder";
import { Firewall, type FirewallArgs, watchFirewall } from "./firewall";
import { firewallArgs, watcher } from "./testing";

const acl = "aws:wafv2/webAcl:WebAcl";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface Rule {
  readonly name: string;
  readonly action?: object;
  readonly overrideAction?: object;
  readonly statement: {
    readonly rateBasedStatement?: object;
    readonly managedRuleGroupStatement?: { readonly ruleActionOverrides: readonly { readonly name: string }[] };
  };
}

const made = (args: Partial<FirewallArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Firewall("services", { ...firewallArgs, ...args }), mode);
const rulesOf = async (args: Partial<FirewallArgs> = {}) =>
  (await made(args)).one(acl, "services").inputs.rules as readonly Rule[];

describe("a firewall", () => {
  it("limits each client by the address that the gateway tells, which nobody can forge", async () => {
    const [perClient] = await rulesOf({ requestsPerClient: 300 });
    assert.deepEqual(perClient?.statement.rateBasedStatement, {
      limit: 300,
      evaluationWindowSec: 300,
      aggregateKeyType: "FORWARDED_IP",
      forwardedIpConfig: { headerName: "x-client-address", fallbackBehavior: "NO_MATCH" },
    });
    assert.deepEqual(perClient?.action, { block: { customResponse: { responseCode: 429 } } });
  });

  it("blocks what AWS's groups find, but for what is named", async () => {
    const [, ...groups] = await rulesOf({ countOnly: { sql: ["SQLi_BODY"] } });
    assert.deepEqual(
      groups.map(({ name, overrideAction, statement }) => [
        name,
        overrideAction,
        statement.managedRuleGroupStatement?.ruleActionOverrides.map((rule) => rule.name),
      ]),
      [
        ["AWSManagedRulesCommonRuleSet", { none: {} }, ["SizeRestrictions_BODY"]],
        ["AWSManagedRulesKnownBadInputsRuleSet", { none: {} }, []],
        ["AWSManagedRulesSQLiRuleSet", { none: {} }, ["SQLi_BODY"]],
      ],
    );
  });

  it("only counts where it is tried out, and then blocking is no alarm", async () => {
    const rules = await rulesOf({ mode: "count" });
    assert.deepEqual(
      rules.map(({ action, overrideAction }) => action ?? overrideAction),
      Array(4).fill({ count: {} }),
    );
    assert.deepEqual((await made({ mode: "count" })).ofType(alarm), []);
  });

  it("stands before the load balancer, and logs what it stopped without tokens", async () => {
    const recording = await made();
    assert.equal(
      recording.one("aws:wafv2/webAclAssociation:WebAclAssociation", "services").inputs.resourceArn,
      "arn:load-balancer",
    );
    const log = recording.one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "services").inputs;
    assert.deepEqual(log.redactedFields, [
      { singleHeader: { name: "authorization" } },
      { singleHeader: { name: "cookie" } },
    ]);
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "services-firewall-log").inputs;
    assert.deepEqual([group.name, group.retentionInDays], ["aws-waf-logs-services-1234567", 90]);
  });

  it("is told apart from that of another stack in its metrics", async () => {
    const { metricQueries } = (await made()).one(alarm, "services-firewall-blocking").inputs as {
      metricQueries: { metric?: { dimensions: object } }[];
    };
    const seen = metricQueries.flatMap(({ metric }) => (metric ? [metric.dimensions] : []));
    assert.deepEqual(seen, Array(2).fill({ WebACL: "services-test", Region: "eu-central-1", Rule: "ALL" }));
  });

  it("can exist already", async () => {
    const recording = await record(() => {
      const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "old", sampledRequestsEnabled: false };
      const existing = new WebAcl("old", { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig });
      watchFirewall("old", existing, { region: "eu-west-1", requestsPerDay: 1, watcher });
    });
    assert.equal(recording.ofType(alarm).length, 1);
  });

  it("refuses a limit that WAF does not take, with all else that is wrong", () => {
    assert.throws(
      () => new Firewall("services", { ...firewallArgs, requestsPerClient: 5, logRetention: 2, requestsPerDay: -1 }),
      {
        message:
          'firewall "services": logRetention must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days, got 2\nfirewall "services": requestsPerDay must be a number of 0 or more, got -1\nfirewall "services": requestsPerClient must be a whole number from 10 to 2000000000, got 5',
      },
    );
  });
});
