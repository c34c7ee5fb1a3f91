/** Runs one of the two Pulumi programs against the SDK's mocks: `register.cjs <plain|watched> <queues>`. The last line says what was registered. */
import { runtime } from "@pulumi/pulumi";
import { place } from "./terms";

const registered: Record<string, number> = {};

const mocks: runtime.Mocks = {
  newResource: ({ type, name, inputs, custom }) => {
    registered[type] = (registered[type] ?? 0) + 1;
    if (!custom) return { id: "", state: inputs };
    const arn = `arn:aws:${type.split(":", 2)[1]}:${place.region}:${place.account}:${name}`;
    return {
      id: name,
      state: { name, arn, url: `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`, ...inputs },
    };
  },
  call: ({ token }) => {
    throw new Error(`${token}: no program of the bench asks AWS anything`);
  },
};

async function register(program: string | undefined, queues: number): Promise<void> {
  await runtime.setMocks(mocks, "vigia", "bench", false);
  if (program === "watched") (await import("./watched.js")).watched(queues);
  else (await import("./plain.js")).plain(queues);
  await runtime.disconnect();
}

register(process.argv[2], Number(process.argv[3])).then(() => {
  process.stdout.write(`${JSON.stringify({ resources: registered })}\n`);
});
