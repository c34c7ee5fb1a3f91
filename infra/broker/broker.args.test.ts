import assert from "node:assert/strict";
import fc from "fast-check";
import { record } from "../kit/recorder";
import { Broker } from "./broker";
import { type BrokerArgs, normalizeBroker } from "./broker.args";
import type { BrokerVersion } from "./broker.configuration";
import { expected, usual, withoutPrometheus } from "./broker.fixtures";
import { type BrokerInstanceType, evaluationType, instanceTypes, limitsOf, mostOf } from "./sizes";

/** What stands after `broker "messages": `. */
function problems(args: Partial<BrokerArgs>, name = "messages"): string[] {
  try {
    normalizeBroker(name, { ...usual, ...args });
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message.split("\n").map((line) => line.replace(`broker "${name}": `, ""));
  }
}
const maintenance = usual.maintenance;

describe("the arguments of a broker", () => {
  it("are fine as production has them", () => assert.deepEqual(problems({}), []));

  const table: readonly (readonly [what: string, args: Partial<BrokerArgs>, problem: RegExp])[] = [
    [
      "a size of RabbitMQ 3",
      { instanceType: "mq.m5.large" as BrokerInstanceType },
      /^instanceType must be one of mq\.m7g\.medium, .*, got "mq\.m5\.large"$/,
    ],
    [
      "a size for evaluation in a cluster",
      { instanceType: evaluationType, connections: 10 },
      /^instanceType must be mq\.m7g\.large or larger in a cluster, because .*evaluation only/,
    ],
    [
      "more connections than two nodes hold",
      { connections: 801 },
      /^connections must be at most 800, which two nodes hold while the third is down .*, got 801$/,
    ],
    [
      "more connections than one node holds",
      { mode: "single", connections: 1_201 },
      /^connections must be at most 1200, which the node holds/,
    ],
    ["connections in parts", { connections: 0.5 }, /^connections must be a whole number of 0 or more, got 0\.5$/],
    [
      "a limit that Amazon MQ does not take",
      { limits: { channels: 15_001 } },
      /^limits\.channels must be a whole number from 1 to 15000 for mq\.m7g\.large \(cluster\), whose default is 1500, got 15001$/,
    ],
    [
      "a wait shorter than its queues are read",
      { oldestMessage: "59 seconds" },
      /^oldestMessage must be at least 1 minute/,
    ],
    ["a wait that is none", { oldestMessage: "soon" as "1 minute" }, /^oldestMessage: "soon" is not a length of time/],
    [
      "queues that nobody could watch",
      { watcher: withoutPrometheus },
      /^its queues can be watched only with rules of Prometheus: .* scraped: false/,
    ],
    [
      "silence without a reason",
      { changes: { "broker-cpu": { off: " " } } },
      /^changes: "broker-cpu" is off without a reason/,
    ],
    [
      "an old version, with the reason",
      { version: "3.13" as BrokerVersion },
      /^version must be "4\.3" or "4\.2" \(RabbitMQ 3 is at its end, .*\), got "3\.13"$/,
    ],
    [
      "a version that there is not",
      { version: "4.1" as BrokerVersion },
      /^version must be "4\.3" or "4\.2" \(Amazon MQ does not offer it, or not yet here\), got "4\.1"$/,
    ],
    [
      "a day in small letters",
      { maintenance: { ...maintenance, day: "sunday" as "SUNDAY" } },
      /^maintenance\.day must be one of MONDAY, /,
    ],
    [
      "an hour that there is not",
      { maintenance: { ...maintenance, time: "24:00" } },
      /^maintenance\.time must be written like "03:00", got "24:00"$/,
    ],
    [
      "a zone that there is not",
      { maintenance: { ...maintenance, zone: "Mars/Base" } },
      /^maintenance\.zone must be a time zone/,
    ],
    ["no security group", { securityGroups: [] }, /^securityGroups must be 1 to 5 groups, got 0$/],
    [
      "a consumer time-out that is none",
      { consumerTimeout: "30 seconds" },
      /^consumerTimeout must be 1 minute to 24 days/,
    ],
    [
      "a message that is too large",
      { largestMessage: "129 MiB" },
      /^largestMessage must be 1 KiB to 128 MiB, got "129 MiB"$/,
    ],
    ["an account that is none", { account: "1234" }, /^account must be the twelve digits/],
  ];
  for (const [what, args, problem] of table) {
    it(`refuse ${what}`, () => {
      const found = problems(args);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", problem);
    });
  }

  it("refuse a name that Amazon MQ would not take with Pulumi's suffix", () => {
    assert.match(problems({}, "m".repeat(43)).join(), /it has 43 characters, at most 42 are allowed/);
    assert.match(problems({}, "my.broker").join(), /use only letters, digits, hyphens and underscores/);
  });

  it("are told all at once, before anything is registered", async () => {
    assert.equal(problems({ connections: -1, oldestMessage: "1 second", securityGroups: [] }).length, 3);
    let threw = false;
    const { resources } = await record(() => {
      try {
        new Broker("messages", { ...usual, connections: -1 });
      } catch {
        threw = true;
      }
    });
    assert.deepEqual([threw, resources], [true, []]);
  });

  it("raise what a broker holds with its limits", () => {
    assert.deepEqual(problems({ connections: 1_600, limits: { connections: 1_000 } }), []);
    assert.equal(normalizeBroker("messages", { ...usual, limits: { queues: 5_000 } }).size.limits.queues, 5_000);
  });

  it("take every size in both modes with what it holds by default, and no more than a node fewer holds", () => {
    const sizes = fc.constantFrom(...instanceTypes.filter((type) => type !== evaluationType));
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom("cluster" as const, "single" as const),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (instanceType, mode, share) => {
          const limit = limitsOf(instanceType, mode)?.connections ?? 0;
          const nodes = mode === "cluster" ? 2 : 1;
          const connections = Math.round(share * limit * nodes);
          const fits = connections <= Math.floor(0.8 * limit * nodes);
          assert.equal(problems({ ...expected, instanceType, mode, connections }).length === 0, fits);
        },
      ),
    );
  });
});

describe("the sizes of brokers", () => {
  it("grow, and by default allow no more than Amazon MQ takes", () => {
    for (const mode of ["cluster", "single"] as const) {
      let before = 0;
      for (const type of instanceTypes) {
        const limits = limitsOf(type, mode);
        assert.ok(limits && limits.memory > before && limits.disk > limits.diskFree, `${type} ${mode}`);
        before = limits.memory;
        for (const limit of ["connections", "channels", "queues"] as const)
          assert.ok(limits[limit] <= mostOf(type, mode, limit), `${type} ${mode} ${limit}`);
      }
    }
  });

  it("are those of AWS's tables", () => {
    const read = (type: string, mode: "cluster" | "single") => {
      const { connections, channels, queues } = limitsOf(type, mode) ?? {};
      return [connections, channels, queues];
    };
    assert.deepEqual(read("mq.m7g.medium", "single"), [100, 500, 500]);
    assert.deepEqual(read("mq.m7g.large", "single"), [1_500, 4_500, 1_000]);
    assert.deepEqual(read("mq.m7g.16xlarge", "single"), [48_000, 144_000, 32_000]);
    assert.deepEqual(read("mq.m7g.medium", "cluster"), [100, 300, 100]);
    assert.deepEqual(read("mq.m7g.4xlarge", "cluster"), [4_000, 12_000, 8_000]);
    assert.deepEqual(read("mq.m7g.16xlarge", "cluster"), [16_000, 48_000, 32_000]);
    assert.equal(limitsOf("mq.m5.large", "cluster"), undefined);
  });
});
