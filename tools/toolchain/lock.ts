import { open, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** How often the holder says that it lives, and after how long of silence it is taken for dead; milliseconds. */
export interface LockTimes {
  readonly beat: number;
  readonly dead: number;
  readonly poll: number;
}

const usual: LockTimes = { beat: 5_000, dead: 30_000, poll: 500 };

interface LockOptions {
  readonly log: (line: string) => void;
  /** What the work makes, for the message to those who wait. */
  readonly what: string;
  readonly times?: LockTimes;
}

/**
 * Runs the work while no other process holds the same lock file. A holder that died is told by its silence, not by its
 * process id: that holds in a cache which machines share.
 */
export async function withLock<T>(
  file: string,
  { log, what, times = usual }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (let told = false; !(await take(file)); ) {
    if (!told) log(`another process is making ${what}: waiting for it (lock ${file})`);
    told = true;
    await wait(times.poll);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > times.dead) await rm(file, { force: true });
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, times.beat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(`${process.pid}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
