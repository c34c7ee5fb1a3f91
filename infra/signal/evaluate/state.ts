import type { MissingData } from "../spec";

/** The states of a CloudWatch alarm. */
export type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";
/** A point as the comparison sees it. */
export type Verdict = "ok" | "bad" | "missing";

/** How points become a state. */
export interface Counting {
  /** N: how many points count. */
  readonly n: number;
  /** M: how many of them must be bad. */
  readonly m: number;
  /** How many of the newest points may be used when some are missing, N or more. */
  readonly range: number;
  readonly treat: MissingData;
}

/**
 * The state that follows from the newest points, as "Configuring how CloudWatch alarms treat missing data" (CloudWatch User Guide, 2026-11) has it: with N
 * real points in the range the newest N of them decide and the setting is not used; with fewer, only what lacks is filled. With `missing`, real points that
 * are all bad raise the alarm once the oldest is M points old, though fewer than M exist. Where AWS's prose and its worked table differ, the table holds.
 * @param points oldest first
 */
export function state(points: readonly Verdict[], { n, m, range, treat }: Counting, previous: State): State {
  const newest = points.slice(-range).toReversed();
  const real = newest.filter((point) => point !== "missing");
  const badIn = (some: readonly Verdict[]) => some.filter((point) => point === "bad").length;
  const alarmIf = (bad: boolean): State => (bad ? "ALARM" : "OK");
  if (real.length >= n) return alarmIf(badIn(real.slice(0, n)) >= m);
  const bad = badIn(real);
  if (treat === "breaching") return alarmIf(bad + n - real.length >= m);
  if (treat === "notBreaching") return alarmIf(bad >= m);
  if (real.length === 0) return treat === "missing" ? "INSUFFICIENT_DATA" : previous;
  if (bad >= m) return "ALARM";
  if (bad < real.length) return "OK";
  const ageOfOldest = newest.lastIndexOf("bad") + 1;
  return treat === "missing" && ageOfOldest >= m ? "ALARM" : previous;
}
