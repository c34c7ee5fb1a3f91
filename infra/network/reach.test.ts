import assert from "node:assert/strict";
import fc from "fast-check";
import { type Recorded, record } from "../kit/recorder";
import { type EndpointService, endpointNames, endpointServices } from "./endpoints";
import { Network } from "./network";
import { isOutside, type Outside, type Party, parties, partyNames, rangesOf, reach, reachWith } from "./reach";
import { least } from "./testing";

const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** A connection that somebody may try. */
type Try = readonly [from: Party, to: Party | Outside, port: number];

const inTable = (endpoints: readonly EndpointService[], [from, to, port]: Try): boolean =>
  reachWith(endpoints).some(
    (line) =>
      line.from === from &&
      line.to === to &&
      rangesOf(line).some((range) => range === undefined || (range[0] <= port && port <= range[1])),
  );

const partyOf = (names: readonly string[] | undefined): Party | undefined =>
  partyNames.find((party) => names?.[0] === `platform-${party}`);

/** Where an outgoing rule leads. */
function targetOf({ inputs, madeFrom }: Recorded): Party | Outside | undefined {
  if (inputs.cidrIpv4 === "0.0.0.0/0") return "internet";
  if (madeFrom.prefixListId?.[0] === "platform-s3") return "s3";
  return partyOf(madeFrom.referencedSecurityGroupId);
}

const opens = ({ inputs }: Recorded, port: number) =>
  inputs.ipProtocol === "-1" ||
  (inputs.ipProtocol === "tcp" && Number(inputs.fromPort) <= port && port <= Number(inputs.toPort));

/** What AWS would do: a connection needs a rule on both of its ends, as far as they have a group. */
const allowed = (rules: readonly Recorded[], [from, to, port]: Try): boolean => {
  const has = (type: string, fits: (rule: Recorded) => boolean) =>
    rules.some((rule) => rule.type === type && fits(rule) && opens(rule, port));
  const out = has(egress, (rule) => partyOf(rule.madeFrom.securityGroupId) === from && targetOf(rule) === to);
  const into = has(
    ingress,
    (rule) =>
      partyOf(rule.madeFrom.securityGroupId) === to && partyOf(rule.madeFrom.referencedSecurityGroupId) === from,
  );
  return out && (isOutside(to) || into);
};

/** Ports at the edges of every range of the table, and beside them. */
const edges = [...new Set(reach.flatMap((line) => rangesOf(line).flatMap((range) => range ?? [])))].flatMap((port) => [
  port - 1,
  port,
  port + 1,
]);
const destinations: readonly (Party | Outside)[] = [...partyNames, "s3", "internet"];
const stacks: readonly (readonly EndpointService[])[] = [[], ["secretsmanager", "sts"], endpointNames];

for (const endpoints of stacks) {
  describe(`security groups of a network with ${endpoints.length} endpoints`, () => {
    let rules: readonly Recorded[];
    before(async () => {
      const { resources } = await record(() => new Network("platform", { ...least, endpoints }), "preview");
      rules = resources.filter(({ type }) => type === egress || type === ingress);
    });
    const agrees = (attempt: Try) =>
      assert.equal(allowed(rules, attempt), inTable(endpoints, attempt), attempt.join(" "));

    it("allow exactly what the table allows, at the edges of all its ranges", () => {
      for (const from of partyNames)
        for (const to of destinations) for (const port of new Set(edges)) agrees([from, to, port]);
    });

    it("allow exactly what the table allows, at any port", () => {
      const ports = fc.integer({ min: 1, max: 65_535 });
      fc.assert(
        fc.property(fc.constantFrom(...partyNames), fc.constantFrom(...destinations), ports, (...attempt) =>
          agrees(attempt),
        ),
        { numRuns: 2_000 },
      );
    });

    it("have no rule that leads nowhere, and no way in from an address", () => {
      for (const rule of rules) {
        assert.ok(partyOf(rule.madeFrom.securityGroupId), rule.name);
        if (rule.type === egress) assert.ok(targetOf(rule), rule.name);
        else assert.ok(partyOf(rule.madeFrom.referencedSecurityGroupId), rule.name);
        if (rule.type === ingress) assert.equal(rule.inputs.cidrIpv4, undefined);
      }
    });
  });
}

describe("the table", () => {
  it("names each line once, and each of its ends takes part", () => {
    const lines = reach.flatMap((line) => rangesOf(line).map((range) => `${line.from} ${line.to} ${range ?? "all"}`));
    assert.equal(new Set(lines).size, lines.length);
  });

  it("closes the way out of functions and Grafana where every endpoint that they need is there", () => {
    const leaving = (endpoints: readonly EndpointService[]) =>
      reachWith(endpoints).flatMap(({ from, to }) => (to === "internet" ? [from] : []));
    assert.deepEqual(leaving([]), ["runner", "nodes", "functions", "grafana"]);
    assert.deepEqual(leaving(endpointNames), ["runner", "nodes"]);
    assert.deepEqual(leaving(endpointNames.filter((name) => name !== "kms")), ["runner", "nodes", "functions"]);
  });

  it("lets nobody reach what a restore test makes, and lets data call nobody", () => {
    assert.deepEqual(
      reach.filter(({ to }) => to === "restoreTests"),
      [],
    );
    for (const party of ["database", "restoreTests", "broker", "kafka", "endpoints"] as const)
      assert.deepEqual(
        reach.filter(({ from }) => from === party),
        [],
      );
  });

  it("has descriptions that EC2 takes", () => {
    // "SecurityGroupRule" and "CreateSecurityGroup", EC2 API Reference, 2026-11.
    const taken = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
    for (const { why } of reach) assert.match(why, taken);
    for (const what of Object.values(parties)) assert.match(what, taken);
  });

  it("gives a reason for each endpoint", () => {
    for (const reason of Object.values(endpointServices)) assert.ok(reason.length > 10);
  });
});
