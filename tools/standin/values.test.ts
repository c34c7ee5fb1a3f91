import assert from "node:assert/strict";
import { arnOf, type Made } from "./arn";
import { invoke } from "./invokes";
import { specials } from "./outputs";
import type { TypeShape } from "./schema";
import { assumedState, createdOutputs, type Place, previewOutputs, updatedOutputs } from "./values";
import { type Bag, unknown } from "./wire";

const place: Place = { region: "eu-west-1", defaultTags: { owner: "ops" } };
const made = (type: string, physical: string): Made => ({
  type,
  name: "x",
  physical,
  region: "eu-west-1",
  seed: "urn",
});

const shape: TypeShape = {
  inputs: {
    name: { type: "string" },
    note: { type: "string" },
    size: { type: "number" },
    tags: { type: { map: "string" } },
  },
  outputs: {
    arn: { type: "string" },
    members: { type: { array: "any" } },
    name: { type: "string" },
    note: { type: "string", optional: true },
    ownerId: { type: "string" },
    region: { type: "string" },
    size: { type: "number" },
    tagsAll: { type: { map: "any" } },
  },
};
const type = "aws:example/thing:Thing";

describe("made-up values", () => {
  it("have ARNs in the form of their service", () => {
    const forms: [type: string, name: string, arn: RegExp][] = [
      ["aws:sqs/queue:Queue", "orders", /^arn:aws:sqs:eu-west-1:123456789012:orders$/],
      ["aws:cloudwatch/metricAlarm:MetricAlarm", "slow", /^arn:aws:cloudwatch:eu-west-1:123456789012:alarm:slow$/],
      ["aws:cloudwatch/logGroup:LogGroup", "/app", /^arn:aws:logs:eu-west-1:123456789012:log-group:\/app$/],
      ["aws:iam/role:Role", "reader", /^arn:aws:iam::123456789012:role\/reader$/],
      ["aws:s3/bucket:Bucket", "reports", /^arn:aws:s3:::reports$/],
      ["aws:ec2/vpc:Vpc", "net", /^arn:aws:ec2:eu-west-1:123456789012:vpc\/vpc-[0-9a-f]{17}$/],
      ["aws:ec2/natGateway:NatGateway", "net", /^arn:aws:ec2:eu-west-1:123456789012:nat-gateway\/nat-[0-9a-f]{17}$/],
      ["aws:amp/workspace:Workspace", "x", /^arn:aws:aps:eu-west-1:123456789012:workspace\/ws-[0-9a-f-]{36}$/],
      ["aws:rds/instance:Instance", "shop", /^arn:aws:rds:eu-west-1:123456789012:db:shop$/],
    ];
    for (const [type, name, arn] of forms) assert.match(arnOf(made(type, name)), arn);
  });

  it("are unknown in a preview where the provider computes them, and the same in each run after it", () => {
    const inputs: Bag = { name: "n", tags: { app: "shop" }, __defaults: ["name"] };
    assert.deepEqual(previewOutputs(type, shape, inputs, place), {
      arn: unknown,
      members: unknown,
      name: "n",
      ownerId: unknown,
      region: "eu-west-1",
      size: unknown,
      tags: { app: "shop" },
      tagsAll: { owner: "ops", app: "shop" },
    });
    const one = createdOutputs(type, shape, inputs, place, "x", "urn");
    assert.deepEqual(one, createdOutputs(type, shape, inputs, place, "x", "urn"));
    assert.equal(one.id, "n");
    assert.deepEqual(one.outputs, {
      arn: "arn:aws:example:eu-west-1:123456789012:thing/n",
      members: [],
      name: "n",
      ownerId: "123456789012",
      region: "eu-west-1",
      size: 0,
      tags: { app: "shop" },
      tagsAll: { owner: "ops", app: "shop" },
    });
    assert.equal(previewOutputs(type, shape, { tags: unknown }, place).tagsAll, unknown);
  });

  it("keep in an update what the provider computed, and drop what the program no longer gives", () => {
    const before = {
      inputs: { name: "n", note: "old", size: 5 },
      outputs: { arn: "arn", name: "n", note: "old", size: 5 },
    };
    const { tagsAll: _tags, region: _region, ...outputs } = updatedOutputs(type, shape, before, { name: "n" }, place);
    assert.deepEqual(outputs, { arn: "arn", name: "n", size: 5 });
  });

  it("take name, region and account from the id of a resource that is only named", () => {
    const { inputs, outputs } = assumedState(
      "aws:sqs/queue:Queue",
      { inputs: { name: { type: "string" } }, outputs: { ...shape.outputs, url: { type: "string" } } },
      "https://sqs.us-east-2.amazonaws.com/999999999999/theirs.fifo",
      {},
      { note: "seen" },
      place,
      "x",
    );
    assert.equal(inputs.name, "theirs.fifo");
    assert.equal(inputs.fifoQueue, true);
    assert.equal(outputs.arn, "arn:aws:sqs:us-east-2:999999999999:theirs.fifo");
    assert.equal(outputs.url, "https://sqs.us-east-2.amazonaws.com/999999999999/theirs.fifo");
    assert.equal(outputs.note, "seen");
  });

  it("give a broker its endpoints by engine and mode, a random integer within its bounds", () => {
    const broker = specials["aws:mq/broker:Broker"]?.(made("aws:mq/broker:Broker", "b"), { engineType: "RabbitMQ" });
    assert.match(
      JSON.stringify(broker?.outputs?.instances),
      /^\[\{"consoleUrl":"https:\/\/b-[^"]+","endpoints":\["amqps:\/\/b-[^"]+:5671"\]/,
    );
    const pair = { engineType: "ActiveMQ", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" };
    const active = specials["aws:mq/broker:Broker"]?.(made("aws:mq/broker:Broker", "b"), pair)?.outputs?.instances;
    assert.equal(Array.isArray(active) ? active.length : 0, 2);
    const token = "random:index/randomInteger:RandomInteger";
    const { result } = specials[token]?.(made(token, "i"), { min: 7, max: 7 })?.outputs ?? {};
    assert.equal(result, 7);
  });
});

describe("data sources of the stand-in", () => {
  it("write a policy as IAM reads it", () => {
    const { json } = invoke(
      "aws:iam/getPolicyDocument:getPolicyDocument",
      {
        statements: [
          {
            actions: ["sqs:SendMessage"],
            resources: ["b", "a"],
            principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
            conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: ["arn"] }],
          },
        ],
      },
      place,
    );
    assert.deepEqual(JSON.parse(String(json)), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: ["a", "b"],
          Principal: { Service: "sns.amazonaws.com" },
          Condition: { ArnEquals: { "aws:SourceArn": "arn" } },
        },
      ],
    });
  });

  it("refuse to answer what the stand-in does not know", () => {
    assert.throws(
      () => invoke("aws:ec2/getAmi:getAmi", {}, place),
      /no data source aws:ec2\/getAmi:getAmi: take the value from a setting/,
    );
    assert.equal(invoke("aws:index/getRegion:getRegion", {}, place).region, "eu-west-1");
  });
});

