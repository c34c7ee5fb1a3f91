import type { Problems } from "../../kit/problems";
import type { Severity } from "../../signal/signal";
import type { Maintenance } from "../calendar";
import { type Cause, type InhibitRule, inhibitRules } from "./causes";
import { type TimeInterval, timeInterval } from "./intervals";
import { nodesIn, type Route, receiverOf, routingTree, severities, watchdogReceiver } from "./routes";
import { call, common, templateFile, templates } from "./templates";

/** What AMP takes ("Amazon Managed Service for Prometheus service quotas", AMP User Guide, 2026-11). */
const most = { nodes: 100, inhibitions: 100, bytes: 1_000_000 } as const;

/** The field of a PagerDuty secret's JSON that holds the integration key. */
export const secretKey = "routing_key";

interface SnsConfig {
  readonly topic_arn: string;
  readonly sigv4: { readonly region: string };
  readonly send_resolved: boolean;
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface PagerDutyConfig {
  /** AMP reads the key itself ("Configure alert manager to send alerts to PagerDuty", AMP User Guide, 2026-11). */
  readonly routing_key: {
    readonly aws_secrets_manager: {
      readonly secret_arn: string;
      readonly secret_key: string;
      readonly refresh_interval: string;
    };
  };
  readonly send_resolved: boolean;
  readonly description: string;
  readonly severity: string;
  readonly class: string;
  readonly component: string;
  readonly group: string;
  readonly client: string;
  readonly client_url?: string;
  readonly details: Readonly<Record<string, string>>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

/** Who gets a notification. */
export interface Receiver {
  readonly name: string;
  readonly sns_configs: readonly SnsConfig[];
  readonly pagerduty_configs?: readonly PagerDutyConfig[];
}

/** The configuration of an alert manager. */
export interface AlertmanagerConfig {
  readonly templates: readonly string[];
  readonly route: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly InhibitRule[];
  readonly time_intervals?: readonly TimeInterval[];
}

/** Somebody who is reached by PagerDuty. */
export interface PagerDuty {
  /** Name of the subscriber, by which its secret is found. */
  readonly name: string;
  /** Only alerts of these services. @default all */
  readonly services?: readonly string[];
}

/** What a definition is made from, known before anything is made. */
export interface AlertingPlan {
  readonly region: string;
  readonly pagerDuty: Readonly<Record<Severity, readonly PagerDuty[]>>;
  /** Chat is told too. */
  readonly chat: boolean;
  readonly calendar: readonly Maintenance[];
  /** @default the project's table */
  readonly causes?: readonly Cause[];
}

/** What is known only once it is made. */
export interface Addresses {
  /** ARNs of topics. */
  readonly page: string;
  readonly ticket: string;
  readonly watchdog: string;
  readonly chat?: string;
  /** ARNs of secrets, by the subscriber's name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Address of the boards, without a slash at the end. */
  readonly boards?: string;
}

function snsConfig(region: string, topic: string, message: "text" | "chat" | "watchdog"): SnsConfig {
  return {
    topic_arn: topic,
    sigv4: { region },
    // The end of an incident is told too; that of the Watchdog would be a beat.
    send_resolved: message !== "watchdog",
    subject: message === "watchdog" ? "[WATCHDOG] Prometheus can alert" : call("subject"),
    message: call(message),
    attributes: { severity: common("severity", "none"), service: common("service", "none"), status: "{{ .Status }}" },
  };
}

/** PagerDuty's own words for how bad it is ("PD-CEF", PagerDuty Knowledge Base, 2026-11). Its deduplication key is Alertmanager's group, so that the end closes the incident. */
const pagerDutySeverity: Readonly<Record<Severity, string>> = { page: "critical", ticket: "warning" };

const pagerDutyConfig = (severity: Severity, secret: string, boards: string | undefined): PagerDutyConfig => ({
  routing_key: {
    aws_secrets_manager: { secret_arn: secret, secret_key: secretKey, refresh_interval: "5m" },
  },
  send_resolved: true,
  description: call("title"),
  severity: pagerDutySeverity[severity],
  class: common("signal", "several"),
  component: common("component", "several"),
  group: common("service", "platform"),
  client: "Vigia",
  ...(boards !== undefined && { client_url: call("board") }),
  details: { alerts: call("details") },
  links: [{ href: call("runbook"), text: "Runbook" }],
});

/** The services that have somebody of their own. */
export const servicesOf = (pagerDuty: readonly PagerDuty[]): string[] => [
  ...new Set(pagerDuty.flatMap(({ services = [] }) => services)),
];

function receivers({ region, pagerDuty, chat }: AlertingPlan, addresses: Addresses): Receiver[] {
  const receiver = (severity: Severity, service?: string): Receiver => {
    const told = pagerDuty[severity].filter(
      ({ services }) => services === undefined || (service !== undefined && services.includes(service)),
    );
    return {
      name: receiverOf(severity, service),
      sns_configs: [
        snsConfig(region, addresses[severity], "text"),
        ...(chat ? [snsConfig(region, addresses.chat ?? "", "chat")] : []),
      ],
      ...(told.length > 0 && {
        pagerduty_configs: told.map(({ name }) =>
          pagerDutyConfig(severity, addresses.secrets[name] ?? "", addresses.boards),
        ),
      }),
    };
  };
  return [
    ...severities.flatMap((severity) => [
      receiver(severity),
      ...servicesOf(pagerDuty[severity]).map((service) => receiver(severity, service)),
    ]),
    { name: watchdogReceiver, sns_configs: [snsConfig(region, addresses.watchdog, "watchdog")] },
  ];
}

/** The configuration of the alert manager, as data. */
export function alertmanagerConfig(plan: AlertingPlan, addresses: Addresses): AlertmanagerConfig {
  const { calendar, pagerDuty } = plan;
  const own = { page: servicesOf(pagerDuty.page), ticket: servicesOf(pagerDuty.ticket) };
  return {
    templates: [templateFile],
    route: routingTree({ own, calendar }),
    receivers: receivers(plan, addresses),
    inhibit_rules: inhibitRules(plan.causes),
    ...(calendar.length > 0 && { time_intervals: calendar.map(timeInterval) }),
  };
}

/** YAML is loaded only where a definition is written. */
const yaml = (): typeof import("yaml") => require("yaml");

/** The document that AMP takes: the configuration as a text within it, beside the templates. Same input, same bytes. */
export const definition = (plan: AlertingPlan, addresses: Addresses): string =>
  yaml().stringify(
    {
      alertmanager_config: yaml().stringify(alertmanagerConfig(plan, addresses), {
        lineWidth: 0,
        aliasDuplicateObjects: false,
      }),
      template_files: { [templateFile]: templates(addresses.boards) },
    },
    { lineWidth: 0 },
  );

/** An ARN as long as any that AMP will see. */
const longArn = `arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:${"x".repeat(256)}`;

/** Notes what AMP would refuse of a definition, before anything is made. */
export function checkDefinition(problems: Problems, plan: AlertingPlan): void {
  const everybody = [...plan.pagerDuty.page, ...plan.pagerDuty.ticket];
  const addresses: Addresses = {
    page: longArn,
    ticket: longArn,
    watchdog: longArn,
    chat: longArn,
    secrets: Object.fromEntries(everybody.map(({ name }) => [name, longArn])),
  };
  const { route, inhibit_rules } = alertmanagerConfig(plan, addresses);
  const nodes = nodesIn(route);
  problems.unless(
    nodes <= most.nodes,
    `AMP takes at most ${most.nodes} routing nodes: give fewer services somebody of their own, or an entry of the calendar`,
    nodes,
  );
  const rules = inhibit_rules.length;
  problems.unless(rules <= most.inhibitions, `AMP takes at most ${most.inhibitions} rules of inhibition`, rules);
  const bytes = Buffer.byteLength(definition(plan, addresses));
  problems.unless(bytes <= most.bytes, `AMP takes at most ${most.bytes} bytes: name fewer people and entries`, bytes);
}
