import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const logs = (given: object) => ({ "vigia:logs": given });
const internal = { address: "logs.internal.example.com", hostedZoneId: "Z0123456789EXAMPLE" };
const version = 'a whole version, written like "12.0.1"';

describe("a mistake in the logs is answered with key, value and what is allowed", () => {
  answers([
    [
      "more than whole Lokis are meant for",
      logs({ perDay: "2 TiB" }),
      'vigia:logs.perDay = "2 TiB": an amount of data of at most 20 GiB, written like "5 GiB"',
    ],
    [
      "nothing at all",
      logs({ perDay: "0 GiB" }),
      'vigia:logs.perDay = "0 GiB": an amount of data of at most 20 GiB, written like "5 GiB"',
    ],
    [
      "a retention in hours",
      logs({ retention: "36 hours" }),
      'vigia:logs.retention = "36 hours": whole days, written like "30 days"',
    ],
    [
      "a retention of years",
      logs({ retention: "2000 days" }),
      'vigia:logs.retention = "2000 days": 1 day to 1096 days in whole seconds, written like "30 days"',
    ],
    [
      "an address with its scheme",
      logs({ internal: { ...internal, address: "https://logs.example.com" } }),
      'vigia:logs.internal.address = "https://logs.example.com": a name such as "logs.internal.example.com", in at most 64 characters',
    ],
    [
      "a zone by its name",
      logs({ internal: { ...internal, hostedZoneId: "example.com" } }),
      'vigia:logs.internal.hostedZoneId = "example.com": the id of a hosted zone of Route 53, such as "Z0123456789ABCDEFGHIJ"',
    ],
    [
      "an address that nobody can prove",
      logs({ internal: { address: internal.address } }),
      'vigia:logs.internal.hostedZoneId is missing: the id of a hosted zone of Route 53, such as "Z0123456789ABCDEFGHIJ"',
    ],
    [
      "no namespace for the shippers",
      { ...logs({ internal }), "vigia:cluster": { namespaces: { shippers: null } } },
      'vigia:logs.internal: needs the namespace "shippers" of vigia:cluster.namespaces: do not take it away',
    ],
    [
      "shippers that may not read files of the nodes",
      { ...logs({ internal }), "vigia:cluster": { namespaces: { shippers: { podSecurity: "restricted" } } } },
      'vigia:logs.internal: needs podSecurity "privileged" in vigia:cluster.namespaces.shippers: shippers read files of their nodes',
    ],
    ["a chart that moves", logs({ chartVersion: "latest" }), `vigia:logs.chartVersion = "latest": ${version}`],
    ["a version with a v", logs({ shipperVersion: "v1.12" }), `vigia:logs.shipperVersion = "v1.12": ${version}`],
    ["too little memory", logs({ memory: 512 }), "vigia:logs.memory = 512: a whole number from 1536 to 65536"],
    ["too small a disk", logs({ disk: 1 }), "vigia:logs.disk = 1: a whole number from 10 to 1000"],
    ["no error allowed", logs({ errorLines: 0 }), "vigia:logs.errorLines = 0: a number above 0"],
    [
      "queries that may take for ever",
      logs({ slowQuery: "5 minutes" }),
      'vigia:logs.slowQuery = "5 minutes": 1 second to 1 minute in whole seconds, written like "20 seconds"',
    ],
    [
      "an alarm that is off without a reason",
      logs({ changes: { "logs-silent": { off: "" } } }),
      'vigia:logs.changes.logs-silent.off = "": why it does not apply, in words',
    ],
    [
      "an unknown key",
      logs({ retentoin: "30 days" }),
      "vigia:logs.retentoin is not a setting: did you mean vigia:logs.retention?",
    ],
  ]);

  it("holds by itself", () => {
    assert.equal(parsed({}).logs.retention, "30 days");
    assert.equal(parsed(logs({ perDay: "20 GiB" })).logs.perDay, "20 GiB");
    assert.deepEqual(parsed(logs({ internal })).logs.internal, internal);
  });
});
