import assert from "node:assert/strict";
import { specOf } from "../signal/alarm";
import { evaluate } from "../signal/evaluate/alarm";
import { parseComposite } from "../signal/evaluate/composite";
import { parseSeries } from "../signal/evaluate/samples";
import type { State } from "../signal/evaluate/state";
import type { Stretch } from "../signal/signal";
import { halvesOf } from "./gateway.args";
import { gatewayObjectiveSignals } from "./gateway.signals";
import type { PaceName } from "./paces";

/** So many requests in each minute. */
const served = (count: number, length: string) => `${Array(count).fill(0).join("/")} for ${length}` as Stretch;
const size = { answered: 99 };
const both = parseComposite('ALARM("long") AND ALARM("short")');

/** When the alarm of a pace was on: first and last minute of each time. @param failures of the twenty requests of each minute */
function onDuring(pace: PaceName, failures: readonly Stretch[], length: string): [from: number, to: number][] {
  const { long, short } = halvesOf(pace);
  const data = parseSeries({
    failed: failures,
    theirs: [`missing for ${length}` as Stretch],
    requests: [served(20, length)],
  });
  const [slow, now] = ([long, short] as const).map(
    (id) => evaluate(specOf(gatewayObjectiveSignals[id], size), data).judgements,
  );
  const times = new Set([...(slow ?? []), ...(now ?? [])].map(({ at }) => at));
  const states = { long: "OK" as State, short: "OK" as State };
  const [slowAt, nowAt] = [
    new Map(slow?.map(({ at, state }) => [at, state])),
    new Map(now?.map(({ at, state }) => [at, state])),
  ];
  const on: [number, number][] = [];
  let before: State = "OK";
  for (const at of [...times].sort((one, other) => one - other)) {
    states.long = slowAt.get(at) ?? states.long;
    states.short = nowAt.get(at) ?? states.short;
    const state = both.state(states);
    const last = on.at(-1);
    if (state === "ALARM" && before !== "ALARM") on.push([at / 60, at / 60]);
    else if (state === "ALARM" && last) last[1] = at / 60;
    before = state;
  }
  return on;
}

const day = 1_440;

describe("both windows of a gateway's objective, through days", () => {
  it("page within ten minutes of a total outage, and are over five after it", () => {
    const outage: Stretch[] = ["0 for 1 day", "20 for 30 minutes", "0 for 1 day"];
    assert.deepEqual(onDuring("1h", outage, "2910 minutes"), [[day + 9, day + 34]]);
  });

  it("do not page for what the budget can bear: eight minutes of an outage, or one of ten requests for an hour and more", () => {
    assert.deepEqual(onDuring("1h", ["0 for 1 day", "20 for 8 minutes", "0 for 1 day"], "2888 minutes"), []);
    assert.deepEqual(onDuring("1h", ["0 for 1 day", "2 for 3 hours", "0 for 1 day"], "3060 minutes"), []);
  });

  it("page for the latter within hours", () => {
    const [first, ...others] = onDuring("6h", ["0 for 1 day", "2 for 5 hours", "0 for 1 day"], "3180 minutes");
    assert.deepEqual([first, others], [[day + 217, day + 311], []]);
  });

  it("open a ticket for one of twenty all day, and end two hours after it", () => {
    const [first, ...others] = onDuring("1d", ["0 for 2 days", "1 for 1 day", "0 for 2 days"], "5 days");
    assert.deepEqual([first, others], [[2 * day + 865, 3 * day + 47], []]);
  });

  it("open a ticket where a little fails for days, which no moment shows", () => {
    // One of twenty in one hour of three: 1.7 %.
    const little: Stretch[] = Array.from({ length: 24 }, () => ["1 for 1 hour", "0 for 2 hours"] as const).flat();
    const found = onDuring("3d", ["0 for 3 days", ...little], "6 days");
    assert.equal(found.length, 1);
    assert.ok((found[0]?.[0] ?? 0) > 4.5 * day, String(found[0]));
    for (const pace of ["1h", "6h", "1d"] as const)
      assert.deepEqual(onDuring(pace, ["0 for 3 days", ...little], "6 days"), []);
  });
});
