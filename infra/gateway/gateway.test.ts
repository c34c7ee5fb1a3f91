import assert from "node:assert/strict";
import { Api } from "@pulumi/aws/apigatewayv2/api.js";
import { Stage } from "@pulumi/aws/apigatewayv2/stage.js";
import { type Recording, record } from "../kit/recorder";
import { Gateway, watchApi } from "./gateway";
import type { GatewayArgs } from "./gateway.args";
import { gatewayArgs, watcher } from "./testing";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const route = "aws:apigatewayv2/route:Route";
const group = "aws:cloudwatch/logGroup:LogGroup";
const stage = "aws:apigatewayv2/stage:Stage";
const integration = "aws:apigatewayv2/integration:Integration";

const made = (args: Partial<GatewayArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Gateway("platform", { ...gatewayArgs, ...args }), mode);
const names = (recording: Recording, type: string) => recording.ofType(type).map(({ name }) => name);

describe("a gateway", () => {
  it("has no address but its own name, whose record comes when an API is behind it", async () => {
    const recording = await made();
    assert.deepEqual(recording.one("aws:apigatewayv2/api:Api", "platform").inputs, {
      protocolType: "HTTP",
      description: "Way in to the services of platform",
      disableExecuteApiEndpoint: true,
    });
    const { inputs } = recording.one("aws:apigatewayv2/domainName:DomainName", "platform");
    assert.deepEqual(inputs, {
      domainName: "api.example.com",
      domainNameConfiguration: {
        certificateArn: "arn:certificate",
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    const record = recording.one("aws:route53/record:Record", "platform");
    assert.deepEqual([record.inputs.name, record.inputs.type, record.inputs.zoneId], ["api.example.com", "A", "Z123"]);
    const mapping = recording.graph.resources.find(({ type }) => type === "aws:apigatewayv2/apiMapping:ApiMapping");
    const seen = recording.graph.resources.find(({ type }) => type === "aws:route53/record:Record");
    assert.ok(mapping && seen?.dependsOn.includes(mapping.urn));
    assert.equal(recording.one("vigia:gateway:Gateway", "platform").outputs?.address, "https://api.example.com");
  });

  it("takes a token on every route but those that are open", async () => {
    const routes = (await made())
      .ofType(route)
      .map(({ inputs }) => [
        inputs.routeKey,
        inputs.authorizationType,
        inputs.authorizerId,
        inputs.authorizationScopes,
      ]);
    const expected = [
      ["ANY /shop", "JWT", "platform-id", undefined],
      ["ANY /shop/{proxy+}", "JWT", "platform-id", undefined],
      ["GET /shop/health", "NONE", undefined, undefined],
      ["ANY /crm", "JWT", "platform-id", ["crm"]],
      ["ANY /crm/{proxy+}", "JWT", "platform-id", ["crm"]],
    ];
    assert.deepEqual(new Map(routes.map((one) => [one[0], one])), new Map(expected.map((one) => [one[0], one])));
  });

  it("reaches the load balancer privately, over TLS, and tells it who asks", async () => {
    const recording = await made();
    const { apiId: _, connectionId: __, ...inputs } = recording.one(integration, "platform").inputs;
    assert.deepEqual(inputs, {
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: "arn:listener",
      connectionType: "VPC_LINK",
      payloadFormatVersion: "1.0",
      timeoutMilliseconds: 29_000,
      tlsConfig: { serverNameToVerify: "api.example.com" },
      requestParameters: {
        "overwrite:header.x-client-address": "$context.identity.sourceIp",
        "overwrite:header.x-request-id": "$context.requestId",
      },
    });
    assert.deepEqual(recording.one("aws:apigatewayv2/vpcLink:VpcLink", "platform").inputs, {
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupIds: ["sg-link"],
    });
  });

  it("throttles, measures each route, and logs each request as JSON to an encrypted group that forgets", async () => {
    const recording = await made({ rate: 100, burst: 150, logRetention: 30 });
    const { accessLogSettings, defaultRouteSettings } = recording.one(stage, "platform").inputs as {
      accessLogSettings: { format: string };
      defaultRouteSettings: unknown;
    };
    assert.deepEqual(defaultRouteSettings, {
      detailedMetricsEnabled: true,
      throttlingRateLimit: 100,
      throttlingBurstLimit: 150,
    });
    const line = JSON.parse(accessLogSettings.format);
    assert.deepEqual([line.requestId, line.status], ["$context.requestId", "$context.status"]);
    assert.deepEqual(recording.one(group, "platform-access-log").inputs, {
      name: "/aws/vendedlogs/apis/platform-id",
      retentionInDays: 30,
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:platform-access-log-1234567",
    });
    const { policy, enableKeyRotation } = recording.one("aws:kms/key:Key", "platform-access-log").inputs;
    assert.equal(enableKeyRotation, true);
    assert.match(String(policy), /log-group:\/aws\/vendedlogs\/apis\/\*/);
  });

  it("takes the key that it is given, and lets scripts of named origins call", async () => {
    const recording = await made({ key: "arn:key", allowedOrigins: ["https://shop.example.com"] });
    assert.deepEqual(names(recording, "aws:kms/key:Key"), []);
    assert.equal(recording.one(group, "platform-access-log").inputs.kmsKeyId, "arn:key");
    const { corsConfiguration } = recording.one("aws:apigatewayv2/api:Api", "platform").inputs as {
      corsConfiguration: { allowOrigins: unknown };
    };
    assert.deepEqual(corsConfiguration.allowOrigins, ["https://shop.example.com"]);
  });

  it("has alarms on its own API and stage, in a preview too", async () => {
    const recording = await made({ steady: true }, "preview");
    assert.deepEqual(names(recording, alarm).sort(), [
      "platform-api-backend-slow",
      "platform-api-client-errors",
      "platform-api-errors",
      "platform-api-near-throttle",
      "platform-api-silent",
      "platform-api-slow",
      "platform-api-slow-tail",
      "platform-api-throttled",
    ]);
    const { madeFrom } = recording.one(alarm, "platform-api-silent");
    assert.deepEqual(madeFrom.dimensions, ["platform", "platform"]);
    const silent = (await made({ steady: true })).one(alarm, "platform-api-silent").inputs;
    assert.deepEqual(silent.dimensions, { ApiId: "platform-id", Stage: "$default" });
    assert.deepEqual(silent.alarmActions, ["arn:page"]);
  });

  it("has limits that follow what is declared", async () => {
    const recording = await made({ rate: 10, acceptable: "1.5 seconds" });
    const limit = (id: string) => recording.one(alarm, `platform-${id}`).inputs.threshold;
    assert.deepEqual(
      ["api-near-throttle", "api-throttled", "api-slow", "api-slow-tail", "api-backend-slow"].map(limit),
      [480, 600, 1_500, 3_000, 1_200],
    );
  });

  it("watches silence only where traffic is steady, and takes changes meant for it", async () => {
    const recording = await made({
      changes: {
        "api-slow": { threshold: "4 seconds" },
        "api-client-errors": { off: "a public demo" },
        "target-group-slow": { off: "another part's" },
      },
    });
    const all = names(recording, alarm);
    assert.ok(!all.includes("platform-api-silent") && !all.includes("platform-api-client-errors"));
    assert.equal(recording.one(alarm, "platform-api-slow").inputs.threshold, 4_000);
    const watch = recording.one("vigia:signal:Watch", "platform").outputs?.watch;
    assert.ok(Array.isArray(watch));
    const [{ changes }] = watch;
    assert.deepEqual(Object.keys(changes).sort(), ["api-client-errors", "api-slow"]);
  });

  it("comes to an API that exists already", async () => {
    const recording = await record(() => {
      const api = new Api("old", { protocolType: "HTTP" });
      watchApi("old", api, { stage: new Stage("old", { apiId: api.id, name: "v1" }), requestsPerDay: 10, watcher });
    });
    assert.deepEqual(recording.one(alarm, "old-api-throttled").inputs.dimensions, { ApiId: "old-id", Stage: "v1" });
  });
});

describe("a mistake in a gateway", () => {
  const refused: readonly (readonly [string, Partial<GatewayArgs>, string])[] = [
    [
      "a domain with a scheme",
      { domain: "https://api.example.com" },
      'domain must be written as "api.example.com", in at most 64 characters, got "https://api.example.com"',
    ],
    [
      "an issuer without TLS",
      { jwt: { issuer: "http://login", audiences: ["a"] } },
      'jwt.issuer must be an address with https, got "http://login"',
    ],
    [
      "no audience",
      { jwt: { issuer: "https://login.example.com", audiences: [] } },
      "jwt.audiences must name at least one audience, or tokens for any other application are taken, got []",
    ],
    [
      "a burst below the rate",
      { rate: 100, burst: 50 },
      "burst must be a whole number of at least the rate (100), or it is the burst that limits every second, got 50",
    ],
    [
      "steady traffic that is next to none",
      { steady: true, requestsPerDay: 1_000 },
      "steady needs at least 70000 requests a day, or silence cannot be told from a quiet night, got 1000",
    ],
    ["no rate", { rate: 0 }, "rate must be a number above 0, got 0"],
    ["too much patience", { timeout: "31 seconds" }, 'timeout must be 0.05 to 30 seconds, got "31 seconds"'],
    [
      "giving up before users do",
      { timeout: "2 seconds" },
      'timeout must not be shorter than acceptable (2.5 seconds), got "2 seconds"',
    ],
    [
      "users who wait longer than the gateway",
      { acceptable: "40 seconds" },
      'acceptable must be longer than nothing, and at most 30 seconds, got "40 seconds"',
    ],
    [
      "an origin with a path",
      { allowedOrigins: ["https://shop.example.com/"] },
      'allowedOrigins must be origins such as "https://shop.example.com", got ["https://shop.example.com/"]',
    ],
    ["no service", { services: {} }, "services must name at least one service"],
    [
      "an open wildcard",
      { services: { shop: { open: ["/{proxy+}"] } } },
      'services.shop.open must be paths such as "/health", each given in full, got "/{proxy+}"',
    ],
    [
      "a retention that logs do not have",
      { logRetention: 31 },
      "logRetention must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days, got 31",
    ],
    [
      "no security group",
      { vpcLink: { subnets: ["a"], securityGroups: [] } },
      "vpcLink.securityGroups must name at least one security group",
    ],
    ["traffic below nothing", { requestsPerDay: -1 }, "requestsPerDay must be a number of 0 or more, got -1"],
    [
      "silence without a reason",
      { changes: { "api-slow": { off: " " } } },
      'changes: "api-slow" is off without a reason: say why in words',
    ],
  ];
  for (const [what, args, text] of refused) {
    it(`is told before anything is registered: ${what}`, () => {
      assert.throws(
        () => new Gateway("platform", { ...gatewayArgs, ...args }),
        (error: Error) => {
          assert.ok(error.message.split("\n").includes(`gateway "platform": ${text}`), error.message);
          return true;
        },
      );
    });
  }

  it("comes with all the others", () => {
    const args = { ...gatewayArgs, account: "1", rate: -1, services: {} };
    assert.throws(
      () => new Gateway("platform", args),
      (error: Error) => error.message.split("\n").length === 4,
    );
  });
});
