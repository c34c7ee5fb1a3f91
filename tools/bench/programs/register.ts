/** Runs a Pulumi program against the SDK's mocks: `register.cjs <program> <queues>`. The last line says what was registered. */
import { runtime } from "@pulumi/pulumi";
import { runProgram } from "./programs";
import { place } from "./terms";

const registered: Record<string, number> = {};

const mocks: runtime.Mocks = {
  newResource: ({ type, name, inputs, custom }) => {
    registered[type] = (registered[type] ?? 0) + 1;
    if (!custom) return { id: "", state: inputs };
    const arn = `arn:aws:${type.split(":", 2)[1]}:${place.region}:${place.account}:${name}`;
    const url = `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`;
    return { id: name, state: { name, arn, url, ...inputs } };
  },
  call: ({ token }) => {
    throw new Error(`${token}: no program of the bench asks AWS anything`);
  },
};

async function register([program = "", queues = ""]: readonly string[]): Promise<void> {
  await runtime.setMocks(mocks, "vigia", "bench", false);
  await runProgram(program, Number(queues));
  await runtime.disconnect();
  process.stdout.write(`${JSON.stringify({ resources: registered })}\n`);
}

void register(process.argv.slice(2));
