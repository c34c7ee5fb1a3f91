/** A process that works with a token until a signal comes, for a test. The address of a pretended Grafana is its argument. */
import { setTimeout as wait } from "node:timers/promises";
import { tokensOf } from "./aws";
import { known } from "./fake";
import { withToken } from "./tokens";

const credentials = { accessKeyId: "a", secretAccessKey: "b" };
const tokens = tokensOf(known, { endpoint: process.argv[2] ?? "", credentials });
const work = async () => {
  process.stdout.write("working\n");
  // Longer than anybody waits: it ends when the signal is passed on to it, as the CLI does.
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  await wait(60_000, undefined, { signal: stop.signal });
};
withToken(tokens, work, (line) => process.stderr.write(`${line}\n`)).catch(() => undefined);
