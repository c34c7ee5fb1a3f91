import { createHash } from "node:crypto";

/**
 * What the canary runs: it asks every address at once, writes a line for each, and fails when one answers anything but 200. Text, since Synthetics takes plain
 * JavaScript and this is all of it: no library, nothing to keep up to date. A handler that throws is a failed run.
 */
export const probe = `"use strict";
exports.handler = async () => {
  const ask = async (address) => {
    const started = Date.now();
    const signal = AbortSignal.timeout(Number(process.env.PATIENCE));
    try {
      const response = await fetch(address, { redirect: "manual", signal, headers: { "user-agent": "vigia-canary" } });
      await response.arrayBuffer();
      return { address, status: response.status, milliseconds: Date.now() - started };
    } catch (error) {
      return { address, error: String(error.cause ?? error), milliseconds: Date.now() - started };
    }
  };
  const answers = await Promise.all(process.env.ADDRESSES.split(" ").map(ask));
  for (const answer of answers) console.log(JSON.stringify(answer));
  const wrong = answers.filter(({ status }) => status !== 200);
  if (wrong.length > 0) {
    throw new Error(wrong.map(({ address, status, error }) => address + ": " + (error ?? status)).join("; "));
  }
};
`;

/** Changes with the text, so that a changed script is another object, and the canary takes it. */
export const digest = createHash("sha256").update(probe).digest("hex").slice(0, 16);
