import assert from "node:assert/strict";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { type Recorded, type Recording, record } from "../kit/recorder";
import { Network } from "./network";
import type { NetworkArgs } from "./network.args";
import { watchEndpoint, watchNatGateway, watchVpc } from "./network.watch";
import { least, watcher } from "./testing";

const make = (args: Partial<NetworkArgs> = {}, mode: "update" | "preview" = "preview"): Promise<Recording> =>
  record(() => new Network("platform", { ...least, ...args }), mode);

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const names = (resources: readonly Recorded[]) => resources.map(({ name }) => name).sort();

/** What an alarm was made from. */
const watched = ({ madeFrom }: Recorded) => [
  ...new Set([...(madeFrom.dimensions ?? []), ...(madeFrom.metricQueries ?? [])]),
];

const namespacesOf = ({ inputs }: Recorded): readonly unknown[] => {
  const read: readonly { metric?: { namespace: string } }[] = Array.isArray(inputs.metricQueries)
    ? inputs.metricQueries
    : [];
  return [inputs.namespace, ...read.map(({ metric }) => metric?.namespace)];
};

describe("alarms of a network", () => {
  for (const mode of ["update", "preview"] as const) {
    it(`come from the outputs of just the resource that they watch (${mode})`, async () => {
      const recording = await make({ endpoints: ["secretsmanager"] }, mode);
      const alarms = recording.ofType(alarm);
      const own = (namespace: string, of: string) =>
        alarms.filter((one) => namespacesOf(one).includes(namespace) && watched(one).join() === of);
      assert.equal(own("AWS/NATGateway", "platform-nat-a").length, 7);
      assert.equal(own("AWS/NATGateway", "platform-nat-c").length, 7);
      assert.equal(own("AWS/PrivateLinkEndpoints", "platform-secretsmanager").length, 2);
      assert.equal(own("AWS/EC2", "platform").length, 1);
      assert.equal(alarms.length, 3 * 7 + 2 + 1);
      for (const one of alarms) assert.equal(watched(one).length, 1, one.name);
    });
  }

  it("follow the size of the network, and are told as their severity says", async () => {
    const recording = await make({ cidr: "10.20.0.0/20" });
    assert.equal(recording.one(alarm, "platform-vpc-addresses").inputs.threshold, 2_048);
    const cutOff = recording.one(alarm, "platform-nat-a-nat-gateway-cut-off").inputs;
    assert.deepEqual(cutOff.alarmActions, least.watcher.actions.page);
    const dropping = recording.one(alarm, "platform-nat-a-nat-gateway-dropping").inputs;
    assert.deepEqual(dropping.alarmActions, least.watcher.actions.ticket);
  });

  it("are what the call site makes of them, each change in its own kind", async () => {
    const changes = {
      "nat-gateway-idle-timeouts": { off: "every client has keep-alive" },
      "vpc-endpoint-dropping": { threshold: 1_000 },
    } as const;
    const recording = await make({ changes, endpoints: ["sts"] });
    assert.deepEqual(
      names(recording.ofType(alarm)).filter((name) => name.includes("idle")),
      [],
    );
    assert.equal(recording.one(alarm, "platform-sts-vpc-endpoint-dropping").inputs.threshold, 1_000);
  });
});

describe("resources that exist already", () => {
  it("are watched with the same records", async () => {
    const recording = await record(() => {
      const vpc = new Vpc("theirs", { cidrBlock: "10.0.0.0/24", enableNetworkAddressUsageMetrics: true });
      watchVpc("theirs", vpc, { addresses: 256, watcher });
      watchNatGateway("theirs-nat", new NatGateway("theirs", { subnetId: "subnet-1" }), { watcher });
      const endpoint = new VpcEndpoint("theirs", {
        vpcId: vpc.id,
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.eu-central-1.sqs",
      });
      watchEndpoint("theirs-sqs", endpoint, { zones: 2, watcher });
    });
    assert.equal(recording.one(alarm, "theirs-vpc-addresses").inputs.threshold, 128);
    assert.deepEqual(recording.one(alarm, "theirs-sqs-vpc-endpoint-dropping").inputs.dimensions, {
      "VPC Id": "theirs-id",
      "VPC Endpoint Id": "theirs-id",
      "Endpoint Type": "Interface",
      "Service Name": "com.amazonaws.eu-central-1.sqs",
    });
    assert.equal(recording.ofType(alarm).length, 1 + 7 + 2);
  });

  it("need a size that makes sense", async () => {
    await record(() => {
      const vpc = new Vpc("theirs", {});
      const message = 'vpc "theirs": addresses must be a whole number above 0, got 0';
      assert.throws(() => watchVpc("theirs", vpc, { addresses: 0, watcher }), new RangeError(message));
      const endpoint = new VpcEndpoint("theirs", { vpcId: vpc.id });
      const zones = 'endpoint "theirs": zones must be a whole number above 0, got 1.5';
      assert.throws(() => watchEndpoint("theirs", endpoint, { zones: 1.5, watcher }), new RangeError(zones));
    });
  });
});
