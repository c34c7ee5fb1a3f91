import assert from "node:assert/strict";
import { type Recorded, type Recording, record } from "../kit/recorder";
import { Network } from "./network";
import type { NetworkArgs } from "./network.args";
import { partyNames } from "./reach";
import { least } from "./testing";

const recordings = new Map<string, Promise<Recording>>();

/** Tests only read, so that those of the same network share it. */
function make(args: Partial<NetworkArgs> = {}, mode: "update" | "preview" = "preview"): Promise<Recording> {
  const key = JSON.stringify([args, mode]);
  const made = recordings.get(key) ?? record(() => new Network("platform", { ...least, ...args }), mode);
  recordings.set(key, made);
  return made;
}

const subnet = "aws:ec2/subnet:Subnet";
const route = "aws:ec2/route:Route";
const nat = "aws:ec2/natGateway:NatGateway";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const names = (resources: readonly Recorded[]) => resources.map(({ name }) => name).sort();

describe("subnets", () => {
  it("are three in each zone, none of which gives away public addresses", async () => {
    const recording = await make();
    const subnets = recording.ofType(subnet);
    assert.equal(subnets.length, 9);
    assert.deepEqual(
      subnets
        .map(({ name, inputs }) => `${name} ${String(inputs.availabilityZone)} ${String(inputs.cidrBlock)}`)
        .sort(),
      [
        "platform-isolated-a eu-central-1a 10.20.32.0/20",
        "platform-isolated-b eu-central-1b 10.20.96.0/20",
        "platform-isolated-c eu-central-1c 10.20.160.0/20",
        "platform-private-a eu-central-1a 10.20.0.0/19",
        "platform-private-b eu-central-1b 10.20.64.0/19",
        "platform-private-c eu-central-1c 10.20.128.0/19",
        "platform-public-a eu-central-1a 10.20.48.0/21",
        "platform-public-b eu-central-1b 10.20.112.0/21",
        "platform-public-c eu-central-1c 10.20.176.0/21",
      ],
    );
    for (const { inputs } of subnets) assert.equal(inputs.mapPublicIpOnLaunch, false);
    assert.deepEqual(recording.one(subnet, "platform-private-a").inputs.tags, {
      Name: "platform-private-a",
      "kubernetes.io/role/internal-elb": "1",
    });
  });

  it("lead out by the gateway of their own zone, and isolated ones nowhere", async () => {
    const recording = await make();
    assert.deepEqual(names(recording.ofType(nat)), ["platform-nat-a", "platform-nat-b", "platform-nat-c"]);
    for (const letter of ["a", "b", "c"]) {
      const through = recording.one(route, `platform-private-${letter}`).madeFrom;
      assert.deepEqual(through.natGatewayId, [`platform-nat-${letter}`]);
      assert.deepEqual(through.routeTableId, [`platform-private-${letter}`]);
      assert.deepEqual(recording.one(nat, `platform-nat-${letter}`).madeFrom.subnetId, [`platform-public-${letter}`]);
      assert.deepEqual(recording.one(route, `platform-public-${letter}`).madeFrom.gatewayId, ["platform"]);
    }
    assert.equal(recording.ofType(route).length, 6);
  });

  it("share the gateway of the first zone where one is enough", async () => {
    const recording = await make({ natGateways: "single", zones: ["eu-central-1b", "eu-central-1c"] });
    assert.deepEqual(names(recording.ofType(nat)), ["platform-nat-b"]);
    assert.deepEqual(recording.one(route, "platform-private-b").madeFrom.natGatewayId, ["platform-nat-b"]);
    assert.deepEqual(recording.one(route, "platform-private-c").madeFrom.natGatewayId, ["platform-nat-b"]);
  });

  it("stay where they are when a zone is added", async () => {
    const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c", "eu-central-1d"];
    const blocks = async (count: number) =>
      (await make({ zones: zones.slice(0, count) }))
        .ofType(subnet)
        .map(({ name, inputs }) => `${name} ${String(inputs.cidrBlock)}`);
    const four = await blocks(4);
    assert.deepEqual(
      (await blocks(3)).filter((block) => !four.includes(block)),
      [],
    );
  });

  it("keep the public addresses, which partners have on their lists, unless somebody says otherwise", async () => {
    const seen: unknown[] = [];
    const protectedBy = (protect?: boolean) =>
      record(() => {
        new Network(
          "platform",
          { ...least, natGateways: "single", ...(protect !== undefined && { protect }) },
          {
            transformations: [
              ({ type, opts }) => {
                if (type === "aws:ec2/eip:Eip") seen.push(opts.protect);
                return undefined;
              },
            ],
          },
        );
      }, "preview");
    await protectedBy();
    await protectedBy(false);
    assert.deepEqual(seen, [true, undefined]);
  });
});

