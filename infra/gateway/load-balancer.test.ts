import assert from "node:assert/strict";
import { LoadBalancer as Alb } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { type Recording, record } from "../kit/recorder";
import { LoadBalancer } from "./load-balancer";
import type { LoadBalancerArgs } from "./load-balancer.args";
import { watchLoadBalancer, watchTargetGroup } from "./load-balancer.watch";
import { loadBalancerArgs, watcher } from "./testing";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const alb = "aws:lb/loadBalancer:LoadBalancer";
const targetGroup = "aws:lb/targetGroup:TargetGroup";

const made = (args: Partial<LoadBalancerArgs> = {}, mode?: "update" | "preview") =>
  record(() => new LoadBalancer("services", { ...loadBalancerArgs, ...args }), mode);
const names = (recording: Recording, type: string) =>
  recording
    .ofType(type)
    .map(({ name }) => name)
    .sort();

describe("a load balancer", () => {
  it("is internal, logged, strict about headers, and kept", async () => {
    const logs = { bucket: "logs", prefix: "load-balancer", enabled: true };
    assert.deepEqual((await made()).one(alb, "services").inputs, {
      loadBalancerType: "application",
      internal: true,
      subnets: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-load-balancer"],
      accessLogs: logs,
      healthCheckLogs: logs,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableZonalShift: true,
      enableDeletionProtection: true,
    });
    assert.equal((await made({ protect: false })).one(alb, "services").inputs.enableDeletionProtection, false);
  });

  it("speaks TLS alone, and answers 404 where no service is meant", async () => {
    const recording = await made();
    const listener = recording.ofType("aws:lb/listener:Listener");
    assert.equal(listener.length, 1);
    const { port, protocol, sslPolicy, certificateArn, defaultActions } = listener[0]?.inputs ?? {};
    assert.deepEqual(
      [port, protocol, sslPolicy, certificateArn],
      [443, "HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06", "arn:certificate"],
    );
    assert.match(JSON.stringify(defaultActions), /"404".*"fixed-response"/);
  });

  it("has a group of pods for each service, found by its path", async () => {
    const recording = await made();
    const { healthCheck, ...group } = recording.one(targetGroup, "services-shop").inputs;
    assert.deepEqual(group, {
      vpcId: "vpc-1",
      targetType: "ip",
      port: 8_080,
      protocol: "HTTP",
      loadBalancingAlgorithmType: "weighted_random",
      loadBalancingAnomalyMitigation: "on",
      deregistrationDelay: 30,
    });
    assert.equal((healthCheck as { path: string }).path, "/shop/health");
    const { conditions, actions } = recording.one("aws:lb/listenerRule:ListenerRule", "services-crm").inputs;
    assert.deepEqual(conditions, [{ pathPattern: { values: ["/crm", "/crm/*"] } }]);
    assert.match(JSON.stringify(actions), /services-crm/);
    assert.equal(recording.one(targetGroup, "services-crm").inputs.protocol, "HTTPS");
  });

  it("offers what a binding of pods needs", async () => {
    const outputs = (await made()).one("vigia:gateway:LoadBalancer", "services").outputs;
    assert.deepEqual(Object.keys(outputs?.targetGroups as object).sort(), ["crm", "shop"]);
  });

  it("has alarms on itself and on each group behind it, by both dimensions, in a preview too", async () => {
    const recording = await made({}, "preview");
    assert.deepEqual(names(recording, alarm), [
      "services-crm-target-group-errors",
      "services-crm-target-group-fail-open",
      "services-crm-target-group-none-healthy",
      "services-crm-target-group-slow",
      "services-crm-target-group-tls-errors",
      "services-crm-target-group-unhealthy",
      "services-crm-target-group-unreachable",
      "services-load-balancer-errors",
      "services-load-balancer-rejecting",
      "services-load-balancer-tls-errors",
      "services-shop-target-group-errors",
      "services-shop-target-group-fail-open",
      "services-shop-target-group-none-healthy",
      "services-shop-target-group-slow",
      "services-shop-target-group-too-few",
      "services-shop-target-group-unhealthy",
      "services-shop-target-group-unreachable",
    ]);
    assert.deepEqual(recording.one(alarm, "services-load-balancer-errors").madeFrom.dimensions, ["services"]);
    const { madeFrom } = recording.one(alarm, "services-shop-target-group-none-healthy");
    assert.deepEqual(madeFrom.dimensions, ["services", "services-shop"]);
    for (const id of ["errors", "slow"]) {
      const { madeFrom: queried } = recording.one(alarm, `services-shop-target-group-${id}`);
      assert.deepEqual([...new Set(queried.metricQueries)], ["services", "services-shop"]);
    }
    for (const id of ["unreachable", "unhealthy"]) {
      const { madeFrom: single } = recording.one(alarm, `services-shop-target-group-${id}`);
      assert.deepEqual(single.dimensions, ["services", "services-shop"]);
    }
  });

  it("pages for a service without pods, and tickets causes", async () => {
    const recording = await made();
    const actions = (name: string) => recording.one(alarm, `services-${name}`).inputs.alarmActions;
    assert.deepEqual(
      [actions("shop-target-group-none-healthy"), actions("shop-target-group-errors"), actions("load-balancer-errors")],
      [["arn:page"], ["arn:ticket"], ["arn:ticket"]],
    );
    assert.equal(recording.one(alarm, "services-crm-target-group-slow").inputs.threshold, 3);
    assert.equal(recording.one(alarm, "services-shop-target-group-too-few").inputs.threshold, 2);
  });

  it("can exist already, and then TLS errors of the whole internet are no alarm", async () => {
    const recording = await record(() => {
      const loadBalancer = new Alb("old", {});
      watchLoadBalancer("old", loadBalancer, { requestsPerDay: 10, internal: false, watcher });
      watchTargetGroup("old", new TargetGroup("old", {}), { loadBalancer, targets: 1, watcher });
    });
    assert.ok(names(recording, alarm).includes("old-target-group-none-healthy"));
    assert.ok(!names(recording, alarm).includes("old-load-balancer-tls-errors"));
  });

  const refused: readonly (readonly [string, Partial<LoadBalancerArgs>, string])[] = [
    [
      "no targets",
      { services: { shop: { targets: 0 } } },
      "services.shop.targets must be a whole number of 1 or more, got 0",
    ],
    [
      "a port that is none",
      { services: { shop: { targets: 1, port: 70_000 } } },
      "services.shop.port must be 1 to 65535, got 70000",
    ],
    [
      "a health path without a slash",
      { services: { shop: { targets: 1, healthPath: "health" } } },
      'services.shop.healthPath must be a path such as "/shop/health", got "health"',
    ],
    [
      "a long goodbye",
      { services: { shop: { targets: 1, deregistrationDelay: "2 hours" } } },
      'services.shop.deregistrationDelay must be whole seconds, at most 1 hour, got "2 hours"',
    ],
    [
      "more patience than the connection has",
      { services: { shop: { targets: 1, acceptable: "2 minutes" } } },
      'services.shop.acceptable must be longer than nothing, and at most 1 minute, got "2 minutes"',
    ],
    [
      "a service that is no path",
      { services: { Shop: { targets: 1 } } },
      'a service\'s name is lower-case letters, digits and hyphens, got "Shop"',
    ],
    ["no service", { services: {} }, "services must name at least one service"],
    ["no security group", { securityGroups: [] }, "securityGroups must name at least one security group"],
    [
      "a name that is too long",
      { services: { "warehouse-management": { targets: 1 } } },
      'name of target group "services-warehouse-management": it has 29 characters, at most 24 are allowed, because 8 of 32 are left for Pulumi\'s suffix; shorten it by 5',
    ],
  ];
  for (const [what, args, text] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => new LoadBalancer("services", { ...loadBalancerArgs, ...args }),
        (error: Error) => {
          assert.ok(error.message.split("\n").includes(`load balancer "services": ${text}`), error.message);
          return true;
        },
      );
    });
  }
});
