import { sourceLines } from "./build.cjs";
import type { Io } from "./preview/output";
import { showsColours } from "./preview/text";

type Command = (argv: readonly string[], io: Io) => Promise<number>;

/** Each command is loaded only when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  bench: async () => (await import("./bench/bench.js")).bench,
  boards: async () => (await import("./boards/boards.js")).boards,
  mutate: async () => (await import("./mutate/mutate.js")).mutate,
  preview: async () => (await import("./preview/preview.js")).preview,
  rehearse: async () => (await import("./preview/rehearse.js")).rehearse,
  verify: async () => (await import("./verify/verify.js")).verify,
};

async function main([name = "", ...argv]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    process.stderr.write(`there is no command "${name}"; commands: ${Object.keys(commands).join(", ")}\n`);
    return 2;
  }
  const command = await load();
  return command(argv, {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    colours: showsColours(process.stdout, process.env),
  });
}

let code = 1;
// A reader that goes away (`| head`) has read enough: what remains is not said, and the verdict stands.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
main(process.argv.slice(2))
  .then(
    (result) => {
      code = result;
    },
    (error: unknown) =>
      process.stderr.write(`${sourceLines(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`),
  )
  // The engine's servers may still hold the process; everything has been said once what was written is out.
  .finally(() => process.stdout.write("", () => process.exit(code)));
