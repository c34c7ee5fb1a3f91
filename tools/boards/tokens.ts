import { randomBytes } from "node:crypto";
import { holdSignals } from "../engine/cleanup";

/** A token as AWS lists it. */
export interface TokenSummary {
  readonly id: string;
  readonly expiresAt: Date;
}

/** The tokens of one service account. */
export interface Tokens {
  list(): Promise<readonly TokenSummary[]>;
  /** @returns its id, and the key that nobody can read again */
  create(name: string, secondsToLive: number): Promise<{ readonly id: string; readonly key: string }>;
  remove(id: string): Promise<void>;
}

/** Seconds that a token lives: longer than a run takes, and short enough to be of no use to whoever finds it. */
export const life = 3_600;

/** How often a token is asked to go, before it is left to end by itself. */
const attempts = 3;

/** The run was ended by a signal before its work began. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Does work with a token of its own, which is gone afterwards: also when the work fails or a signal comes. Only where the process is killed outright does it
 * remain, until its hour is over; the next run removes it then. Those that have expired go first, because they count towards the quota of 100.
 * @param tell takes one line for a person
 */
export async function withToken<T>(
  tokens: Tokens,
  work: (key: string) => Promise<T>,
  tell: (line: string) => void,
  now: () => number = Date.now,
): Promise<T> {
  let signal: NodeJS.Signals | undefined;
  const release = holdSignals((given) => {
    signal = given;
  });
  try {
    for (const { id, expiresAt } of await tokens.list()) {
      if (expiresAt.getTime() <= now()) await gone(tokens, id, tell);
    }
    const name = `boards-${new Date(now()).toISOString().replace(/\D/g, "").slice(0, 14)}-${randomBytes(4).toString("hex")}`;
    const { id, key } = await tokens.create(name, life);
    try {
      if (signal) throw new Interrupted(`ended by ${signal} before anything was changed`);
      return await work(key);
    } finally {
      await gone(tokens, id, tell);
    }
  } finally {
    release();
  }
}

/** Never throws: what the work did or said must not be lost for it. */
async function gone(tokens: Tokens, id: string, tell: (line: string) => void): Promise<void> {
  let failure: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await tokens.remove(id);
      return;
    } catch (error) {
      failure = error;
    }
  }
  const why = failure instanceof Error ? failure.message : String(failure);
  tell(`token ${id} could not be deleted, and ends by itself within the hour: ${why}`);
}
