import assert from "node:assert/strict";
import { Broker } from "@pulumi/aws/mq/broker.js";
import { place, type Recording, record } from "../kit/recorder";
import { Experiments } from "./experiments";
import type { ExperimentsArgs } from "./experiments.args";

const template = "aws:fis/experimentTemplate:ExperimentTemplate";
const policy = "aws:iam/rolePolicy:RolePolicy";
const usual: ExperimentsArgs = {
  ...place,
  stopOn: ["arn:aws:cloudwatch:eu-central-1:123456789012:alarm:shop-down"],
  zone: { subnets: ["subnet-1", "subnet-2"], for: "10 minutes" },
};
const pod = {
  cluster: "platform",
  clusterArn: "arn:aws:eks:eu-central-1:123456789012:cluster/platform",
  namespace: "shop",
  selector: "app=shop",
  serviceAccount: "experiments",
};
const made = (args: Partial<ExperimentsArgs> = {}) => record(() => new Experiments("faults", { ...usual, ...args }));

/** What a role may do: actions to resources. */
function rights(recording: Recording, name: string): Record<string, unknown> {
  const { Statement } = recording.document(policy, name, "policy") as {
    Statement: { Action: string[]; Resource: unknown }[];
  };
  return Object.fromEntries(Statement.map(({ Action, Resource }) => [Action.join(" "), Resource]));
}

describe("experiments", () => {
  it("end when users feel them, find what they look for or fail, and leave an encrypted log", async () => {
    const recording = await made();
    const { inputs, madeFrom } = recording.one(template, "faults-zone");
    assert.deepEqual(inputs.stopConditions, [{ source: "aws:cloudwatch:alarm", value: usual.stopOn[0] }]);
    assert.deepEqual(inputs.experimentOptions, {
      accountTargeting: "single-account",
      emptyTargetResolutionMode: "fail",
    });
    assert.deepEqual([madeFrom.roleArn, madeFrom.logConfiguration], [["faults-zone"], ["faults"]]);
    const log = recording.one("aws:cloudwatch/logGroup:LogGroup", "faults");
    assert.equal(log.inputs.name, "/aws/vendedlogs/fis/vigia-test-faults");
    assert.deepEqual([log.inputs.retentionInDays, log.madeFrom.kmsKeyId], [90, ["faults"]]);
    assert.match(
      String(recording.one("aws:kms/key:Key", "faults").inputs.policy),
      /log-group:\/aws\/vendedlogs\/fis\//,
    );
    const trust = JSON.stringify(recording.document("aws:iam/role:Role", "faults-zone", "assumeRolePolicy"));
    assert.match(trust, /"fis.amazonaws.com".*"aws:SourceAccount":"123456789012"/);
  });

  it("cut a zone off by network ACLs of their own, and touch no other subnet", async () => {
    const recording = await made();
    const { targets, actions } = recording.one(template, "faults-zone").inputs;
    const subnet = (id: string) => `arn:aws:ec2:eu-central-1:123456789012:subnet/${id}`;
    const subnets = [subnet("subnet-1"), subnet("subnet-2")];
    assert.deepEqual(targets, [
      { name: "subnets", resourceType: "aws:ec2:subnet", resourceArns: subnets, selectionMode: "ALL" },
    ]);
    assert.deepEqual(actions, [
      {
        name: "cut-off",
        actionId: "aws:network:disrupt-connectivity",
        parameters: [
          { key: "duration", value: "PT10M" },
          { key: "scope", value: "all" },
        ],
        target: { key: "Subnets", value: "subnets" },
      },
    ]);
    const acls = "arn:aws:ec2:eu-central-1:123456789012:network-acl/*";
    assert.deepEqual(rights(recording, "faults-zone")["ec2:ReplaceNetworkAclAssociation"], [...subnets, acls]);
  });

  it("delete one pod of a service", async () => {
    const recording = await made({ pods: { shop: pod } });
    const { targets, actions } = recording.one(template, "faults-shop").inputs;
    assert.match(JSON.stringify(targets), /"selectorValue":"app=shop".*"COUNT\(1\)"/);
    assert.match(JSON.stringify(actions), /"kubernetesServiceAccount","value":"experiments"/);
    assert.equal(rights(recording, "faults-shop")["eks:DescribeCluster"], pod.clusterArn);
  });

  it("let a standby take over, of that database only", async () => {
    const recording = await made({ databases: { orders: "arn:db" } });
    assert.match(
      JSON.stringify(recording.one(template, "faults-orders").inputs.actions),
      /"forceFailover","value":"true"/,
    );
    assert.equal(rights(recording, "faults-orders")["rds:RebootDBInstance"], "arn:db");
  });

  it("reboot a broker by a document whose role can do just that", async () => {
    const recording = await record(() => {
      const broker = new Broker("rabbit", {
        engineType: "RabbitMQ",
        engineVersion: "3.13",
        hostInstanceType: "mq.m7g.large",
        users: [],
      });
      new Experiments("faults", { ...usual, brokers: { rabbit: { id: broker.id, arn: broker.arn } } });
    });
    assert.deepEqual(rights(recording, "faults-rabbit-automation"), {
      "mq:DescribeBroker mq:RebootBroker": "arn:aws:mq:eu-central-1:123456789012:rabbit-1234567",
    });
    const content = recording.document("aws:ssm/document:Document", "faults-rabbit", "content") as {
      mainSteps: { action: string; inputs: Record<string, unknown> }[];
    };
    assert.deepEqual(
      content.mainSteps.map(({ action, inputs }) => [action, inputs.Api ?? inputs.Duration]),
      [
        ["aws:executeAwsApi", "RebootBroker"],
        ["aws:sleep", "PT1M"],
        ["aws:waitForAwsResourceProperty", "DescribeBroker"],
      ],
    );
    const may = rights(recording, "faults-rabbit");
    assert.equal(may["iam:PassRole"], "arn:aws:iam:eu-central-1:123456789012:faults-rabbit-automation-1234567");
    assert.equal(
      may["ssm:StartAutomationExecution"],
      "arn:aws:ssm:eu-central-1:123456789012:automation-definition/faults-rabbit-1234567:*",
    );
  });

  it("offer their roles, so that a cluster lets that of a pod's experiment in", async () => {
    await record(() => {
      const { roles, templates } = new Experiments("faults", { ...usual, pods: { shop: pod } });
      assert.deepEqual(
        [Object.keys(roles), Object.keys(templates)],
        [
          ["zone", "shop"],
          ["zone", "shop"],
        ],
      );
    });
  });
});

