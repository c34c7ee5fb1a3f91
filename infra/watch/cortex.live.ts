/** The documents that AMP gets, given to Cortex: AMP is of that family of engines, and says no version. What AMP allows besides stands in the tests of each document. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { type Emulator, type SnsMessage, startEmulator } from "../../tools/live/alertmanager.receivers";
import { type Answer, type LiveCortex, startCortex } from "../../tools/live/cortex";
import type { Sample } from "../../tools/live/cortex.write";
import { orSkipped } from "../../tools/live/unavailable";
import { place, record } from "../kit/recorder";
import { Alerting } from "./alerting/alerting";
import type { AlertingArgs } from "./alerting/alerting.args";
import { elsewhere } from "./alerting/alerting.testing";
import type { AlertmanagerConfig } from "./alerting/definition";

const folder = resolve(__dirname, "../../generated/rules");
const times = { group_wait: "1s", group_interval: "1s", repeat_interval: "2s" } as const;
const patience = 30_000;

interface Group {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Readonly<Record<string, unknown>>[];
}
const groupsIn = (text: string): readonly Group[] => (parse(text) as { readonly groups: readonly Group[] }).groups;
const namespaces = readdirSync(folder).map((file) => basename(file, ".yaml"));
const groupsOf = (namespace: string) => groupsIn(readFileSync(join(folder, `${namespace}.yaml`), "utf8"));

/** The very rule, but for the minutes: it is evaluated every second, and fires at the next one. */
const atOnce = (group: Group): Group => ({
  ...group,
  interval: "1s",
  rules: group.rules.map((rule) => ({ ...rule, for: "1s" })),
});

