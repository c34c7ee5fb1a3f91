/** What people read, with labels that nobody expects, in groups that are large: each text is parsed as its reader parses it. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { PostedAlert } from "../../../tools/live/alertmanager";
import type { SnsMessage } from "../../../tools/live/alertmanager.receivers";
import { orSkipped } from "../../../tools/live/unavailable";
import { type AlertingLab, about, nasty, patience, startLab } from "./alerting.lab";
import { addresses } from "./alerting.testing";

/** What PagerDuty takes ("Send an Alert Event", PagerDuty Developer Documentation, 2026-11). */
const most = { summary: 1_024, eventBytes: 512 * 1_024 } as const;

const labels = { alertname: "BrokerQueueWaiting", kind: "broker", severity: "page", signal: "broker-queue-waiting" };
const fifty = (component: string): PostedAlert[] =>
  Array.from({ length: 50 }, (_, index) => ({
    labels: { ...labels, component, queue: `${index} ${nasty}` },
    annotations: {
      summary: `Messages wait: ${nasty}`,
      description: nasty.repeat(100),
      runbook_url: "https://example.com/r.md",
    },
  }));

/** A notification as chat reads it ("Custom notifications using Amazon Q Developer in chat applications", Administrator Guide, 2026-11). */
interface Notification {
  readonly version: string;
  readonly source: string;
  readonly content: {
    readonly textType: string;
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: { readonly threadId: string };
}
const notification = ({ Message }: SnsMessage) => JSON.parse(Message) as Notification;

describe("the texts of a storm of alerts", function () {
  this.timeout(120_000);
  let lab: AlertingLab;
  const storm = fifty("storm");
  const ended = (alerts: readonly PostedAlert[]) => alerts.map((alert) => ({ ...alert, ended: true }));
  const events = (component: string) => lab.events.filter(({ payload }) => payload.component === component);
  /** Waits until PagerDuty was told so. */
  async function told(component: string, action: string) {
    const end = Date.now() + patience;
    for (;;) {
      const found = events(component).find(({ event_action }) => event_action === action);
      if (found) return found;
      assert.ok(Date.now() < end, `PagerDuty was not told to ${action} ${component}`);
      await wait(200);
    }
  }

  before(async function () {
    lab = await orSkipped(this, () => startLab());
    await lab.manager.post(...storm);
  });

  after(() => lab?.stop());

  it("are one mail that a person can read", async () => {
    const { Subject, Message, MessageAttributes } = await lab.arrived("page", about("storm"));
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

  it("are in chat a custom notification, as JSON that parses", async () => {
    const { version, source, content, metadata, ...rest } = notification(await lab.arrived("chat", about("storm")));
    assert.deepEqual([version, source, rest], ["1.0", "custom", {}]);
    const { textType, title, description, nextSteps, keywords } = content;
    assert.equal(textType, "client-markdown");
    assert.match(title, /^\[PAGE FIRING\] Messages wait: "quoted" \\ \{\{ \.Status \}\} \n.*\(50 alerts\)$/s);
    assert.ok(description.includes("grün 🔥"));
    assert.match(description, /50 alerts, of which 5 are shown$/);
    assert.deepEqual(keywords, ["page"]);
    assert.deepEqual(nextSteps, ["Runbook: https://example.com/r.md", `Board: ${addresses.boards}/d/vigia-broker`]);
    assert.equal(metadata.threadId, "page-storm-broker");
  });

  it("are one incident of PagerDuty, within what it takes", async () => {
    const event = await told("storm", "trigger");
    const { summary, severity, class: what, group, custom_details: details } = event.payload;
    assert.deepEqual([severity, what, group], ["critical", "broker-queue-waiting", "platform"]);
    assert.match(String(summary), /^\[PAGE FIRING\] Messages wait: "quoted" .*\(50 alerts\)$/s);
    assert.ok(String(summary).length <= most.summary);
    assert.match(JSON.stringify(details), /Firing: 50, of which 10 are shown/);
    assert.ok(Buffer.byteLength(JSON.stringify(event)) < most.eventBytes);
    assert.deepEqual(
      event.links?.map(({ href, text }) => [new URL(href).href, text]),
      [["https://example.com/r.md", "Runbook"]],
    );
    assert.equal(new Set(events("storm").map(({ dedup_key }) => dedup_key)).size, 1);
  });

  it("say of half of it that it ended, and the incident stays open", async () => {
    await lab.manager.post(...ended(storm.slice(25)));
    const { Message } = await lab.arrived("page", ({ Message: text }) =>
      /^Ended: 25, of which 10 are shown$/m.test(text),
    );
    assert.match(Message, /^Firing: 25, of which 10 are shown$/m);
    const chat = await lab.arrived("chat", (message) => notification(message).content.title.includes("(25 alerts)"));
    assert.match(notification(chat).content.description, /25 alerts, of which 5 are shown$/);
    assert.ok(events("storm").every(({ event_action }) => event_action === "trigger"));
  });

  it("say of all of it that it ended, and that closes the incident and the thread", async () => {
    await lab.manager.post(...ended(storm));
    const { Subject, Message } = await lab.arrived("page", about("storm", "resolved"));
    assert.match(Subject, /^\[PAGE RESOLVED\] Messages wait: .*$/);
    assert.match(Message, /^Ended: \d+, of which 10 are shown$/m);
    const chat = notification(await lab.arrived("chat", about("storm", "resolved")));
    assert.match(chat.content.title, /^\[PAGE RESOLVED\]/);
    assert.equal(chat.metadata.threadId, "page-storm-broker");
    const [opened, closed] = [await told("storm", "trigger"), await told("storm", "resolve")];
    assert.equal(closed.dedup_key, opened.dedup_key);
    assert.equal(closed.routing_key, opened.routing_key);
  });
});
