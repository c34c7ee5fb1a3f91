import assert from "node:assert/strict";
import { type Recorded, type Recording, record } from "../../kit/recorder";
import type { Maintenance } from "../calendar";
import { IncidentBook } from "./book";
import { Incidents } from "./incidents";
import { page, queue, shop, watcher } from "./testing";

const mute = "aws:cloudwatch/alarmMuteRule:AlarmMuteRule";
const asOf = new Date("2026-11-20T12:00:00Z");
const nightly: Maintenance = {
  name: "nightly",
  reason: "Backups of the warehouse",
  timezone: "Europe/Berlin",
  recurrence: "daily",
  start: "02:00",
  duration: "1 hour",
};
const ofShop: Maintenance = { ...nightly, name: "shop-release", services: ["shop"] };
const once = (start: string, end: string): Maintenance => ({
  name: "move",
  reason: "x",
  timezone: "Europe/Berlin",
  recurrence: "once",
  start,
  end,
});

const made = (
  calendar: readonly Maintenance[],
  declare: (book: IncidentBook) => void,
  mode?: "update" | "preview",
): Promise<Recording> =>
  record(() => {
    const book = new IncidentBook();
    declare(book);
    new Incidents("incidents", { book, watcher, prefix: "prod", calendar, asOf });
  }, mode);

const everything = (book: IncidentBook) => {
  queue("orders", book.of(shop));
  queue("invoices", book.apart("crm"));
  page(book.of({ name: "watch", about: "the watch itself", mutable: false }), "prometheus", "watchdog-silent");
  queue("heartbeats", book.of({ name: "watch", about: "the watch itself", mutable: false }));
};
const namesOf = (queueName: string) =>
  ["dead-letters", "dead-letters-expiring", "growing-backlog", "in-flight"].map((id) => `${queueName}-queue-${id}`);
const alarmsOf = ({ inputs }: Recorded): string[] => (inputs.muteTargets as { alarmNames: string[] }).alarmNames;
/** Those of the shop that tell somebody. */
const shops = ["shop", ...namesOf("orders")].sort();

describe("mute rules", () => {
  for (const mode of ["update", "preview"] as const) {
    it(`mute what tells somebody: incidents and alarms that speak for themselves, of every service or of one (${mode})`, async () => {
      const recording = await made([nightly, ofShop], everything, mode);
      const [all, some] = ["incidents-nightly", "incidents-shop-release"].map((name) => recording.one(mute, name));
      assert.deepEqual(
        all?.madeFrom.muteTargets,
        [...shops, ...namesOf("invoices"), "invoices-queue-oldest-message"].sort(),
      );
      assert.deepEqual(some?.madeFrom.muteTargets, shops);
      assert.deepEqual(all?.inputs.rule, {
        schedule: { expression: "cron(0 2 * * *)", duration: "PT1H", timezone: "Europe/Berlin" },
      });
      assert.deepEqual([all?.inputs.description, all?.parent], ["Planned work: Backups of the warehouse", "incidents"]);
    });
  }

  it("name the alarms as AWS does", async () => {
    const recording = await made([ofShop], everything);
    assert.deepEqual(
      alarmsOf(recording.one(mute, "incidents-shop-release")).sort(),
      [...namesOf("orders").map((name) => `${name}-1234567`), "prod-shop"].sort(),
    );
  });

  it("are as many as a hundred alarms each ask for", async () => {
    const recording = await made([nightly], (book) => {
      for (let at = 0; at < 250; at++) page(book.apart(), `queue-${at}`);
    });
    const rules = recording.ofType(mute);
    assert.deepEqual(rules.map((rule) => [rule.name, alarmsOf(rule).length]).sort(), [
      ["incidents-nightly", 100],
      ["incidents-nightly-2", 100],
      ["incidents-nightly-3", 50],
    ]);
  });

  it("are none for what is over, for a service without alarms, and without a calendar", async () => {
    const over = once("2026-11-20T10:00", "2026-11-20T13:00");
    assert.equal((await made([over], everything)).ofType(mute).length, 0);
    const ends = once("2026-11-20T10:00", "2026-11-20T13:01");
    assert.equal((await made([ends], everything)).ofType(mute).length, 1);
    assert.equal((await made([{ ...nightly, services: ["mes"] }], everything)).ofType(mute).length, 0);
    assert.equal((await made([], everything)).ofType(mute).length, 0);
  });

  it("are not more than a region takes", async () => {
    const calendar = Array.from({ length: 2_001 }, (_, at): Maintenance => ({ ...nightly, name: `work-${at}` }));
    await assert.rejects(made(calendar, everything), /calendar: a region takes at most 2000 mute rules.*got 2001/);
  });
});
