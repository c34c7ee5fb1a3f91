/** A pretended Grafana with the part of the API of AWS by which its tokens are made, for tests. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What it keeps of a token. */
export interface FakeToken {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly expiresAt: number;
}

export interface FakeGrafana {
  readonly url: string;
  readonly tokens: Map<string, FakeToken>;
  /** Each request as `METHOD path`. */
  readonly asked: string[];
  /** Moves its clock. */
  later(seconds: number): void;
  now(): number;
  /** How many deletions fail from now on. */
  failDeletions(count: number): void;
  close(): Promise<void>;
}

/** The most tokens of a workspace; expired ones count. */
const quota = 100;

/** The one account that it knows. */
export const known = { workspace: "g-0123456789", serviceAccount: "7", region: "eu-central-1" } as const;

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text === "" ? {} : JSON.parse(text);
}

export async function fakeGrafana(): Promise<FakeGrafana> {
  const tokens = new Map<string, FakeToken>();
  const asked: string[] = [];
  let offset = 0;
  let failures = 0;
  let count = 0;
  const now = () => Date.now() + offset;
  const collection = `/workspaces/${known.workspace}/serviceaccounts/${known.serviceAccount}/tokens`;

  function list(after: number): [number, unknown] {
    // Two a page: a reader of one page only would miss the rest.
    const page = [...tokens.values()].slice(after, after + 2);
    const serviceAccountTokens = page.map(({ id, name, expiresAt }) => ({
      id,
      name,
      createdAt: expiresAt / 1_000 - 3_600,
      expiresAt: expiresAt / 1_000,
    }));
    const more = after + 2 < tokens.size ? { nextToken: String(after + 2) } : {};
    return [200, { ...known, serviceAccountTokens, ...more }];
  }

  function create({ name, secondsToLive }: Record<string, unknown>): [number, unknown] {
    if (tokens.size >= quota) return [402, { message: "quota", __type: "ServiceQuotaExceededException" }];
    const id = String(++count);
    const token = { id, name: String(name), key: `glsa_${id}`, expiresAt: now() + Number(secondsToLive) * 1_000 };
    tokens.set(id, token);
    return [200, { ...known, serviceAccountToken: { id, name: token.name, key: token.key } }];
  }

  function remove(id: string): [number, unknown] {
    if (failures > 0) {
      failures--;
      return [400, { message: "not now", __type: "ValidationException" }];
    }
    return tokens.delete(id)
      ? [200, { ...known, tokenId: id }]
      : [404, { message: "no token", resourceId: id, resourceType: "token", __type: "ResourceNotFoundException" }];
  }

  async function answer(request: IncomingMessage): Promise<[number, unknown]> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    asked.push(`${request.method} ${pathname}`);
    if (pathname.startsWith("/api/")) {
      const held = [...tokens.values()].find(({ key }) => request.headers.authorization === `Bearer ${key}`);
      return held && held.expiresAt > now() ? [200, { id: 1 }] : [401, { message: "Unauthorized" }];
    }
    if (!pathname.startsWith(collection))
      return [404, { message: "no", resourceId: "x", resourceType: "workspace", __type: "ResourceNotFoundException" }];
    if (request.method === "GET") return list(Number(searchParams.get("nextToken") ?? 0));
    if (request.method === "POST") return create(await bodyOf(request));
    return remove(pathname.slice(collection.length + 1));
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request);
    const type = typeof body === "object" && body !== null && "__type" in body ? String(body.__type) : undefined;
    response.writeHead(status, { "content-type": "application/json", ...(type && { "x-amzn-errortype": type }) });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tokens,
    asked,
    later: (seconds) => {
      offset += seconds * 1_000;
    },
    now,
    failDeletions: (given) => {
      failures = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
