import { setTimeout as pause } from "node:timers/promises";

/** How often a token that was just made is tried: it is not known everywhere at once. */
const attempts = 5;

/**
 * Asks Grafana whether it takes a token, before an engine starts that would fail for each board anew.
 * @throws Error with one line: what is wrong, and the way out
 */
export async function checkToken(url: string, key: string, wait: () => Promise<unknown> = () => pause(2_000)) {
  for (let attempt = 1; ; attempt++) {
    const status = await ask(url, key);
    if (status === 200) return;
    if (status !== 401) throw new Error(`${url} answers ${status} where its organisation is asked for`);
    if (attempt === attempts)
      throw new Error(
        `${url} refuses the token (401): it has expired, or was deleted, or belongs to another workspace`,
      );
    await wait();
  }
}

async function ask(url: string, key: string): Promise<number> {
  try {
    const headers = { authorization: `Bearer ${key}`, accept: "application/json" };
    const { status, body } = await fetch(new URL("/api/org", url), {
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(20_000),
    });
    await body?.cancel();
    return status;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Error(
      `${url} is not reached from here (${cause}): vigia:grafana.prefixLists or vpcEndpoints must contain where this runs`,
    );
  }
}
