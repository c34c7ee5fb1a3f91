import { AmpClient } from "@aws-sdk/client-amp";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { GrafanaClient } from "@aws-sdk/client-grafana";
import { SNSClient, type SNSClientConfig } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type SignedRequest, send } from "./signed";
import { ask } from "./trouble";

/** A service that is asked. */
export type Service = "cloudwatch" | "sns" | "sqs" | "amp" | "grafana" | "sts";

/** How AWS is reached; a test gives other addresses. */
export interface Access {
  /** @default those that the SDK finds */
  readonly credentials?: SNSClientConfig["credentials"];
  /** Addresses instead of the services' own. */
  readonly endpoints?: Readonly<Partial<Record<Service, string>>>;
  /** How often a call is tried. @default 8 */
  readonly attempts?: number;
  /** Milliseconds in which a service must answer: the SDK itself waits for ever. @default 30000 */
  readonly patience?: number;
}

/** Who asks. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What each client is made with. Adaptive: what AWS throttles is asked for more slowly from then on. */
interface Settings {
  readonly region: string;
  readonly credentials: SNSClient["config"]["credentials"];
  readonly endpoint?: string;
  readonly retryMode: "adaptive";
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** Remembers what it made of each region. */
function perRegion<Client extends { destroy(): void }>(make: (region: string) => Client) {
  const made = new Map<string, Client>();
  return {
    of(region: string): Client {
      const client = made.get(region) ?? make(region);
      made.set(region, client);
      return client;
    },
    close: () => made.forEach((client) => void client.destroy()),
  };
}

const field = (text: string, name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1];

/** The clients of all services and regions, with the same credentials, which are looked for once. */
export function awsOf(home: string, { credentials, endpoints = {}, attempts = 8, patience = 30_000 }: Access = {}) {
  const base = new SNSClient({ region: home, ...(credentials && { credentials }) });
  const settings = (service: Service, region: string): Settings => ({
    region,
    credentials: base.config.credentials,
    retryMode: "adaptive",
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: patience / 6, requestTimeout: patience, throwOnRequestTimeout: true },
    ...(endpoints[service] !== undefined && { endpoint: endpoints[service] }),
  });
  const clients = {
    cloudwatch: perRegion((region) => new CloudWatchClient(settings("cloudwatch", region))),
    sns: perRegion((region) => new SNSClient(settings("sns", region))),
    sqs: perRegion((region) => new SQSClient(settings("sqs", region))),
    amp: perRegion((region) => new AmpClient(settings("amp", region))),
    grafana: perRegion((region) => new GrafanaClient(settings("grafana", region))),
  };
  const { credentials: found, sha256 } = base.config;
  return {
    cloudwatch: clients.cloudwatch.of,
    sns: clients.sns.of,
    sqs: clients.sqs.of,
    amp: clients.amp.of,
    grafana: clients.grafana.of,
    /** Sends what no client of the SDK does. @param action as IAM names it @throws Trouble */
    signed(action: string, { url, ...request }: SignedRequest): Promise<string> {
      const other = endpoints[request.service === "aps" ? "amp" : "sts"];
      const at = other === undefined ? url : new URL(`${other.replace(/\/$/, "")}${url.pathname}`);
      return ask(action, () => send({ ...request, url: at }, { credentials: found, sha256 }, { attempts, patience }));
    },
    /** Needs no permission. @throws Trouble */
    async caller(): Promise<Caller> {
      const domain = home.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
      const text = await this.signed("sts:GetCallerIdentity", {
        service: "sts",
        region: home,
        method: "POST",
        url: new URL(`https://sts.${home}.${domain}/`),
        body: { type: "application/x-www-form-urlencoded", text: "Action=GetCallerIdentity&Version=2011-06-15" },
      });
      return { account: field(text, "Account") ?? "", arn: field(text, "Arn") ?? "" };
    },
    close() {
      base.destroy();
      for (const { close } of Object.values(clients)) close();
    },
  };
}

export type Aws = ReturnType<typeof awsOf>;
