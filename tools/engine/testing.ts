import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../build.cjs";

/** A project in a temporary folder, with this one's packages and compiler. */
export interface TestProject {
  readonly folder: string;
  /** Writes a file of the project. */
  write(file: string, text: string): void;
  remove(): void;
}

/** Makes a project of the given files, with this project's own Pulumi.yaml, entry point and compiler. */
export function testProject(files: Readonly<Record<string, string>>): TestProject {
  const folder = mkdtempSync(join(tmpdir(), "vigia-test-"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const file of ["Pulumi.yaml", "package.json", "stacks/main.cjs", "tools/build.cjs"]) {
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
