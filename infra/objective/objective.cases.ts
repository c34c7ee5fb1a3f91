/** The cases by which a pace is proven, in shares that a person chose. */

import { type Duration, durationText, seconds } from "../kit/units";
import type { RuleProof, RuleSeries } from "../signal/rule.record";
import { diluted, example, inTurn, type Series, type Spell, unseen } from "./objective.proofs";
import type { ObjectiveSize } from "./objective.size";
import { type PaceName, paces } from "./paces";

/** Shares in percent, and how long they last. */
interface Chosen {
  /** Just over the limit, and just under it. */
  readonly over: number;
  readonly under: number;
  /** A short window over its limit, with the long one lagging: a clean long window, everything fails, then a share near the limit. */
  readonly burst: {
    readonly clean: Duration;
    readonly all: Duration;
    readonly over: Duration;
    readonly under: Duration;
  };
  /** A long window near its limit, with the short one well over it. */
  readonly creep: {
    readonly before: Spell;
    readonly over: Spell;
    readonly under: Spell;
  };
  /** Requests a minute of a quiet service of which a fifth fails: enough of them, and too few. */
  readonly quiet: {
    readonly enough: readonly [perMinute: number, length: Duration];
    readonly few: readonly [perMinute: number, length: Duration];
  };
}

/** Of errors, one of a hundred of which is allowed. */
const chosen: Readonly<Record<PaceName, Chosen>> = {
  "1h": {
    over: 14.45,
    under: 14.35,
    burst: { clean: "60 minutes", all: "5 minutes", over: "40 minutes", under: "50 minutes" },
    creep: { before: [14, "60 minutes"], over: [15, "30 minutes"], under: [15, "21 minutes"] },
    // 10.4 and 9.6 failures an hour.
    quiet: { enough: [0.866_666_5, "70 minutes"], few: [0.8, "130 minutes"] },
  },
  "6h": {
    over: 6.05,
    under: 5.95,
    burst: { clean: "6 hours", all: "10 minutes", over: "210 minutes", under: "240 minutes" },
    creep: { before: [5.6, "6 hours"], over: [6.6, "155 minutes"], under: [6.6, "132 minutes"] },
    quiet: { enough: [0.144_444_5, "375 minutes"], few: [0.133_333_5, "400 minutes"] },
  },
  "1d": {
    over: 3.05,
    under: 2.95,
    burst: { clean: "24 hours", all: "20 minutes", over: "14 hours", under: "15 hours" },
    creep: { before: [2.6, "24 hours"], over: [3.6, "610 minutes"], under: [3.6, "540 minutes"] },
    quiet: { enough: [0.036_111_5, "1430 minutes"], few: [0.033_333_5, "1600 minutes"] },
  },
  "3d": {
    over: 1.05,
    under: 0.95,
    burst: { clean: "3 days", all: "35 minutes", over: "15 hours", under: "17 hours" },
    creep: { before: [0.6, "3 days"], over: [1.6, "30 hours"], under: [1.6, "27 hours"] },
    quiet: { enough: [0.012_037_5, "4200 minutes"], few: [0.011_111_5, "4600 minutes"] },
  },
};

const inMinutes = (length: Duration): number => seconds(length) / 60;
const forMinutes = (count: number): Duration => durationText(60 * count);

/** Requests a minute, enough of them that the first evaluation has something to judge. */
const busy = 100_000;

/** Bad from the first evaluation on, for just as long as the alert waits. */
function steady(series: Series, over: number, name: PaceName): RuleSeries {
  const { pending, every } = paces[name];
  return series([[over, forMinutes(inMinutes(every) + inMinutes(pending) + 1)]], busy);
}

/** Bad for one evaluation less than the alert waits. */
function brief(series: Series, over: number, name: PaceName): RuleSeries {
  const pending = inMinutes(paces[name].pending);
  return inTurn(
    series([[over, forMinutes(pending + 1)]], busy),
    diluted(series, "2 minutes"),
    series([[0, forMinutes(pending + 8)]]),
  );
}

/** Every other minute, and nobody asks between: the rate of five minutes is that share all the time. */
const fits = (series: Series, percent: number): RuleSeries =>
  inTurn(...Array.from({ length: 10 }, () => [series([[percent, "1 minute"]]), series([[0, "1 minute"]], 0)]).flat());

/** How a pace is proven for errors: each window by itself near its limit, all fails, and hardly anybody asks. */
export function errorsProof(series: Series, name: PaceName): RuleProof<ObjectiveSize> {
  const { over, under, burst, creep, quiet } = chosen[name];
  const clean: Spell = [0, burst.clean];
  const all: Spell = [100, burst.all];
  return {
    size: example,
    bad: [
      steady(series, over, name),
      steady(series, 100, name),
      series([clean, all, [over, burst.over]]),
      series([creep.before, creep.over]),
      series([[20, quiet.enough[1]]], quiet.enough[0]),
      ...(name === "1h" ? [fits(series, 20)] : []),
    ],
    fine: [
      brief(series, over, name),
      // Nobody looks for a while: nothing is known to go on.
      inTurn(series([clean, all, [under, burst.under]]), unseen(series, "15 minutes"), series([[0, "5 minutes"]])),
      series([creep.before, creep.under]),
      series([[20, quiet.few[1]]], quiet.few[0]),
    ],
    healed: diluted(series, paces[name].every === "1 minute" ? "2 minutes" : "6 minutes"),
  };
}

/** Just over and just under the limit of latency, of which one of twenty is allowed to be late. */
const lateness: Readonly<Record<PaceName, readonly [over: number, under: number]>> = {
  "1h": [72.05, 71.95],
  "6h": [30.05, 29.95],
  "1d": [15.05, 14.95],
  "3d": [5.05, 4.95],
};

/** How a pace is proven for latency: its windows are those of errors, and proven there. */
export function latencyProof(series: Series, name: PaceName): RuleProof<ObjectiveSize> {
  const [over, under] = lateness[name];
  return {
    size: example,
    bad: [steady(series, over, name), ...(name === "1h" ? [fits(series, 80)] : [])],
    fine: [brief(series, over, name), series([[under, "90 minutes"]], busy)],
    healed: diluted(series, paces[name].every === "1 minute" ? "2 minutes" : "6 minutes"),
  };
}
