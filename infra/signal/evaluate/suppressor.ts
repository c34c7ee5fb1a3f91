import type { Judgement, StateTimeline } from "./alarm";
import type { State } from "./state";

/** What keeps a composite alarm from acting. Both periods are needed ("Composite alarm action suppression", CloudWatch User Guide, 2026-11). */
export interface Suppression {
  readonly suppressor: StateTimeline;
  /** Seconds that the composite waits, once in ALARM, for the suppressor to go into ALARM too. */
  readonly wait: number;
  /** Seconds that it waits, after the suppressor left ALARM, for itself to recover. */
  readonly extension: number;
}

const stateAt = ({ judgements }: StateTimeline, at: number): State =>
  judgements.findLast((judgement) => judgement.at <= at)?.state ?? "INSUFFICIENT_DATA";

/**
 * The actions that a composite alarm takes: a state and the second in which it acts on it. While the suppressor is in ALARM, and for the extension after
 * it, there are none; going into ALARM waits first. A state that was over by then is never acted on.
 */
export function actionsOf(composite: StateTimeline, { suppressor, wait, extension }: Suppression): Judgement[] {
  const times = new Set([...composite.judgements, ...suppressor.judgements].map(({ at }) => at));
  const endings = suppressor.transitions.filter(({ from }) => from === "ALARM").map(({ at }) => at + extension);
  const waits = composite.transitions.filter(({ state }) => state === "ALARM").map(({ at }) => at + wait);
  for (const at of [...endings, ...waits]) times.add(at);
  const actions: Judgement[] = [];
  let acted: State = "INSUFFICIENT_DATA";
  let since: Judgement = { state: acted, at: 0 };
  for (const at of [...times].sort((one, other) => one - other)) {
    const now = stateAt(composite, at);
    if (now !== since.state) since = { state: now, at };
    const ended = suppressor.transitions.findLast((change) => change.at <= at && change.from === "ALARM");
    const muted = stateAt(suppressor, at) === "ALARM" || (ended !== undefined && at < ended.at + extension);
    const waiting = now === "ALARM" && at < since.at + wait;
    if (muted || waiting || now === acted) continue;
    actions.push({ at, state: now });
    acted = now;
  }
  return actions;
}
