import assert from "node:assert/strict";
import { record } from "../kit/recorder";
import { PrivateName, type PrivateNameArgs } from "./private-name";

const made = (given: Partial<PrivateNameArgs> = {}) =>
  record(
    () =>
      new PrivateName("logs", {
        domain: "logs.internal.example.com",
        vpcId: "vpc-1",
        target: { dnsName: "internal-logs-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" },
        ...given,
      }),
  );

describe("a private name", () => {
  it("stands in a zone of its own, which one network sees, and leads to the load balancer", async () => {
    const recording = await made();
    const { name, vpcs } = recording.one("aws:route53/zone:Zone", "logs").inputs;
    assert.deepEqual([name, vpcs], ["logs.internal.example.com", [{ vpcId: "vpc-1" }]]);
    const { inputs, madeFrom } = recording.one("aws:route53/record:Record", "logs");
    assert.deepEqual(madeFrom.zoneId, ["logs"]);
    assert.deepEqual(
      [inputs.name, inputs.type, inputs.aliases],
      [
        "logs.internal.example.com",
        "A",
        [
          {
            name: "internal-logs-1.eu-central-1.elb.amazonaws.com",
            zoneId: "Z215JYRZR1TBD5",
            evaluateTargetHealth: true,
          },
        ],
      ],
    );
  });

  it("is a name, and not an address", async () => {
    await assert.rejects(
      made({ domain: "https://logs.internal.example.com" }),
      /private name "logs": domain must be written as "logs\.internal\.example\.com", got "https/,
    );
  });
});
