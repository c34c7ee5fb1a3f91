import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { PostedAlert } from "../../../tools/live/alertmanager";
import type { SnsMessage } from "../../../tools/live/alertmanager.receivers";
import { orSkipped } from "../../../tools/live/unavailable";
import { type AlertingLab, about, eventually, patience, startLab } from "./alerting.lab";
import { fullPlan } from "./alerting.testing";
import { causes } from "./causes";

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
  let lab: AlertingLab;

  const known = async (component: string, signal: string) => {
    const end = Date.now() + patience;
    for (;;) {
      const found = (await lab.manager.alerts()).find(
        ({ labels, status }) =>
          labels.component === component && labels.signal === signal && status.state !== "unprocessed",
      );
      if (found) return found.status;
      assert.ok(Date.now() < end, `Alertmanager does not know of ${signal} of ${component}`);
      await wait(100);
    }
  };

  before(async function () {
    lab = await orSkipped(this, () => startLab());
    console.log(`Alertmanager ${lab.manager.version}`);
  });

  after(() => lab?.stop());

  it("opens one incident of PagerDuty and closes the same, and the thread in chat", async () => {
    const { labels, annotations = {} } = firing("invoices", { service: "shop" });
    await lab.manager.post({ labels, annotations });
    const opened = await lab.arrived("chat", about("invoices"));
    await lab.manager.post({ labels, annotations, ended: true });
    const closed = await lab.arrived("chat", about("invoices", "resolved"));
    const thread = ({ Message }: SnsMessage) => JSON.parse(Message).metadata.threadId;
    assert.equal(thread(opened), "page-shop");
    assert.equal(thread(closed), "page-shop");
    const { Subject, Message } = await lab.arrived("page", about("invoices", "resolved"));
    assert.equal(Subject, "[PAGE RESOLVED] Messages of a queue wait too long: invoices");
    assert.match(Message, /Ended: 1\n- Messages of a queue wait too long: invoices\n {2}Until: /);
    const events = lab.events.filter(({ payload }) => payload.component === "invoices" || payload.group === "shop");
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
    await lab.manager.post(ticket("crm-import", "crm"), ticket("mes-import", "mes"));
    await lab.arrived("crm", about("crm-import"));
    await lab.arrived("ticket", about("mes-import"));
    assert.equal((await lab.sns.messages("crm")).some(about("mes-import")), false);
    assert.equal((await lab.sns.messages("page")).some(about("mes-import")), false);
  });

  it("keeps the tickets of a component back while it pages, and of no other", async () => {
    const ticket = (component: string) => firing(component, { severity: "ticket", signal: "broker-queue-stuck" });
    await lab.manager.post(firing("payments"), ticket("payments"), ticket("returns"));
    await lab.arrived("ticket", about("returns"));
    assert.equal((await known("payments", "broker-queue-stuck")).inhibitedBy.length, 1);
    assert.deepEqual((await known("returns", "broker-queue-stuck")).inhibitedBy, []);
    assert.equal((await lab.sns.messages("ticket")).some(about("payments")), false);
  });

  for (const { signal, explains, alike } of causes) {
    it(`keeps back what ${signal} explains, where it is the same trouble`, async () => {
      const labels = Object.fromEntries(alike.map((label) => [label, `${signal}-${label}`]));
      // Both pages or both tickets: the rule about severities is another.
      const alert = (id: string, more: Readonly<Record<string, string>> = {}): PostedAlert => ({
        labels: { alertname: id, severity: "ticket", kind: "cause", signal: id, ...labels, ...more },
      });
      const elsewhere = (id: string) => `${signal}-${id}-elsewhere`;
      await lab.manager.post(
        alert(signal),
        ...explains.flatMap((id) => [alert(id), alert(id, { component: elsewhere(id) })]),
      );
      await eventually(async () => {
        for (const id of explains) {
          assert.ok((await known(labels.component ?? "", id)).inhibitedBy.length > 0, id);
          assert.deepEqual((await known(elsewhere(id), id)).inhibitedBy, [], id);
        }
      });
      assert.deepEqual((await known(labels.component ?? "", signal)).inhibitedBy, []);
    });
  }

  it("sends the Watchdog again and again, to its own topic only", async () => {
    await lab.manager.post({ labels: { alertname: "Watchdog", severity: "none" }, annotations: {} });
    const end = Date.now() + patience;
    while ((await lab.sns.messages("watchdog")).length < 3) {
      assert.ok(Date.now() < end, "the Watchdog does not come again");
      await wait(200);
    }
    for (const queue of ["page", "ticket", "chat"])
      assert.equal(
        (await lab.sns.messages(queue)).some(({ Subject }) => Subject.includes("WATCHDOG")),
        false,
      );
  });

  it("is silent in a time of the calendar, but for the Watchdog and other services", async () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 16);
    const now = { recurrence: "once", start: day(-1), end: day(1), timezone: "UTC", reason: "x" } as const;
    const calendar = [{ ...now, name: "now", services: ["crm"] }];
    const muted = await lab.another({ ...fullPlan, calendar });
    try {
      const beats = (await lab.sns.messages("watchdog")).length;
      await muted.post(firing("muted-crm", { service: "crm" }), firing("heard-mes", { service: "mes" }), {
        labels: { alertname: "Watchdog", severity: "none" },
      });
      await lab.arrived("page", about("heard-mes"));
      await wait(2_000);
      assert.equal((await lab.sns.messages("page")).some(about("muted-crm")), false);
      assert.ok((await lab.sns.messages("watchdog")).length > beats);
    } finally {
      await muted.stop();
    }
  });
});
