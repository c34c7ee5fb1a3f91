import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type LivePrometheus, startPrometheus } from "../live/prometheus";
import { orSkipped } from "../live/unavailable";
import { awsOf } from "./aws";
import type { Check } from "./check";
import { pods } from "./checks/pods";
import { rules } from "./checks/rules";
import { targets } from "./checks/targets";
import { type Deployed, deployedOf } from "./deployed";
import { type Answer, credentials, type FakeAws, fakeAws } from "./fake";
import { readState } from "./state";
import { stateText } from "./verify.fixtures";

const second = Math.floor(Date.now() / 1_000);
/** A series once a minute, in the text format of OpenMetrics. @param since minutes ago */
const series = (name: string, value: number, since: number) =>
  Array.from({ length: since + 1 }, (_, minute) => `${name} ${value} ${second - (since - minute) * 60}`);
const up = (pod: string, value: number) =>
  series(`up{job="pods",namespace="shop",pod="${pod}",instance="${pod}"}`, value, 10);
const phase = (pod: string, name: string, value: number, since = 10) =>
  series(`kube_pod_status_phase{namespace="shop",pod="${pod}",phase="${name}",instance="ksm"}`, value, since);

const samples = `${[
  "# TYPE kube_pod_status_phase gauge",
  ...["answers", "silent", "deaf"].flatMap((pod) => phase(pod, "Running", 1)),
  ...phase("new", "Running", 1, 1),
  ...phase("done", "Running", 0),
  ...phase("done", "Succeeded", 1),
  "# TYPE up gauge",
  ...up("answers", 1),
  ...up("deaf", 0),
  ...series('up{job="kube-state-metrics",instance="ksm"}', 1, 10),
  "# EOF",
].join("\n")}\n`;

const ruleFile = `groups:
  - name: sound
    interval: 1s
    rules:
      - { alert: Watchdog, expr: vector(1) }
  - name: broken
    interval: 1s
    rules:
      - { record: doubtful, expr: 'up * on () group_left () up' }
`;

describe("verify on a real Prometheus", function () {
  this.timeout(120_000);
  let prometheus: LivePrometheus;
  let fake: FakeAws;
  let folder: string;
  let deployed: Deployed;

  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "vigia-live-"));
    const file = join(folder, "namespace");
    writeFileSync(file, ruleFile);
    prometheus = await orSkipped(this, () =>
      startPrometheus(console.log, {
        configuration: `rule_files: [${JSON.stringify(file)}]\n`,
        samples,
      }),
    );
    const ask = async (path: string): Promise<Answer> => ({
      json: await (await fetch(`${prometheus.url}${path}`)).json(),
    });
    fake = await fakeAws({
      "aps:QueryMetrics": ({ query }) => ask(`/api/v1/query?query=${encodeURIComponent(String(query))}`),
      "aps:ListRules": async () => {
        const answer = await (await fetch(`${prometheus.url}/api/v1/rules`)).json();
        // AMP names the namespace where Prometheus names the path.
        for (const group of Object(answer).data.groups) group.file = basename(group.file);
        return { json: answer };
      },
    });
    const found = deployedOf("dev", readState("dev", stateText(), "the fixture"));
    assert.ok(found.prometheus);
    const groups = { sound: ["Watchdog"], broken: ["doubtful"], lost: ["NeverSeen"] };
    deployed = {
      ...found,
      prometheus: {
        ...found.prometheus,
        jobs: ["pods", "kube-state-metrics", "cadvisor"],
        scraped: ["crm", "shop"],
        namespaces: [{ name: "namespace", groups }],
      },
    };
  });

  after(async () => {
    await fake?.close();
    await prometheus?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function found(check: Check) {
    const aws = awsOf(deployed.region, { ...fake.access, credentials });
    try {
      const { seen, findings } = await check.run({ deployed, aws, now: Date.now() });
      return { seen, whats: findings.map(({ what }) => what) };
    } finally {
      aws.close();
    }
  }

  it("finds pods without metrics, and neither those that just came nor those that are done", async () => {
    assert.deepEqual(await found(pods), {
      seen: "3 running pods in crm, shop, 1 without metrics",
      whats: ["no running pod is known in namespace crm", "1 pod without metrics: silent"],
    });
  });

  it("finds targets that are down, and jobs that nobody scrapes", async () => {
    assert.deepEqual(await found(targets), {
      seen: "3 targets of 2 jobs, 1 down",
      whats: ["no target of job cadvisor", "target deaf of job pods does not answer"],
    });
  });

  it("finds rules that fail, with Prometheus' own words, and rules that are not there", async () => {
    const end = Date.now() + 20_000;
    let result = await found(rules);
    // Both groups have had their turn.
    while (result.whats.some((what) => what.includes("never evaluated")) && Date.now() < end) {
      await wait(500);
      result = await found(rules);
    }
    assert.equal(result.whats.length, 2, JSON.stringify(result));
    assert.equal(result.whats[0], "1 rule not evaluated: NeverSeen");
    assert.match(result.whats[1] ?? "", /^1 rule fails: doubtful: .*many-to-many/);
  });
});
