/**
 * Pictures of boards without a Grafana, to look at: `npx tsx tools/boards/picture.ts [folder]`. Data come from a real Prometheus and a real Loki that hold a made-up day and the
 * bad cases of proofs; what CloudWatch and the alert manager would say stays empty. Grafana's own components draw them, in headless Chromium.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ofKinds, ofStack } from "./picture/answers";
import { bundle, chromium, draw } from "./picture/draw";

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const out = resolve(process.argv[2] ?? join("out", "boards"));
  const browser = await chromium();
  const folder = await mkdtemp(join(tmpdir(), "vigia-picture-"));
  try {
    await mkdir(out, { recursive: true });
    await bundle(folder, say);
    for (const picture of [...(await ofStack(say)), ...(await ofKinds(say, ["service", "nodes"]))])
      say(await draw(folder, out, browser, picture));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
