/** Previews a Pulumi program on the engine: `preview.cjs <program> <queues> [<policy pack>]`. The last line says what the engine planned. */
import { stackType } from "../../engine/record";
import { withStack } from "../../engine/run";
import { runProgram } from "./programs";
import { place } from "./terms";

async function preview([name = "", queues = "", pack]: readonly string[]): Promise<void> {
  const run = await withStack(
    {
      stack: "bench",
      program: () => runProgram(name, Number(queues)),
      provider: "stand-in",
      packages: ["aws"],
      config: { "aws:region": place.region },
      pack,
      log: () => undefined,
    },
    (stack) => stack.preview(),
  );
  const resources: Record<string, number> = {};
  for (const { type } of run.resources) {
    if (type === stackType || type.startsWith("pulumi:providers:")) continue;
    resources[type] = (resources[type] ?? 0) + 1;
  }
  const said = { resources, ...(run.cause && { cause: run.cause }) };
  process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(0));
}

preview(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`, () => process.exit(1));
});
