import { setTimeout as pause } from "node:timers/promises";
import type { SNSClient } from "@aws-sdk/client-sns";
import { SignatureV4 } from "@smithy/signature-v4";

/** An answer that is none of the 200s, in the words of the service. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/** A request that no client of the SDK makes: AMP's API of Prometheus, and the question whose credentials these are. */
export interface SignedRequest {
  readonly service: "aps" | "sts";
  readonly region: string;
  readonly method: "GET" | "POST";
  /** With the path, without a query. */
  readonly url: URL;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly text: string };
}

/** What requests are signed with: the same as those of the SDK. */
export type Signer = Pick<SNSClient["config"], "credentials" | "sha256">;

/** How long and how often it is tried. */
export interface Tries {
  /** In all. */
  readonly attempts: number;
  /** Milliseconds for each. */
  readonly patience: number;
}

const worthAnother = (status: number) => status === 429 || status >= 500;

/** The name that AWS gives a failure: in a header, or in the body of each protocol. */
function refused(status: number, headers: Headers, text: string): Refused {
  const field = (...names: readonly string[]) =>
    names.flatMap((name) => {
      const found = new RegExp(`(?:"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"|<${name}>([^<]*)</${name}>)`).exec(text);
      return found ? [found[1] ?? found[2] ?? ""] : [];
    })[0];
  const type = headers.get("x-amzn-errortype")?.split(":")[0] ?? field("__type", "Code", "errorType");
  const byStatus = status === 403 ? "AccessDeniedException" : status === 429 ? "ThrottlingException" : `HTTP ${status}`;
  return new Refused(
    status,
    type || byStatus,
    field("[Mm]essage", "error") ?? (text.trim().slice(0, 300) || `HTTP ${status}`),
  );
}

async function once(
  { service, region, method, url, query = {}, body }: SignedRequest,
  { credentials, sha256 }: Signer,
  patience: number,
) {
  const signer = new SignatureV4({ service, region, credentials, sha256 });
  const { hostname, port, host, pathname, protocol } = url;
  const { headers } = await signer.sign({
    method,
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path: pathname,
    query: { ...query },
    headers: { host, ...(body && { "content-type": body.type }) },
    ...(body && { body: body.text }),
  });
  const asked = new URL(url);
  asked.search = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const answer = await fetch(asked, {
    method,
    headers,
    redirect: "error",
    signal: AbortSignal.timeout(patience),
    ...(body && { body: body.text }),
  });
  const text = await answer.text();
  if (!answer.ok) throw refused(answer.status, answer.headers, text);
  return text;
}

/**
 * Sends a signed request, again where the service is busy or out of order.
 * @throws Refused, or what `fetch` throws
 */
export async function send(request: SignedRequest, signer: Signer, { attempts, patience }: Tries): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(request, signer, patience);
    } catch (error) {
      if (!(error instanceof Refused) || !worthAnother(error.status) || attempt >= attempts) throw error;
      // Full jitter, as the SDK does: whoever else was refused comes back at other times.
      await pause(Math.random() * Math.min(100 * 2 ** attempt, 10_000));
    }
  }
}
