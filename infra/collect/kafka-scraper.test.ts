import assert from "node:assert/strict";
import { parse } from "yaml";
import { place, record } from "../kit/recorder";
import { KafkaScraper, type KafkaScraperArgs } from "./kafka-scraper";

const usual: KafkaScraperArgs = {
  ...place,
  kafka: "events",
  hosts: ["b-1.events", "b-2.events", "b-3.events"],
  workspaceArn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
  subnets: ["subnet-a", "subnet-b"],
  securityGroups: ["sg-scraper"],
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/logs",
};
const made = (given: Partial<KafkaScraperArgs> = {}) =>
  record(() => void new KafkaScraper("kafka-scraper", { ...usual, ...given }));

describe("the collector of Kafka's metrics", () => {
  it("sits in the VPC, reads every broker, writes by its own two roles, and logs", async () => {
    const recording = await made();
    const { inputs, dependsOn } = recording.one("aws:amp/scraper:Scraper", "kafka-scraper");
    assert.deepEqual(inputs.source, { vpc: { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-scraper"] } });
    assert.deepEqual(inputs.destination, { amp: { workspaceArn: usual.workspaceArn } });
    const { scrape_configs } = parse(String(inputs.scrapeConfiguration));
    assert.deepEqual(scrape_configs[0].dns_sd_configs[0].names, usual.hosts);
    assert.ok(dependsOn.includes("kafka-scraper-writer"));
    const log = recording.one("aws:cloudwatch/logGroup:LogGroup", "kafka-scraper").inputs;
    assert.deepEqual(log, {
      name: "/aws/vendedlogs/prometheus/kafka-scraper-scraper",
      retentionInDays: 30,
      kmsKeyId: usual.kmsKeyArn,
    });
  });

  it("is refused with all that is wrong", async () => {
    await assert.rejects(
      made({ alias: "-", securityGroups: [], logRetention: 2 }),
      /alias has up to 100[\s\S]*securityGroups must name a group[\s\S]*logRetention must be one of/,
    );
  });
});
