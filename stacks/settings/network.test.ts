import assert from "node:assert/strict";
import { normalizeNetwork } from "../../infra/network/network.args";
import { answers, parsed } from "./testing";

const network = (given: unknown) => ({ "vigia:network": given });

describe("a mistake in the network is answered with key, value and what is allowed", () => {
  answers([
    [
      "an address inside a range",
      network({ cidr: "10.20.1.0/16" }),
      'vigia:network.cidr = "10.20.1.0/16": the first address of a range and its prefix, written like "10.20.0.0/16"',
    ],
    [
      "a range with no room for the pods",
      network({ cidr: "10.20.0.0/22" }),
      'vigia:network.cidr = "10.20.0.0/22": a range from /16 to /20: AWS takes no larger one, and a smaller one has no room for the pods',
    ],
    [
      "a public range",
      network({ cidr: "52.94.0.0/16" }),
      'vigia:network.cidr = "52.94.0.0/16": a private range: within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
    ],
    [
      "a range that Docker uses",
      network({ cidr: "172.17.0.0/16" }),
      'vigia:network.cidr = "172.17.0.0/16": a range outside 172.17.0.0/16, which Docker and services of AWS use',
    ],
    [
      "a range that overlaps a neighbour",
      network({ neighbours: ["10.0.0.0/12", "10.20.128.0/17"] }),
      'vigia:network.cidr = "10.20.0.0/16": a range that does not overlap the neighbour 10.20.128.0/17',
    ],
    [
      "a neighbour that is no range",
      network({ neighbours: ["office"] }),
      'vigia:network.neighbours[0] = "office": the first address of a range and its prefix, written like "10.20.0.0/16"',
    ],
    ["a single zone", network({ zones: ["eu-central-1a"] }), 'vigia:network.zones = ["eu-central-1a"]: 2 to 4 zones'],
    [
      "the same zone twice",
      network({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1a"] }),
      'vigia:network.zones = ["eu-central-1a","eu-central-1b","eu-central-1a"]: each zone once: eu-central-1a stands there twice',
    ],
    [
      "a zone of another region",
      network({ zones: ["eu-central-1a", "eu-central-1b", "eu-west-1c"] }),
      'vigia:network.zones = ["eu-central-1a","eu-central-1b","eu-west-1c"]: zones of the region eu-central-1, such as eu-central-1a: eu-west-1c is none',
    ],
    [
      "a zone without its region",
      network({ zones: ["eu-central-1a", "eu-central-1b", "c"] }),
      'vigia:network.zones[2] = "c": a zone, written like "eu-central-1a"',
    ],
    [
      "another number of gateways",
      network({ natGateways: 2 }),
      'vigia:network.natGateways = 2: "one per zone" or "single"',
    ],
    [
      "a service that has no endpoint here",
      network({ endpoints: ["secretmanager"] }),
      'vigia:network.endpoints[0] = "secretmanager": one of ecr.api, ecr.dkr, eks-auth, sts, secretsmanager, kms, logs, monitoring, aps-workspaces, sqs, sns, ssm, ssmmessages, ec2, eks',
    ],
    [
      "the same endpoint twice",
      network({ endpoints: ["sts", "sqs", "sts"] }),
      'vigia:network.endpoints[2] = "sts": each service once',
    ],
    [
      "a retention that CloudWatch Logs does not have",
      network({ flowLogs: { retentionInDays: 100 } }),
      "vigia:network.flowLogs.retentionInDays = 100: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
    [
      "traffic of another kind",
      network({ flowLogs: { traffic: "accepted" } }),
      'vigia:network.flowLogs.traffic = "accepted": "all" or "rejected"',
    ],
    [
      "a misspelt setting",
      network({ natGateway: "single" }),
      "vigia:network.natGateway is not a setting: did you mean vigia:network.natGateways?",
    ],
    [
      "a signal that is off without a reason",
      network({ changes: { "nat-gateway-unanswered": { off: "" } } }),
      'vigia:network.changes.nat-gateway-unanswered.off = "": why it does not apply, in words',
    ],
  ]);
});

describe("the network of a stack", () => {
  it("is the platform's, with what the stack changes", () => {
    const dev = parsed(
      network({ natGateways: "single", zones: ["eu-central-1b", "eu-central-1c", "eu-central-1d"], endpoints: [] }),
    );
    assert.deepEqual(dev.network, {
      cidr: "10.20.0.0/16",
      zones: ["eu-central-1b", "eu-central-1c", "eu-central-1d"],
      natGateways: "single",
      endpoints: [],
      flowLogs: { traffic: "all", retentionInDays: 90 },
    });
  });

  it("is one that the component takes", () => {
    const { network: settings, account, region } = parsed({});
    const watcher = { actions: { page: [], ticket: [] }, runbooks: "" };
    const { zones } = normalizeNetwork("platform", { ...settings, account, region, watcher });
    assert.deepEqual(zones, ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
  });
});
