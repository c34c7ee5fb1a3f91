/** AMP's API of Prometheus and of its alert manager. No client of the SDK has it. */
import { z } from "zod";
import type { Aws } from "./aws";
import type { DeployedPrometheus } from "./deployed.prometheus";
import { Trouble } from "./trouble";

/** A series of an answer, and its value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A rule as the ruler has it. */
export interface EvaluatedRule {
  readonly namespace: string;
  readonly group: string;
  readonly name: string;
  /** "ok", "err" or, before it was evaluated first, "unknown". */
  readonly health: string;
  readonly error: string;
}

/** An alert as it is given to the alert manager. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

const vector = z.object({
  data: z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** "ListRules", AMP User Guide, 2026-11: long answers come in pages of whole groups. */
const rules = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        file: z.string(),
        rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
      }),
    ),
    groupNextToken: z.string().optional(),
  }),
});

/** Groups in a page after the first. */
const page = 1_000;

function parsed<Form extends z.ZodType>(form: Form, text: string, action: string): z.infer<Form> {
  try {
    const { success, data } = form.safeParse(JSON.parse(text));
    if (success) return data;
  } catch {
    // What is not JSON is no answer either.
  }
  throw new Trouble("other", `${action}: the answer is not what Prometheus writes: ${text.slice(0, 200)}`);
}

/** @param place the workspace */
export function prometheusOf(aws: Aws, { endpoint, region }: Pick<DeployedPrometheus, "endpoint" | "region">) {
  const at = (path: string) => new URL(path, endpoint);
  const place = { service: "aps", region } as const;
  return {
    /** What a query gives now. @throws Trouble */
    async query(query: string): Promise<readonly Sample[]> {
      const action = "aps:QueryMetrics";
      const body = { type: "application/x-www-form-urlencoded", text: new URLSearchParams({ query }).toString() };
      const text = await aws.signed(action, { ...place, method: "POST", url: at("api/v1/query"), body });
      return parsed(vector, text, action).data.result.map(({ metric, value }) => ({
        labels: metric,
        value: Number(value[1]),
      }));
    },
    /** All rules, with how they fared. @throws Trouble */
    async rules(): Promise<readonly EvaluatedRule[]> {
      const action = "aps:ListRules";
      const found: EvaluatedRule[] = [];
      let token: string | undefined;
      do {
        const next = token === undefined ? {} : { query: { group_limit: String(page), group_next_token: token } };
        const text = await aws.signed(action, { ...place, method: "GET", url: at("api/v1/rules"), ...next });
        const { groups, groupNextToken } = parsed(rules, text, action).data;
        for (const { name: group, file: namespace, rules: own } of groups)
          for (const { name, health, lastError = "" } of own)
            found.push({ namespace, group, name, health, error: lastError });
        token = groupNextToken || undefined;
      } while (token !== undefined);
      return found;
    },
    /** Gives an alert to the alert manager, or ends one that it has. @throws Trouble */
    async post(alert: PostedAlert): Promise<void> {
      const body = { type: "application/json", text: JSON.stringify([alert]) };
      const url = at("alertmanager/api/v2/alerts");
      await aws.signed("aps:CreateAlertManagerAlerts", { ...place, method: "POST", url, body });
    },
  };
}
