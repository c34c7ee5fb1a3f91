import assert from "node:assert/strict";
import { Certificate as AcmCertificate } from "@pulumi/aws/acm/certificate.js";
import { record } from "../kit/recorder";
import { Certificate, watchCertificate } from "./certificate";
import { watcher } from "./testing";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const args = { domain: "api.example.com", hostedZoneId: "Z123", watcher };
const made = () => record(() => new Certificate("platform", args), "preview");

describe("a certificate", () => {
  it("is proven by a record in its zone, and offered when it is valid", async () => {
    const recording = await made();
    assert.deepEqual(recording.one("aws:acm/certificate:Certificate", "platform").inputs, {
      domainName: "api.example.com",
      validationMethod: "DNS",
      keyAlgorithm: "RSA_2048",
    });
    const { inputs, madeFrom } = recording.one("aws:route53/record:Record", "platform-validation");
    assert.equal(inputs.zoneId, "Z123");
    assert.deepEqual([madeFrom.name, madeFrom.records], [["platform"], ["platform"]]);
    const validation = recording.one("aws:acm/certificateValidation:CertificateValidation", "platform");
    assert.deepEqual(validation.madeFrom.validationRecordFqdns, ["platform-validation"]);
  });

  it("tickets a renewal that is late, and pages in the last week", async () => {
    const recording = await made();
    assert.deepEqual(
      recording.ofType(alarm).map(({ name, inputs, madeFrom }) => [name, inputs.alarmActions, madeFrom.dimensions]),
      [
        ["platform-certificate-not-renewed", ["arn:ticket"], ["platform"]],
        ["platform-certificate-ending", ["arn:page"], ["platform"]],
      ],
    );
  });

  it("that was imported is renewed by a person, who needs longer", async () => {
    const recording = await record(
      () => void watchCertificate("old", new AcmCertificate("old", {}), { renewed: false, watcher }),
    );
    const ids = recording.ofType(alarm).map(({ name }) => name);
    assert.deepEqual(ids, ["old-certificate-expiring", "old-certificate-ending"]);
    assert.deepEqual(recording.one(alarm, "old-certificate-ending").inputs.treatMissingData, "ignore");
  });

  for (const domain of [
    "",
    "example",
    "API.example.com",
    "api.example.com.",
    "-a.example.com",
    `${"a".repeat(60)}.example.com`,
  ]) {
    it(`refuses the name ${JSON.stringify(domain)}`, () => {
      assert.throws(() => new Certificate("platform", { ...args, domain }), {
        message: `certificate "platform": domain must be written as "api.example.com", in at most 64 characters, got ${JSON.stringify(domain)}`,
      });
    });
  }
});
