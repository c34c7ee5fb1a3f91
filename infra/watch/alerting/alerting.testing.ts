import { type Addresses, type AlertingPlan, type AlertmanagerConfig, alertmanagerConfig } from "./definition";

const arn = (name: string) => `arn:aws:sns:eu-central-1:123456789012:${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;

/** A platform with everything: PagerDuty for all and for one service, chat, boards and a calendar. */
export const fullPlan: AlertingPlan = {
  region: "eu-central-1",
  pagerDuty: {
    page: [{ name: "page-all" }, { name: "page-shop", services: ["shop"] }],
    ticket: [{ name: "ticket-crm", services: ["crm"] }],
  },
  chat: true,
  calendar: [
    {
      name: "patches",
      recurrence: "weekly",
      weekday: "sunday",
      start: "23:00",
      duration: "3 hours",
      timezone: "Europe/Berlin",
      reason: "RDS patches itself",
      services: ["crm"],
    },
    {
      name: "move",
      recurrence: "once",
      start: "2026-12-24T22:00",
      end: "2026-12-26T04:00",
      timezone: "Europe/Berlin",
      reason: "Move of the broker",
    },
  ],
};

export const addresses: Addresses = {
  page: arn("prometheus-page"),
  ticket: arn("prometheus-ticket"),
  watchdog: arn("prometheus-watchdog"),
  chat: arn("prometheus-chat"),
  secrets: { "page-all": secret("page-all"), "page-shop": secret("page-shop"), "ticket-crm": secret("ticket-crm") },
  boards: "https://g-0123456789.grafana-workspace.eu-central-1.amazonaws.com",
};

/** Where the real Alertmanager sends, in the place of AWS and PagerDuty. */
export interface Elsewhere {
  readonly sns: string;
  readonly pagerDuty: string;
  /** In the place of every length of time in the routing tree, to be done within a test. @default they stay */
  readonly times?: Readonly<Record<"group_wait" | "group_interval" | "repeat_interval", string>>;
}

/**
 * A configuration as the real Alertmanager takes it: it reads PagerDuty's key from the configuration, and has AMP's words for Secrets Manager nowhere. All else
 * stays, but the addresses.
 */
export function elsewhere(config: AlertmanagerConfig, { sns, pagerDuty, times }: Elsewhere): unknown {
  const faster = (route: AlertmanagerConfig["route"]): unknown => ({
    ...route,
    ...(times && route.group_wait !== undefined && times),
    ...(route.routes && { routes: route.routes.map(faster) }),
  });
  return {
    ...config,
    global: { pagerduty_url: pagerDuty },
    route: faster(config.route),
    receivers: config.receivers.map(({ name, sns_configs, pagerduty_configs = [] }) => ({
      name,
      sns_configs: sns_configs.map((one) => ({
        ...one,
        api_url: sns,
        sigv4: { ...one.sigv4, access_key: "test", secret_key: "test" },
      })),
      pagerduty_configs: pagerduty_configs.map(({ routing_key, ...one }) => ({
        ...one,
        routing_key: routing_key.aws_secrets_manager.secret_arn,
      })),
    })),
  };
}

/** The very configuration of a plan, elsewhere. */
export const upstream = (plan: AlertingPlan, places: Elsewhere): unknown =>
  elsewhere(alertmanagerConfig(plan, addresses), places);
