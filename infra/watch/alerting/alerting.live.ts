import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { stringify } from "yaml";
import { type LiveAlertmanager, type PostedAlert, startAlertmanager } from "../../../tools/live/alertmanager";
import {
  type Emulator,
  type PagerDutyEvent,
  type SnsMessage,
  startEmulator,
  startPagerDuty,
} from "../../../tools/live/alertmanager.receivers";
import { Unavailable } from "../../../tools/live/rabbitmq";
import { addresses, fullPlan, upstream } from "./alerting.testing";
import { causes } from "./causes";
import { templateFile, templates } from "./templates";

const times = { group_wait: "1s", group_interval: "1s", repeat_interval: "2s" } as const;
const patience = 15_000;

/** Whatever may stand in a label: quotes, line breaks, what templates and JSON would read as their own, and no ASCII. */
const nasty = `"quoted" \\ {{ .Status }} \n\t\u0007 <b>&'\u2028 grün 🔥 </script>`;

const base = { kind: "broker", severity: "page", signal: "broker-queue-waiting" };
const firing = (component: string, more: Readonly<Record<string, string>> = {}): PostedAlert => ({
  labels: { alertname: "BrokerQueueWaiting", ...base, component, ...more },
  annotations: {
    summary: `Messages of a queue wait too long: ${component}`,
    description: "Users wait for what the queue feeds.",
    runbook_url: "https://example.com/runbooks/broker-queue-waiting.md",
  },
});

