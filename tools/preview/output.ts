import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Where a command writes, so that a test can read it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether `out` shows colours. */
  readonly colours: boolean;
}

/**
 * Writes a result to out/<stack>/ in a folder. A reader never sees half of it.
 * @returns its path from the current folder
 */
export function writeResult(folder: string, stack: string, file: string, text: string): string {
  const path = join(folder, "out", stack, file);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
  return relative(process.cwd(), path);
}
