import assert from "node:assert/strict";
import { answers, least, mistakesIn, parsed } from "./testing";

const shop = (given: unknown) => ({ "vigia:services": { shop: given } });
const uses = (given: unknown) => shop({ uses: given });

describe("a mistake in a service is answered with key, value and what is allowed", () => {
  answers([
    [
      "a version that moves",
      shop({ version: "latest" }),
      'vigia:services.shop.version = "latest": a version that never moves, such as "1.4.2": that is another image tomorrow, and there is no way back',
    ],
    [
      "a version that YAML reads as a number",
      shop({ version: 1.4 }),
      'vigia:services.shop.version = 1.4: a tag such as "1.4.2" in quotes, or a digest such as "sha256:<64 digits>"',
    ],
    [
      "fewer pods at most than at least",
      shop({ replicas: { min: 4, max: 2 } }),
      "vigia:services.shop.replicas.max = 2: replicas.min (4) or more",
    ],
    ["no pod", shop({ replicas: { min: 0 } }), "vigia:services.shop.replicas.min = 0: a whole number from 1 to 1000"],
    [
      "less processor time than is requested",
      shop({ cpu: { limit: 0.25 } }),
      "vigia:services.shop.cpu.limit = 0.25: cpu.request (0.5) or more, or be left out",
    ],
    [
      "less memory than is requested",
      shop({ memory: { limit: "256 MiB" } }),
      'vigia:services.shop.memory.limit = "256 MiB": memory.request (512 MiB) or more',
    ],
    [
      "memory without a unit",
      shop({ memory: { limit: 512 } }),
      'vigia:services.shop.memory.limit = 512: an amount of data, written like "256 KiB"',
    ],
    [
      "a promise never to fail",
      shop({ availability: "100 %" }),
      'vigia:services.shop.availability = "100 %": 90 % or more and below 100 %: somebody must be allowed to fail',
    ],
    [
      "a promise between two buckets",
      shop({ acceptable: "0.3 seconds" }),
      'vigia:services.shop.acceptable = "0.3 seconds": "0.05 seconds" or "0.1 seconds" or "0.25 seconds" or "0.5 seconds" or "1 second" or "2.5 seconds" or "5 seconds"',
    ],
    [
      "more pods than its namespace has room for",
      shop({ replicas: { max: 30 } }),
      "vigia:services.shop.replicas.max = 30: its pods, with a quarter more while it is deployed, need 19 cores, and its namespace has 16",
    ],
    [
      "a queue that the stack does not have",
      uses({ sendsTo: ["ordrs"] }),
      "vigia:services.shop.uses.sendsTo[0]: no such queue: did you mean orders?",
    ],
    [
      "a topic that the stack does not have",
      uses({ publishesTo: ["order-event"] }),
      "vigia:services.shop.uses.publishesTo[0]: no such topic: did you mean order-events?",
    ],
    [
      "a database that the stack does not have",
      uses({ database: "shops" }),
      "vigia:services.shop.uses.database: no such database: did you mean shop?",
    ],
    [
      "a virtual host that the broker does not have",
      uses({ virtualHost: "shp" }),
      "vigia:services.shop.uses.virtualHost: no such virtual host: did you mean shop?",
    ],
    [
      "a topic of Kafka that is none",
      uses({ kafka: { writes: ["order-histories"] } }),
      "vigia:services.shop.uses.kafka.writes[0]: no such topic of Kafka: did you mean order-history?",
    ],
    [
      "a bucket that the stack does not have",
      uses({ buckets: { document: "read" } }),
      "vigia:services.shop.uses.buckets.document: no such bucket: did you mean documents?",
    ],
    [
      "a queue as one name",
      uses({ sendsTo: "orders" }),
      'vigia:services.shop.uses.sendsTo = "orders": a list of names of queues',
    ],
    [
      "hours that are none",
      shop({ business: { orders: { hours: "all day" } } }),
      'vigia:services.shop.business.orders.hours = "all day": two hours of a day in UTC, four or more apart, such as "6-20"',
    ],
    [
      "orders too few to say something",
      shop({ business: { orders: { perHour: 5 } } }),
      "vigia:services.shop.business.orders.perHour = 5: 60 or more: of fewer, none in the window may be chance",
    ],
    [
      "a service without a namespace",
      { "vigia:cluster": { namespaces: { crm: null } }, "vigia:services": { crm: { version: "1.4.2" } } },
      "vigia:services.crm: needs a namespace of its name in vigia:cluster.namespaces",
    ],
    [
      "a misspelt field",
      shop({ replica: {} }),
      "vigia:services.shop.replica is not a setting: did you mean vigia:services.shop.replicas?",
    ],
    [
      "a misspelt signal",
      shop({ changes: { "service-slo": { off: "rare" } } }),
      "vigia:services.shop.changes.service-slo is not a setting: did you mean vigia:services.shop.changes.service-slow?",
    ],
  ]);
});

describe("services", () => {
  it("are those of production where a stack says nothing, without a version", () => {
    const { services } = parsed({});
    assert.deepEqual(Object.keys(services), ["shop", "crm", "mes"]);
    assert.deepEqual(
      Object.values(services).map(({ version }) => version),
      [undefined, undefined, undefined],
    );
  });

  it("take a version, and leave the rest as it is", () => {
    const { shop: set } = parsed(shop({ version: "1.4.2" })).services;
    assert.equal(set?.version, "1.4.2");
    assert.deepEqual(set?.replicas, { min: 3, max: 18 });
  });

  it("can be taken away, with what they use", () => {
    const services = { shop: null, crm: null, mes: null };
    assert.deepEqual(parsed({ "vigia:services": services }).services, {});
  });

  it("miss what a stack takes away once they run", () => {
    const taken = (service: unknown) => ({
      ...least,
      "vigia:databases": { mes: null },
      "vigia:services": { mes: service },
    });
    assert.deepEqual(mistakesIn(taken({})), []);
    assert.deepEqual(mistakesIn(taken({ version: "1.4.2" })), [
      "vigia:services.mes.uses.database: no such database: take it out of what the service uses",
    ]);
    assert.deepEqual(mistakesIn(taken({ version: "1.4.2", uses: { database: null } })), []);
  });
});