describe("bad arguments of experiments", () => {
  const cases: readonly [string, Partial<ExperimentsArgs>, string][] = [
    [
      "nothing that ends them",
      { stopOn: [] },
      "stopOn must name 1 to 5 alarms: an experiment that nothing ends is an outage, got 0",
    ],
    ["nothing to try", { zone: undefined }, "nothing to try: give zone, pods, databases or brokers"],
    [
      "a moment",
      { zone: { subnets: ["subnet-1"], for: "30 seconds" } },
      'zone.for must be 1 minute to 12 hours in whole minutes, got "30 seconds"',
    ],
    [
      "a day",
      { zone: { subnets: ["subnet-1"], for: "1 day" } },
      'zone.for must be 1 minute to 12 hours in whole minutes, got "1 day"',
    ],
    [
      "a zone without subnets",
      { zone: { subnets: [], for: "5 minutes" } },
      "zone.subnets must be 1 to 5 subnets of one zone, got 0",
    ],
    [
      "a selector that is a name",
      { pods: { shop: { ...pod, selector: "shop" } } },
      'pods.shop.selector must be a label, written like "app=shop", got "shop"',
    ],
    [
      "one name for two",
      { pods: { shop: pod }, databases: { shop: "arn:db" } },
      'each experiment must have a name of its own, got ["zone","shop","shop"]',
    ],
    [
      "a region that is a zone",
      { region: "eu-central-1a" },
      'region must be written as "eu-central-1", got "eu-central-1a"',
    ],
  ];
  for (const [what, args, line] of cases) {
    it(what, () => assert.rejects(made(args), { name: "RangeError", message: `experiments "faults": ${line}` }));
  }
});