describe("alerting on a real Alertmanager", function () {
  this.timeout(120_000);
  let sns: Emulator;
  let manager: LiveAlertmanager;
  let pagerDuty: { url: string; events: PagerDutyEvent[]; stop(): Promise<void> };

  /** Waits until a queue holds what is looked for. */
  async function arrived(queue: string, wanted: (message: SnsMessage) => boolean): Promise<SnsMessage> {
    const end = Date.now() + patience;
    for (;;) {
      const found = (await sns.messages(queue)).find(wanted);
      if (found) return found;
      assert.ok(Date.now() < end, `nothing such arrived in ${queue}: ${JSON.stringify(await sns.messages(queue))}`);
      await wait(200);
    }
  }
  const about =
    (component: string, status = "firing") =>
    ({ Message, MessageAttributes }: SnsMessage) =>
      Message.includes(component) && MessageAttributes.status?.Value === status;
  const known = async (component: string, signal: string) => {
    const end = Date.now() + patience;
    for (;;) {
      const found = (await manager.alerts()).find(
        ({ labels, status }) =>
          labels.component === component && labels.signal === signal && status.state !== "unprocessed",
      );
      if (found) return found.status;
      assert.ok(Date.now() < end, `Alertmanager does not know of ${signal} of ${component}`);
      await wait(100);
    }
  };

  before(async function () {
    try {
      sns = await startEmulator(console.log, {
        region: fullPlan.region,
        queues: {
          page: { topic: "prometheus-page" },
          ticket: { topic: "prometheus-ticket" },
          crm: { topic: "prometheus-ticket", filter: { service: ["crm"] } },
          chat: { topic: "prometheus-chat" },
          watchdog: { topic: "prometheus-watchdog" },
        },
      });
      pagerDuty = await startPagerDuty();
      // The calendar is proven by a manager of its own.
      const config = upstream({ ...fullPlan, calendar: [] }, { sns: sns.url, pagerDuty: pagerDuty.url, times });
      // The emulator has an account of its own.
      const text = stringify(config, { aliasDuplicateObjects: false }).replaceAll("123456789012", sns.account);
      manager = await startAlertmanager(console.log, {
        "alertmanager.yml": text,
        [templateFile]: templates(addresses.boards),
      });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      console.log(`skipped: ${error.message}`);
      this.skip();
    }
    console.log(`Alertmanager ${manager.version}`);
  });

  after(async () => {
    await manager?.stop();
    await pagerDuty?.stop();
    await sns?.stop();
  });

  it("mails fifty alerts with whatever in their labels as one message that a person can read", async () => {
    const alerts = Array.from({ length: 50 }, (_, index) => ({
      ...firing("storm", { queue: `${index} ${nasty}` }),
      annotations: {
        summary: `Messages wait: ${nasty}`,
        description: nasty.repeat(100),
        runbook_url: "https://example.com/r.md",
      },
    }));
    await manager.post(...alerts);
    const { Subject, Message, MessageAttributes } = await arrived("page", about("storm"));
    assert.match(Subject, /^\[PAGE FIRING\] Messages wait: .* \(50 alerts\)$/);
    assert.match(Subject, /^[\x20-\x7e]{1,100}$/);
    assert.match(Message, /Firing: 50, of which 10 are shown/);
    assert.equal(Message.match(/Runbook: https:\/\/example\.com\/r\.md/g)?.length, 10);
    assert.match(Message, /^Severity: page$/m);
    assert.match(Message, /^Component: storm$/m);
    assert.match(Message, /^Board: https:\/\/g-.*\/d\/vigia-broker$/m);
    assert.ok(Buffer.byteLength(Message) < 20_000, `${Buffer.byteLength(Message)} bytes`);
    assert.deepEqual(Object.fromEntries(Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value])), {
      severity: "page",
      service: "none",
      status: "firing",
    });
  });

  it("tells chat the same in the form of its custom notifications, as JSON that parses", async () => {
    const { Message } = await arrived("chat", about("storm"));
    const notification = JSON.parse(Message);
    assert.deepEqual(Object.keys(notification), ["version", "source", "content", "metadata"]);
    assert.deepEqual([notification.version, notification.source], ["1.0", "custom"]);
    const { textType, title, description, nextSteps, keywords } = notification.content;
    assert.equal(textType, "client-markdown");
    assert.match(title, /^\[PAGE FIRING\] Messages wait: "quoted" \\ \{\{ \.Status \}\} \n.*\(50 alerts\)$/s);
    assert.ok(description.includes("grün 🔥"));
    assert.match(description, /50 alerts, of which 5 are shown$/);
    assert.deepEqual(keywords, ["page"]);
    assert.deepEqual(nextSteps, ["Runbook: https://example.com/r.md", `Board: ${addresses.boards}/d/vigia-broker`]);
  });

  it("opens one incident of PagerDuty and closes the same, and the thread in chat", async () => {
    const { labels, annotations = {} } = firing("invoices", { service: "shop" });
    await manager.post({ labels, annotations });
    const opened = await arrived("chat", about("invoices"));
    await manager.post({ labels, annotations, ended: true });
    const closed = await arrived("chat", about("invoices", "resolved"));
    const thread = ({ Message }: SnsMessage) => JSON.parse(Message).metadata.threadId;
    assert.equal(thread(opened), "page-shop");
    assert.equal(thread(closed), "page-shop");
    const { Subject, Message } = await arrived("page", about("invoices", "resolved"));
    assert.equal(Subject, "[PAGE RESOLVED] Messages of a queue wait too long: invoices");
    assert.match(Message, /Ended: 1\n- Messages of a queue wait too long: invoices\n {2}Until: /);
    const events = pagerDuty.events.filter(
      ({ payload }) => payload.component === "invoices" || payload.group === "shop",
    );
    for (const receiver of ["page-all", "page-shop"]) {
      const own = events.filter(({ routing_key }) => routing_key.endsWith(`:${receiver}-AbCdEf`));
      assert.deepEqual(new Set(own.map(({ event_action }) => event_action)), new Set(["trigger", "resolve"]), receiver);
      assert.equal(new Set(own.map(({ dedup_key }) => dedup_key)).size, 1);
      const [first] = own;
      assert.equal(first?.payload.severity, "critical");
      assert.equal(first?.payload.class, "broker-queue-waiting");
      assert.equal(first?.links?.[0]?.href, annotations.runbook_url);
    }
  });

  it("leaves those in peace who are for another service", async () => {
    const ticket = (component: string, service: string) =>
      firing(component, { severity: "ticket", signal: "broker-queue-stuck", service });
    await manager.post(ticket("crm-import", "crm"), ticket("mes-import", "mes"));
    await arrived("crm", about("crm-import"));
    await arrived("ticket", about("mes-import"));
    assert.equal((await sns.messages("crm")).some(about("mes-import")), false);
    assert.equal((await sns.messages("page")).some(about("mes-import")), false);
  });

  it("keeps the tickets of a component back while it pages, and of no other", async () => {
    const ticket = (component: string) => firing(component, { severity: "ticket", signal: "broker-queue-stuck" });
    await manager.post(firing("payments"), ticket("payments"), ticket("returns"));
    await arrived("ticket", about("returns"));
    assert.equal((await known("payments", "broker-queue-stuck")).inhibitedBy.length, 1);
    assert.deepEqual((await known("returns", "broker-queue-stuck")).inhibitedBy, []);
    assert.equal((await sns.messages("ticket")).some(about("payments")), false);
  });

  for (const { signal, explains, alike } of causes) {
    it(`keeps back what ${signal} explains, where it is the same trouble`, async () => {
      const labels = Object.fromEntries(alike.map((label) => [label, `${signal}-${label}`]));
      // Both pages or both tickets: the rule about severities is another.
      const alert = (id: string, more: Readonly<Record<string, string>> = {}): PostedAlert => ({
        labels: { alertname: id, severity: "ticket", kind: "cause", signal: id, ...labels, ...more },
      });
      const elsewhere = (id: string) => `${signal}-${id}-elsewhere`;
      await manager.post(
        alert(signal),
        ...explains.flatMap((id) => [alert(id), alert(id, { component: elsewhere(id) })]),
      );
      for (const id of explains) {
        assert.ok((await known(labels.component ?? "", id)).inhibitedBy.length > 0, id);
        assert.deepEqual((await known(elsewhere(id), id)).inhibitedBy, [], id);
      }
      assert.deepEqual((await known(labels.component ?? "", signal)).inhibitedBy, []);
    });
  }

  it("sends the Watchdog again and again, to its own topic only", async () => {
    await manager.post({ labels: { alertname: "Watchdog", severity: "none" }, annotations: {} });
    const end = Date.now() + patience;
    while ((await sns.messages("watchdog")).length < 3) {
      assert.ok(Date.now() < end, "the Watchdog does not come again");
      await wait(200);
    }
    for (const queue of ["page", "ticket", "chat"])
      assert.equal(
        (await sns.messages(queue)).some(({ Subject }) => Subject.includes("WATCHDOG")),
        false,
      );
  });

  it("is silent in a time of the calendar, but for the Watchdog and other services", async () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 16);
    const now = { recurrence: "once", start: day(-1), end: day(1), timezone: "UTC", reason: "x" } as const;
    const calendar = [{ ...now, name: "now", services: ["crm"] }];
    const config = upstream({ ...fullPlan, calendar }, { sns: sns.url, pagerDuty: pagerDuty.url, times });
    const muted = await startAlertmanager(console.log, {
      "alertmanager.yml": stringify(config, { aliasDuplicateObjects: false }).replaceAll("123456789012", sns.account),
      [templateFile]: templates(addresses.boards),
    });
    try {
      const beats = (await sns.messages("watchdog")).length;
      await muted.post(firing("muted-crm", { service: "crm" }), firing("heard-mes", { service: "mes" }), {
        labels: { alertname: "Watchdog", severity: "none" },
      });
      await arrived("page", about("heard-mes"));
      await wait(2_000);
      assert.equal((await sns.messages("page")).some(about("muted-crm")), false);
      assert.ok((await sns.messages("watchdog")).length > beats);
    } finally {
      await muted.stop();
    }
  });
});