describe("what a provider computes inside an argument", () => {
  const domain = "aws:apigatewayv2/domainName:DomainName";
  const nested: TypeShape = {
    inputs: { domainName: { type: "string" }, domainNameConfiguration: { type: "any", required: true } },
    outputs: { domainName: { type: "string" }, domainNameConfiguration: { type: "any" } },
  };
  const inputs: Bag = { domainName: "api.example.com", domainNameConfiguration: { endpointType: "REGIONAL" } };

  it("is unknown in a preview, made up once, and kept when the argument changes", () => {
    const { domainNameConfiguration: planned } = previewOutputs(domain, nested, inputs, place);
    assert.deepEqual(planned, { endpointType: "REGIONAL", hostedZoneId: unknown, targetDomainName: unknown });
    const { outputs } = createdOutputs(domain, nested, inputs, place, "x", "urn");
    const { targetDomainName } = outputs.domainNameConfiguration as Bag;
    assert.match(String(targetDomainName), /^d-\w{10}\.execute-api\.eu-west-1\.amazonaws\.com$/);
    const changed: Bag = { ...inputs, domainNameConfiguration: { endpointType: "EDGE" } };
    const after = updatedOutputs(domain, nested, { inputs, outputs }, changed, place).domainNameConfiguration as Bag;
    assert.deepEqual([after.endpointType, after.targetDomainName], ["EDGE", targetDomainName]);
  });
});
