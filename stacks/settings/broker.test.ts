import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const broker = (given: object) => ({ "vigia:broker": given });
const types =
  "mq.m7g.medium, mq.m7g.large, mq.m7g.xlarge, mq.m7g.2xlarge, mq.m7g.4xlarge, mq.m7g.8xlarge, mq.m7g.12xlarge, mq.m7g.16xlarge";

describe("a mistake in the broker is answered with key, value and what is allowed", () => {
  answers([
    [
      "a size that RabbitMQ 4 does not run on",
      broker({ instanceType: "mq.m5.large" }),
      `vigia:broker.instanceType = "mq.m5.large": one of ${types}: RabbitMQ 4 runs on no other`,
    ],
    [
      "a size for evaluation in a cluster",
      broker({ instanceType: "mq.m7g.medium", connections: 10 }),
      'vigia:broker.instanceType = "mq.m7g.medium": mq.m7g.large or larger in a cluster, because mq.m7g.medium is for evaluation only',
    ],
    ["a mode of ActiveMQ", broker({ mode: "standby" }), 'vigia:broker.mode = "standby": "cluster" or "single"'],
    [
      "an old version",
      broker({ version: 3.13 }),
      'vigia:broker.version = 3.13: "4.3" or "4.2": RabbitMQ 3 has no endpoint for Prometheus, and its mirrored queues are gone',
    ],
    [
      "a day that is none",
      broker({ maintenance: { day: "Sunday" } }),
      'vigia:broker.maintenance.day = "Sunday": "MONDAY" or "TUESDAY" or "WEDNESDAY" or "THURSDAY" or "FRIDAY" or "SATURDAY" or "SUNDAY"',
    ],
    [
      "a time without its zero",
      broker({ maintenance: { time: "3:00" } }),
      'vigia:broker.maintenance.time = "3:00": a time of day in 24 hours, written like "03:00"',
    ],
    [
      "a zone that is none",
      broker({ maintenance: { zone: "Europe/Bonn" } }),
      'vigia:broker.maintenance.zone = "Europe/Bonn": a time zone such as "Europe/Berlin" or "UTC"',
    ],
    [
      "more connections than two nodes hold",
      broker({ connections: 801 }),
      "vigia:broker.connections = 801: at most 800, which two nodes hold while the third is down with a fifth to spare: take a larger instanceType, or raise limits.connections",
    ],
    [
      "more connections than a single node holds",
      broker({ mode: "single", connections: 1_201 }),
      "vigia:broker.connections = 1201: at most 1200, which the node holds with a fifth to spare: take a larger instanceType, or raise limits.connections",
    ],
    [
      "half a connection",
      broker({ connections: 1.5 }),
      "vigia:broker.connections = 1.5: a whole number from 0 to 480000",
    ],
    [
      "a limit above what Amazon MQ takes",
      broker({ limits: { queues: 10_001 } }),
      "vigia:broker.limits.queues = 10001: a whole number from 1 to 10000 for mq.m7g.large (cluster), whose default is 1000",
    ],
    [
      "a message that may wait for no time at all",
      broker({ oldestMessage: "30 seconds" }),
      'vigia:broker.oldestMessage = "30 seconds": 1 minute to 14 days in whole seconds, written like "10 minutes"',
    ],
    [
      "a message that is too large",
      broker({ largestMessage: "129 MiB" }),
      'vigia:broker.largestMessage = "129 MiB": 1 KiB to 128 MiB, written like "512 KiB"',
    ],
    [
      "a consumer that never gives back",
      broker({ consumerTimeout: "25 days" }),
      'vigia:broker.consumerTimeout = "25 days": 1 minute to 24 days in whole seconds, written like "30 minutes"',
    ],
    [
      "silence without a reason",
      broker({ changes: { "broker-cpu": { off: "" } } }),
      'vigia:broker.changes.broker-cpu.off = "": why it does not apply, in words',
    ],
  ]);
});

describe("the settings of the broker", () => {
  it("are production's where the stack says nothing", () => {
    const { mode, instanceType, version } = parsed({}).broker;
    assert.deepEqual([mode, instanceType, version], ["cluster", "mq.m7g.large", "4.3"]);
  });

  it("take a version that YAML reads as a number, and limits that are raised with the connections", () => {
    const given = broker({ version: 4.2, connections: 1_500, limits: { connections: 1_000 } });
    assert.deepEqual([parsed(given).broker.version, parsed(given).broker.connections], ["4.2", 1_500]);
  });
});
