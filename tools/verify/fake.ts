/** A pretended AWS on loopback, which speaks the protocols of its services to the real clients, for tests. */
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Access, Service } from "./aws";

/** What a service answers. */
export type Answer =
  | { readonly json: unknown; readonly status?: number }
  | { readonly xml: string }
  | { readonly error: string; readonly message?: string; readonly status?: number };

/** Who asks what. */
export interface Asked {
  /** As IAM names it. */
  readonly action: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Answers by action. @param nth how often it was asked before */
export type Answers = Readonly<Record<string, (input: Asked["input"], nth: number) => Answer | Promise<Answer>>>;

export interface FakeAws {
  readonly access: Access;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret/example" } as const;

type Place = Service | "unknown";
const services: readonly Service[] = ["cloudwatch", "sns", "sqs", "amp", "grafana", "sts"];

/** Actions of AMP and Grafana by method and path, in which an id stands as `*`. */
const paths: Readonly<Record<string, string>> = {
  "amp GET /workspaces/*": "aps:DescribeWorkspace",
  "amp GET /workspaces/*/alertmanager/definition": "aps:DescribeAlertManagerDefinition",
  "amp GET /workspaces/*/rulegroupsnamespaces": "aps:ListRuleGroupsNamespaces",
  "amp GET /scrapers/*": "aps:DescribeScraper",
  "amp POST /workspaces/*/api/v1/query": "aps:QueryMetrics",
  "amp GET /workspaces/*/api/v1/rules": "aps:ListRules",
  "amp POST /workspaces/*/alertmanager/api/v2/alerts": "aps:CreateAlertManagerAlerts",
  "grafana GET /workspaces/*": "grafana:DescribeWorkspace",
};

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether a request is signed as AWS asks for ("Create a signed AWS API request", IAM User Guide, 2026-11), written anew from that page. */
function isSigned({ method = "", url = "/", headers }: IncomingMessage, path: string, body: string): boolean {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? "",
    );
  const [, key, day = "", region = "", service = "", names = "", signature] = match ?? [];
  if (key !== credentials.accessKeyId || !names.split(";").includes("host")) return false;
  const { searchParams } = new URL(url, "http://localhost");
  const query = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const canonical = [
    method,
    path.split("/").map(encoded).join("/"),
    query.join("&"),
    ...names.split(";").map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, " ")}`),
    "",
    names,
    sha256(body),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const signing = [day, region, service, "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  return hmac(signing, text).toString("hex") === signature;
}

function parsed(body: string): Record<string, unknown> {
  if (body.startsWith("{")) return JSON.parse(body);
  if (body.startsWith("[")) return { alerts: JSON.parse(body) };
  return Object.fromEntries(new URLSearchParams(body));
}

function actionOf(service: Place, { method, headers }: IncomingMessage, path: string, input: Asked["input"]): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return `${service}:${target.split(".").pop()}`;
  if (typeof input.Action === "string") return `${service}:${input.Action}`;
  const named = path.replace(/^\/(workspaces|scrapers)\/[^/]+/, "/$1/*").replace(/\/$/, "");
  return paths[`${service} ${method} ${named}`] ?? `${service} ${method} ${path}`;
}

const escaped = (text: string) => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function written(answer: Answer, isXml: boolean): { status: number; headers: Record<string, string>; body: string } {
  const json = { "content-type": "application/x-amz-json-1.0" };
  const xml = { "content-type": "text/xml" };
  if ("xml" in answer) return { status: 200, headers: xml, body: answer.xml };
  if ("json" in answer) return { status: answer.status ?? 200, headers: json, body: JSON.stringify(answer.json) };
  const { error, message = "", status = 400 } = answer;
  if (isXml) {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${escaped(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
    return { status, headers: xml, body };
  }
  const headers = { ...json, "x-amzn-errortype": error };
  return { status, headers, body: JSON.stringify({ __type: error, message }) };
}

/** What fails within an answer is told: a request without an answer would only be waited for. */
const answered = async (
  answers: Answers,
  action: string,
  input: Asked["input"],
  nth: number,
): Promise<Answer | undefined> => {
  try {
    return await answers[action]?.(input, nth);
  } catch (error) {
    return { error: "FakeFailed", message: String(error), status: 400 };
  }
};

/** Starts it. An action without an answer fails the call. */
export async function fakeAws(answers: Answers): Promise<FakeAws> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const service = services.find((one) => pathname.startsWith(`/${one}/`)) ?? "unknown";
    const path = decodeURIComponent(pathname.slice(service.length + 1));
    const input = { ...Object.fromEntries(searchParams), ...parsed(body) };
    const action = actionOf(service, request, path, input);
    const nth = asked.filter((one) => one.action === action).length;
    const region = /\/\d{8}\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    asked.push({ action, region, input });
    const answer: Answer = !isSigned(request, decodeURIComponent(pathname), body)
      ? { error: "SignatureDoesNotMatch", message: "The request signature we calculated does not match", status: 403 }
      : ((await answered(answers, action, input, nth)) ?? {
          error: "UnknownOperationException",
          message: action,
          status: 404,
        });
    const { status, headers, body: text } = written(answer, service === "sns" || service === "sts");
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const endpoints = Object.fromEntries(services.map((service) => [service, `http://127.0.0.1:${port}/${service}`]));
  return {
    access: { credentials, endpoints, attempts: 3 },
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