describe("a network", () => {
  it("offers what others are placed by, known after an update", async () => {
    const offered: Record<string, unknown> = {};
    await record(() => {
      const network = new Network("platform", { ...least, endpoints: ["sts"] });
      const { vpcId, subnets, securityGroups, publicAddresses } = network;
      vpcId.apply((id) => Object.assign(offered, { vpcId: id }));
      subnets.private.apply((ids) => Object.assign(offered, { ids }));
      securityGroups.database.apply((id) => Object.assign(offered, { database: id }));
      publicAddresses.apply((addresses) => Object.assign(offered, { addresses: addresses.length }));
      assert.deepEqual([network.cidr, network.zones.length], ["10.20.0.0/16", 3]);
      assert.deepEqual(Object.keys(securityGroups).sort(), [...partyNames].sort());
    });
    assert.deepEqual(offered, {
      vpcId: "platform-id",
      ids: ["platform-private-a-id", "platform-private-b-id", "platform-private-c-id"],
      database: "platform-database-id",
      addresses: 3,
    });
  });

  it("empties the default security group, so that what names none reaches nobody", async () => {
    const { inputs, madeFrom } = (await make()).one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "platform");
    assert.deepEqual([inputs.ingress, inputs.egress, madeFrom.vpcId], [[], [], ["platform"]]);
  });

  it("reaches S3 by its route, from everywhere but the public subnets", async () => {
    const { inputs, madeFrom } = (await make()).one(endpoint, "platform-s3");
    assert.equal(inputs.vpcEndpointType, "Gateway");
    assert.equal(inputs.serviceName, "com.amazonaws.eu-central-1.s3");
    assert.deepEqual(
      madeFrom.routeTableIds,
      ["isolated", "private"].flatMap((tier) => ["a", "b", "c"].map((letter) => `platform-${tier}-${letter}`)),
    );
  });

  it("has the endpoints that it is asked for, in each zone, behind the group of the endpoints", async () => {
    const recording = await make({ endpoints: ["secretsmanager", "ecr.dkr"] });
    assert.deepEqual(names(recording.ofType(endpoint)), ["platform-ecr.dkr", "platform-s3", "platform-secretsmanager"]);
    const { inputs, madeFrom } = recording.one(endpoint, "platform-secretsmanager");
    assert.equal(inputs.privateDnsEnabled, true);
    assert.equal(inputs.serviceName, "com.amazonaws.eu-central-1.secretsmanager");
    assert.deepEqual(madeFrom.securityGroupIds, ["platform-endpoints"]);
    assert.deepEqual(madeFrom.subnetIds, ["platform-private-a", "platform-private-b", "platform-private-c"]);
  });

  it("records its traffic: encrypted, kept for a while, written by a role that can do nothing else", async () => {
    const recording = await make({ flowLogs: { traffic: "rejected", retentionInDays: 7 } }, "update");
    const log = recording.one("aws:ec2/flowLog:FlowLog", "platform-flow-log");
    assert.deepEqual(
      [log.inputs.trafficType, log.inputs.maxAggregationInterval, log.madeFrom.vpcId],
      ["REJECT", 60, ["platform"]],
    );
    assert.deepEqual(log.madeFrom.logDestination, ["platform-flow-log"]);
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "platform-flow-log");
    assert.equal(group.inputs.retentionInDays, 7);
    assert.deepEqual(group.madeFrom.kmsKeyId, ["platform-flow-log"]);
    assert.equal(recording.one("aws:kms/key:Key", "platform-flow-log").inputs.enableKeyRotation, true);
    const arn = "arn:aws:cloudwatch:eu-central-1:123456789012:platform-flow-log-1234567";
    assert.deepEqual(recording.document("aws:iam/rolePolicy:RolePolicy", "platform-flow-log", "policy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [arn, `${arn}:*`],
        },
        {
          Effect: "Allow",
          Action: "logs:DescribeLogGroups",
          Resource: "arn:aws:logs:eu-central-1:123456789012:log-group:*",
        },
      ],
    });
    const trust = JSON.stringify(recording.document("aws:iam/role:Role", "platform-flow-log", "assumeRolePolicy"));
    assert.match(trust, /"aws:SourceArn":"arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log\/\*"/);
  });

  it("tells every mistake at once, before anything is registered", async () => {
    const wrong = {
      ...least,
      account: "mine",
      cidr: "11.0.0.0/16",
      zones: ["eu-west-1a", "eu-central-1b"],
      neighbours: ["office"],
      flowLogs: { retentionInDays: 100 },
      endpoints: ["sts", "sts"],
      changes: { "vpc-addresses": { off: " " } },
    } as const;
    const lines = [
      'account must be the twelve digits of an AWS account id, got "mine"',
      'cidr must be a private range: within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, got "11.0.0.0/16"',
      'neighbours must be ranges written like "10.20.0.0/16", got "office"',
      'zones must be zones of the region eu-central-1, such as eu-central-1a: eu-west-1a is none, got ["eu-west-1a","eu-central-1b"]',
      'endpoints must name each service once, got ["sts","sts"]',
      "flowLogs.retentionInDays must be among 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 100",
      'changes: "vpc-addresses" is off without a reason: say why in words',
    ];
    const message = lines.map((line) => `network "platform": ${line}`).join("\n");
    await record(() => assert.throws(() => new Network("platform", wrong), new RangeError(message)));
  });
});
