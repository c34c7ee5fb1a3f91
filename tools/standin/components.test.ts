import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Step, startEngine, type TestEngine } from "./testing";

const zones = ["eu-west-1a", "eu-west-1b"];

const network =
  (args: awsx.ec2.VpcArgs): PulumiFn =>
  async () => {
    const vpc = new awsx.ec2.Vpc("net", { availabilityZoneNames: zones, subnetStrategy: "Auto", ...args });
    return { ids: vpc.privateSubnetIds, first: vpc.subnetLayout.apply((layout) => layout[0]?.type) };
  };

const kind = ({ type }: Step): string => type.split(":").at(-1) ?? "";
const tree = (steps: readonly Step[], wanted: string): string[] =>
  steps
    .filter((step) => kind(step) === wanted)
    .map(({ name, parent }) => `${name} < ${parent}`)
    .sort();

describe("awsx:ec2:Vpc of the stand-in", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await startEngine();
  });
  after(() => engine.close());

  it("makes the children of the real component, with their names and parents", async () => {
    const { failed, said, steps } = await engine.preview(network({ natGateways: { strategy: "Single" } }));
    assert.equal(failed, false, said);
    assert.deepEqual(tree(steps, "Vpc").sort(), ["net < net", "net < standin-dev"]);
    assert.deepEqual(tree(steps, "InternetGateway"), ["net < net"]);
    const labels = ["net-private-1", "net-private-2", "net-public-1", "net-public-2"];
    assert.deepEqual(
      tree(steps, "Subnet"),
      labels.map((label) => `${label} < net`),
    );
    for (const child of ["RouteTable", "RouteTableAssociation", "Route"]) {
      assert.deepEqual(
        tree(steps, child),
        labels.map((label) => `${label} < ${label}`),
      );
    }
    assert.deepEqual(tree(steps, "NatGateway"), ["net-1 < net-public-1"]);
    assert.deepEqual(tree(steps, "Eip"), ["net-1 < net-public-1"]);
    const [subnet] = steps.filter(({ name, type }) => name === "net-public-1" && type.includes("Subnet"));
    assert.deepEqual(subnet?.inputs.tags, { Name: "net-public-1", SubnetType: "Public" });
    assert.equal(subnet?.inputs.availabilityZone, "eu-west-1a");
  });

  it("makes a gateway in each zone, none, and attaches endpoints, as asked", async () => {
    const each = await engine.preview(network({}));
    assert.deepEqual(tree(each.steps, "NatGateway"), ["net-1 < net-public-1", "net-2 < net-public-2"]);
    const serviceName = "com.amazonaws.eu-west-1.sqs";
    const none = await engine.preview(
      network({
        natGateways: { strategy: "None" },
        subnetSpecs: [{ type: "Isolated", cidrMask: 24, name: "db" }],
        vpcEndpointStrategy: "Auto",
        vpcEndpointSpecs: [{ serviceName, vpcEndpointType: "Interface" }],
      }),
    );
    assert.equal(none.failed, false, none.said);
    assert.deepEqual(tree(none.steps, "NatGateway"), []);
    assert.deepEqual(tree(none.steps, "Subnet"), ["net-db-1 < net", "net-db-2 < net"]);
    assert.deepEqual(tree(none.steps, "Route"), []);
    assert.deepEqual(tree(none.steps, "VpcEndpoint"), [`${serviceName} < net`]);
    assert.deepEqual(tree(none.steps, "SecurityGroup"), [`${serviceName}-sg < net`]);
  });

  it("hands back its children, changes nothing on a second update, and is destroyed to empty", async () => {
    let cidr = "";
    const program: PulumiFn = async () => {
      const vpc = new awsx.ec2.Vpc("net", { availabilityZoneNames: zones, subnetStrategy: "Auto" });
      new aws.ec2.SecurityGroup("inside", { vpcId: vpc.vpcId });
      vpc.vpc.cidrBlock.apply((block) => {
        cidr = block;
      });
      return { ids: vpc.privateSubnetIds };
    };
    const made = await engine.up(program);
    assert.equal(made.failed, false, made.said);
    const outputs = (await engine.stack.outputs()).ids?.value as string[];
    const subnets = engine.cloud
      .resources()
      .filter(({ outputs: { tags } }) => JSON.stringify(tags)?.includes("Private"));
    const ids = subnets.filter(({ type }) => type.endsWith(":Subnet")).map(({ id }) => id);
    assert.deepEqual([...outputs].sort(), [...ids].sort());
    assert.equal(ids.length, 2);
    assert.equal(cidr, "10.0.0.0/16");

    const again = await engine.up(program);
    assert.deepEqual(
      again.steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn}`),
      [],
    );
    await engine.destroy();
    assert.deepEqual(engine.cloud.resources(), []);
  });

  it("refuses in awsx's words what awsx refuses", async () => {
    const said = async (args: awsx.ec2.VpcArgs): Promise<string> => {
      const refused = await engine.preview(network(args));
      assert.equal(refused.failed, true);
      return refused.said;
    };
    assert.match(await said({ subnetSpecs: [{ type: "Public" }] }), /NAT Gateway strategy is 'OnePerAz' or 'Single'/);
    assert.match(await said({ cidrBlock: "10.0.0.0/27" }), /at least \/26 available per AZ/);
    const strategy = "Several" as awsx.types.enums.ec2.NatGatewayStrategy;
    assert.match(await said({ natGateways: { strategy } }), /natGateways\.strategy: expected "None" or "OnePerAz"/);
  });
});