const args: AlertingArgs = {
  ...place,
  workspace: { id: "ws-1", arn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1" },
  watcher: { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" },
  subscribers: {
    page: [{ protocol: "email", endpoint: "on-call@example.com" }],
    ticket: [{ protocol: "email", endpoint: "team@example.com" }],
  },
  boards: "https://boards.example.com",
};

/** What the component gives AMP. */
async function documents(more: Partial<AlertingArgs> = {}): Promise<{ definition: string; watchdog: string }> {
  const recording = await record(() => new Alerting("prometheus", { ...args, ...more }));
  const { definition } = recording.one("aws:amp/alertManagerDefinition:AlertManagerDefinition", "prometheus").inputs;
  const { data } = recording.one("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "prometheus-watchdog").inputs;
  assert.ok(typeof definition === "string" && typeof data === "string");
  return { definition, watchdog: data };
}

/** A definition whose receivers are on this machine: AMP's has no place for their addresses and keys. */
function here(definition: string, places: Parameters<typeof elsewhere>[1], account: string): string {
  const document = parse(definition) as { alertmanager_config: string; template_files: unknown };
  const config = elsewhere(parse(document.alertmanager_config) as AlertmanagerConfig, places);
  const text = stringify(config, { aliasDuplicateObjects: false }).replaceAll(place.account, account);
  return stringify({ ...document, alertmanager_config: text });
}

const taken = (answer: Answer, what: string) => assert.ok(answer.taken, `${what}: ${JSON.stringify(answer)}`);
function refused(answer: Answer, why: RegExp) {
  assert.ok(!answer.taken, "it was taken");
  assert.equal(answer.status, 400, answer.why);
  assert.match(answer.why, why);
}

const service = { cluster: "cluster-1.a", namespace: "namespace-1.a", service: "service-1.a", pod: "a" };
const answered = (code: string) => ({ __name__: "http_request_duration_seconds_count", ...service, code });
const sessions = { __name__: "http_sessions", ...service };
const exporter = (up: number) => ({ labels: { __name__: "pg_up", database: "database-1.a" }, value: up });

describe("Cortex with the documents of AMP", function () {
  this.timeout(180_000);
  let cortex: LiveCortex;
  let sns: Emulator;

  before(async function () {
    this.timeout(1_800_000);
    await orSkipped(this, async () => {
      cortex = await startCortex(console.log);
      sns = await startEmulator(console.log, {
        region: place.region,
        queues: Object.fromEntries(
          ["page", "ticket", "watchdog"].map((name) => [name, { topic: `prometheus-${name}-1234567` }]),
        ),
      });
    });
    console.log(`Cortex ${cortex.version}`);
  });

  after(async () => {
    await cortex?.stop();
    await sns?.stop();
  });

  it(`takes each of the ${namespaces.length} namespaces of generated/rules`, async () => {
    assert.ok(namespaces.length > 50);
    for (const namespace of namespaces) {
      for (const group of groupsOf(namespace)) taken(await cortex.setGroup(namespace, group), namespace);
      await cortex.deleteNamespace(namespace);
    }
  });

  it("refuses rules that it cannot evaluate, so that taking them says something", async () => {
    const [group] = groupsOf("service-errors");
    assert.ok(group);
    const instead = (expr: string) =>
      cortex.setGroup("refused", { ...group, rules: group.rules.map((rule) => ({ ...rule, expr })) });
    refused(await instead("sum("), /could not parse expression/);
    refused(await instead("double_exponential_smoothing(up[5m], 0.5, 0.5)"), /unknown function/);
    refused(await cortex.setGroup("refused", { ...group, rules: [{ expr: "up" }] }), /record|alert/);
  });

  it("takes the alert manager's definition as it is", async () => {
    taken(await cortex.define((await documents()).definition), "the definition");
  });

  it("takes one with PagerDuty, chat and a calendar, but for AMP's own way to a secret", async () => {
    const { definition } = await documents({
      subscribers: { ...args.subscribers, page: [{ protocol: "pagerduty", secret: "vigia/pagerduty/page" }] },
      slack: { team: "T0123ABCD", channel: "C0123ABCD" },
      calendar: [
        {
          name: "patches",
          recurrence: "weekly",
          weekday: "sunday",
          start: "23:00",
          duration: "3 hours",
          timezone: "Europe/Berlin",
          reason: "RDS patches itself",
        },
      ],
    });
    refused(await cortex.define(definition), /routing_key|cannot unmarshal/);
    const local = { sns: "http://127.0.0.1:1", pagerDuty: "http://127.0.0.1:1" };
    taken(await cortex.define(here(definition, local, place.account)), "the definition with a key in it");
  });

  it("refuses a definition with a receiver that is none, a template that is none, and one that is too long", async () => {
    const { definition } = await documents();
    refused(await cortex.define(definition.replace("receiver: watchdog", "receiver: nobody")), /undefined receiver/);
    refused(await cortex.define(definition.replace("{{ define", "{{ define {{")), /template/);
    refused(await cortex.define(`${definition}\n# ${"x".repeat(1_000_000)}`), /too big|limit/i);
  });

  describe("from samples to a person", () => {
    const written: Sample[] = [];
    let writer: Promise<void>;
    let state: { failing: boolean; crowded: boolean; done: boolean };
    const counted = { good: 0, bad: 0 };

    /** What is scraped at an instant: a service that fails one request of ten and later has too many sessions, and a database that nobody can look into. */
    function scraped(at: number): readonly Sample[] {
      counted.good += state.failing ? 900 : 1_000_000;
      counted.bad += state.failing ? 100 : 0;
      return [
        { labels: answered("200"), value: counted.good },
        { labels: answered("500"), value: counted.bad },
        { labels: sessions, value: state.crowded ? 1_900 : 10 },
        exporter(state.failing ? 0 : 1),
      ].map((sample) => ({ ...sample, at }));
    }

    /** Waits until a queue holds what is looked for. */
    async function arrived(queue: string, signal: string, status = "firing"): Promise<SnsMessage> {
      const end = Date.now() + patience;
      for (;;) {
        const all = await sns.messages(queue);
        const found = all.find(
          ({ Message, MessageAttributes }) => Message.includes(signal) && MessageAttributes.status?.Value === status,
        );
        if (found) return found;
        assert.ok(Date.now() < end, `${signal} (${status}) did not arrive in ${queue}: ${JSON.stringify(all)}`);
        await wait(200);
      }
    }

    before(async () => {
      const { definition, watchdog } = await documents();
      const local = { sns: sns.url, pagerDuty: "http://127.0.0.1:1", times };
      taken(await cortex.define(here(definition, local, sns.account)), "the definition");
      const given = ["service-errors", "service-sessions", "database-exporter-blind"].map(
        (namespace) => [namespace, groupsOf(namespace)] as const,
      );
      for (const [namespace, groups] of [...given, ["watchdog", groupsIn(watchdog)] as const])
        for (const group of groups) taken(await cortex.setGroup(namespace, atOnce(group)), namespace);
      state = { failing: true, crowded: false, done: false };
      const now = Date.now();
      // Rates look five minutes back.
      for (let at = now - 330_000; at < now; at += 15_000) written.push(...scraped(at));
      await cortex.write(written);
      writer = (async () => {
        while (!state.done) {
          await cortex.write(scraped(Date.now()));
          await wait(1_000);
        }
      })();
    });

    after(async () => {
      if (!state) return;
      state.done = true;
      await writer;
    });

    it("tells a page", async () => {
      const { Subject, Message, MessageAttributes } = await arrived("page", "service-errors");
      assert.equal(Subject, "[PAGE FIRING] A service fails requests: proof");
      assert.match(Message, /^Severity: page$/m);
      assert.match(Message, /^Board: https:\/\/boards\.example\.com\/d\/vigia-service$/m);
      assert.match(Message, /^ {2}Runbook: https:\/\/example\.com\/service-errors\.md$/m);
      assert.equal(MessageAttributes.severity?.Value, "page");
    });

    it("tells a ticket, and keeps back the one that the page explains", async () => {
      const { Subject } = await arrived("ticket", "database-exporter-blind");
      assert.match(Subject, /^\[TICKET FIRING\] .*: proof$/);
      state.crowded = true;
      const end = Date.now() + patience;
      for (;;) {
        const found = (await cortex.alerts()).find(({ labels }) => labels.signal === "service-sessions");
        if (found && found.status.inhibitedBy.length > 0) break;
        assert.ok(Date.now() < end, `service-sessions is not inhibited: ${JSON.stringify(found)}`);
        await wait(200);
      }
      // Longer than its group waits.
      await wait(3_000);
      const tickets = await sns.messages("ticket");
      assert.ok(!tickets.some(({ Message }) => Message.includes("service-sessions")));
    });

    it("sends the Watchdog to its own topic", async () => {
      const { Subject } = await arrived("watchdog", "as long as Prometheus can alert");
      assert.equal(Subject, "[WATCHDOG] Prometheus can alert");
    });

    it("has evaluated all of it without an error", async () => {
      const rules = (await cortex.groups()).flatMap((group) => group.rules);
      assert.ok(rules.length >= 5);
      for (const { name, health, lastError } of rules) assert.equal(health, "ok", `${name}: ${lastError}`);
    });

    it("tells when it is over", async () => {
      Object.assign(state, { failing: false, crowded: false });
      const { Subject } = await arrived("page", "service-errors", "resolved");
      assert.equal(Subject, "[PAGE RESOLVED] A service fails requests: proof");
      await arrived("ticket", "database-exporter-blind", "resolved");
    });
  });
});
