/** Previews one of the two Pulumi programs on the engine: `preview.cjs <plain|watched> <queues> [<policy pack>]`. The last line says what the engine planned. */
import { stackType } from "../../engine/record";
import { withStack } from "../../engine/run";
import { place } from "./terms";

async function preview(name: string | undefined, queues: number, pack: string | undefined): Promise<void> {
  const program = async () => {
    if (name === "watched") (await import("./watched.js")).watched(queues);
    else (await import("./plain.js")).plain(queues);
  };
  const config = { "aws:region": place.region };
  const run = await withStack(
    { stack: "bench", program, provider: "stand-in", packages: ["aws"], config, pack, log: () => undefined },
    (stack) => stack.preview(),
  );
  const resources: Record<string, number> = {};
  for (const { type } of run.resources) {
    if (type === stackType || type.startsWith("pulumi:providers:")) continue;
    resources[type] = (resources[type] ?? 0) + 1;
  }
  const said = { resources, violations: run.violations.length, ...(run.cause && { cause: run.cause }) };
  process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(0));
}

preview(process.argv[2], Number(process.argv[3]), process.argv[4]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`, () => process.exit(1));
});
