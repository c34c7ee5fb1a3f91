import assert from "node:assert/strict";
import fc from "fast-check";
import { watcher } from "../cluster/cluster.testing";
import { record } from "../kit/recorder";
import { Service } from "./service";
import { hoursOf, normalizeService, refusedVersion, type ServiceArgs } from "./service.args";
import { tolerableErrors } from "./service.size";
import { expected, usual } from "./testing";

/** One row: what is wrong, and the line that answers it. */
const wrong: readonly (readonly [string, Partial<ServiceArgs>, string])[] = [
  [
    "a tag that moves",
    { version: "latest" },
    'version must be a version that never moves, such as "1.4.2": "latest" is another image tomorrow, and there is no way back, got "latest"',
  ],
  [
    "a tag that is none",
    { version: "a b" },
    'version must be a tag such as "1.4.2", or a digest such as "sha256:<64 digits>", got "a b"',
  ],
  [
    "fewer pods at most than at least",
    { replicas: { min: 4, max: 2 } },
    "replicas.max must be replicas.min (4) or more, got 2",
  ],
  ["no pod", { replicas: { min: 0, max: 2 } }, "replicas.min must be a whole number of 1 or more, got 0"],
  [
    "less processor time than is requested",
    { cpu: { request: 1, limit: 0.5 } },
    "cpu.limit must be cpu.request (1) or more, or be left out, got 0.5",
  ],
  ["no processor time", { cpu: { request: 0 } }, "cpu.request must be 0.01 cores or more, got 0"],
  [
    "less memory than is requested",
    { memory: { request: "512 MiB", limit: "256 MiB" } },
    'memory.limit must be memory.request (512 MiB) or more, got "256 MiB"',
  ],
  [
    "hardly any memory",
    { memory: { request: "8 MiB", limit: "256 MiB" } },
    'memory.request must be 32 MiB or more, got "8 MiB"',
  ],
  [
    "a promise between two buckets",
    { acceptable: "0.3 seconds" },
    'acceptable must be an edge of its histogram: 0.05 seconds, 0.1 seconds, 0.25 seconds, 0.5 seconds, 1 seconds, 2.5 seconds, 5 seconds, got "0.3 seconds"',
  ],
  [
    "a promise never to fail",
    { availability: "100 %" },
    'availability must be 90 % or more and below 100 %: somebody must be allowed to fail, got "100 %"',
  ],
  ["no requests", { requestsPerSecond: 0 }, "requestsPerSecond must be a number above 0, got 0"],
  ["half a session", { sessions: 0.5 }, "sessions must be a whole number of 0 or more, got 0.5"],
  [
    "too few orders to say something",
    { business: { orders: { perHour: 5 } } },
    "business.orders.perHour must be 60 or more: of fewer, none in the window may be chance, got 5",
  ],
  [
    "hours that are none",
    { business: { orders: { perHour: 90, hours: "22-6" } } },
    'business.orders.hours must be two hours of a day in UTC, four or more apart, such as "6-20", got "22-6"',
  ],
  [
    "a drain that no pod waits for",
    { drain: "1 hour" },
    'drain must be whole seconds, at most 10 minutes, got "1 hour"',
  ],
  ["a port of the system", { port: 80 }, "port must be from 1024 to 65535: a restricted pod opens none below, got 80"],
  ["a path that is none", { healthPath: "health" }, 'healthPath must be a path such as "/shop/health", got "health"'],
  [
    "a namespace that the cluster has not",
    { namespace: "crm" },
    'namespace must be one of the cluster\'s: shop, got "crm"',
  ],
  [
    "a signal off without a reason",
    { changes: { "service-slow": { off: " " } } },
    'changes: "service-slow" is off without a reason: say why in words',
  ],
  [
    "rules without a workspace",
    { watcher: { actions: { page: [], ticket: [] }, runbooks: "" }, scraped: true },
    "its rules need a workspace: give its watcher one (prometheus: { workspaceId }), or say scraped: false",
  ],
  [
    "topics that it reads without a group",
    { uses: { kafka: { clusterArn: "arn:aws:kafka:a:1:cluster/c/1", brokers: "b:9098", reads: ["orders"] } } },
    "uses.kafka: Kafka access: groups must name one: nobody reads a topic without",
  ],
];

describe("Arguments of a service", () => {
  for (const [what, changed, line] of wrong)
    it(`refuse ${what}`, async () => {
      await record(() => {
        const args = usual(changed);
        assert.throws(() => new Service("shop", args), { name: "RangeError", message: `service "shop": ${line}` });
      });
    });

  it("refuse a name that Kubernetes does not take", async () => {
    await record(() => {
      const args = usual();
      assert.throws(() => new Service("Shop_1", args), /its name must be up to 50 lower-case letters/);
    });
  });

  it("tell every mistake at once, and leave nothing half made", async () => {
    const recording = await record(() => {
      const args = usual({ version: "latest", replicas: { min: 4, max: 2 }, requestsPerSecond: -1 });
      assert.throws(
        () => new Service("shop", args),
        (error: Error) => error.message.split("\n").length === 3,
      );
    });
    assert.deepEqual(recording.ofType("vigia:service:Service"), []);
    assert.deepEqual(recording.ofType("kubernetes:core/v1:ServiceAccount"), []);
  });

  it("take versions and digests, and nothing that moves", () => {
    for (const fine of ["1.4.2", "v1.4.2", "2026-11-21", "3f2a9c1", `sha256:${"a".repeat(64)}`])
      assert.equal(refusedVersion(fine), undefined, fine);
    for (const moving of ["latest", "main", "prod", "v1", "1", "sha256:abc", "", "-x"])
      assert.notEqual(refusedVersion(moving), undefined, moving);
  });

  it("read hours that are four or more apart on one day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (opens, closes) => {
        const read = hoursOf(`${opens}-${closes}`);
        assert.deepEqual(read, closes <= 24 && closes - opens >= 4 ? [opens, closes] : undefined);
      }),
    );
  });

  it("wake somebody between 1 and 5 percent of errors, whatever is promised", () => {
    fc.assert(
      fc.property(fc.double({ min: 90, max: 99.999, noNaN: true }), (availability) => {
        const { size } = normalizeService("shop", {
          ...expected,
          availability: `${Number(availability.toFixed(3))} %`,
          watcher,
        });
        const limit = tolerableErrors(size);
        assert(limit >= 1 && limit <= 5);
      }),
    );
    const limit = (availability: "99.9 %" | "99.5 %" | "99.99 %") =>
      tolerableErrors(normalizeService("shop", { ...expected, availability, watcher }).size);
    assert.deepEqual([limit("99.9 %"), limit("99.5 %"), limit("99.99 %")], [1.44, 5, 1]);
  });
});
