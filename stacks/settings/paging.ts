import type { z } from "zod";
import { checkName } from "../../infra/kit/names";
import type { Severity } from "../../infra/signal/signal";
import type { SlackChannel } from "../../infra/watch/alerting/alerting.args";
import type { Subscriber } from "../../infra/watch/paging";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { unknownServices } from "./service-names";
import { group, isPublicAddress, list, text } from "./values";

/** Who is told, by severity: `page` is woken, `ticket` works on it by day; and where else. */
export interface PagingSettings extends Readonly<Record<Severity, readonly Subscriber[]>> {
  readonly slack?: SlackChannel | undefined;
  readonly heartbeat?: string | undefined;
}

/** Integration keys stand in paths as one long part of letters and digits; whoever knows it can page. */
const holdsKey = (address: string) =>
  new URL(address).pathname.split("/").some((part) => part.length >= 20 && /\d/.test(part) && /[a-z]/i.test(part));
const isPlainAddress = (given: string) => isPublicAddress(given) && !holdsKey(given);

const plainName = "lower-case letters and digits in parts joined by hyphens";
const isPlainName = (given: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given);

const secretName = 'the name of a secret in Secrets Manager, such as "vigia/pagerduty/page"';

const forms = group({
  email: text('an e-mail address, written like "on-call@example.com"', (given) =>
    /^[^\s@"<>,;]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/.test(given),
  ).optional(),
  https: text(
    "an https address without user, query or key; a service whose address is a secret is told by e-mail",
    isPlainAddress,
  ).optional(),
  pagerduty: group({
    secret: text(
      secretName,
      (given) => given.trim() !== "" && checkName("secret", given, { physical: true }) === undefined,
    ),
  }).optional(),
  name: text(plainName, isPlainName).optional(),
  services: list(text(plainName, isPlainName), "names of services")
    .min(1, { error: "at least one service" })
    .optional(),
});

const subscriber = forms
  .refine(({ email, https, pagerduty }) => [email, https, pagerduty].filter((way) => way !== undefined).length === 1, {
    error: "either email, https or pagerduty, and a name or services if wanted",
  })
  .transform(({ email, https = "", pagerduty, name, services }): Subscriber => {
    const more = { ...(name !== undefined && { name }), ...(services !== undefined && { services }) };
    if (pagerduty !== undefined) return { ...more, protocol: "pagerduty", secret: pagerduty.secret };
    return email === undefined
      ? { ...more, protocol: "https", endpoint: https }
      : { ...more, protocol: "email", endpoint: email };
  });

const subscribers = list(subscriber, 'subscribers such as {"email": "on-call@example.com"}');

const paging: z.ZodType<PagingSettings> = group({
  page: subscribers.describe("Who is woken; at least one by email or https who is told of every service."),
  ticket: subscribers.describe("Who works on it by day; at least one by email or https who is told of every service."),
  slack: group({
    team: text('the id of a Slack workspace, written like "T0123ABCD"', (given) => /^[TE][A-Z0-9]{1,254}$/.test(given)),
    channel: text('the id of a channel, written like "C0123ABCD"', (given) => /^[CG][A-Z0-9]{1,254}$/.test(given)),
  })
    .optional()
    .describe("Channel that shows every alarm and alert. A person connects the workspace with the account once."),
  heartbeat: text("an https address without user, query or key", isPlainAddress)
    .optional()
    .describe(
      "Address outside of the account that calls somebody when the Watchdog stops coming, and confirms a subscription.",
    ),
}).describe(
  "Who is told of an alarm: each by email, https or pagerduty, with a name that keeps the subscription when the list changes its order, and services if only theirs matter.",
);
const defaultPaging = { page: [], ticket: [] };

/** How a subscriber is reached, as far as it is given. */
const address = (entry: object): string | undefined => {
  if (!isMapping(entry)) return undefined;
  const { email, https, pagerduty } = entry;
  return JSON.stringify(email ?? https ?? (isMapping(pagerduty) ? pagerduty.secret : undefined));
};

/** Those whom CloudWatch can tell: it knows no services, and PagerDuty only by mail. */
const hearsAlarms = (entry: unknown): boolean =>
  isMapping(entry) && entry.services === undefined && (entry.email !== undefined || entry.https !== undefined);

/** Lists that tell nobody, and subscribers that stand twice in one. */
function pagingMistakes(given: unknown, all: Mapping): SectionMistake[] {
  return Object.entries(isMapping(given) ? given : {}).flatMap(([severity, entries]): SectionMistake[] => {
    if (!Object.hasOwn(defaultPaging, severity) || !Array.isArray(entries)) return [];
    if (entries.length === 0)
      return [{ path: [severity], allowed: 'at least one, such as {"email": "on-call@example.com"}' }];
    const list: readonly unknown[] = entries;
    const unheard: SectionMistake[] =
      list.every((entry) => isMapping(entry) && address(entry) !== undefined) && !list.some(hearsAlarms)
        ? [
            {
              path: [severity],
              allowed: "nobody hears the alarms of CloudWatch: add one with email or https, and without services",
              aside: true,
            },
          ]
        : [];
    const twice = list.flatMap((entry, index): SectionMistake[] => {
      if (!isMapping(entry)) return [];
      const same = Object.entries(entry).filter(([way, value]) =>
        list
          .slice(0, index)
          .some(
            (other) =>
              isMapping(other) &&
              (way === "name" ? other.name === value : ["email", "https", "pagerduty"].includes(way)) &&
              Object.hasOwn(other, way) &&
              (way === "name" || address(other) === address(entry)),
          ),
      );
      return same.map(([way]) => ({ path: [severity, index, way], allowed: "it stands in the list already" }));
    });
    const unknown = list.flatMap((entry, index) =>
      unknownServices(isMapping(entry) ? entry.services : undefined, all, [severity, index, "services"]),
    );
    // A key of PagerDuty has 32 letters and digits. It is not repeated.
    const keys = list.flatMap((entry, index): SectionMistake[] =>
      isMapping(entry) && isMapping(entry.pagerduty) && /^\w{32}$/.test(String(entry.pagerduty.secret))
        ? [
            {
              path: [severity, index, "pagerduty", "secret"],
              allowed: `this seems to be the key itself: ${secretName}`,
              aside: true,
            },
          ]
        : [],
    );
    return [...unheard, ...twice, ...unknown, ...keys];
  });
}

/** Who is told, by severity. */
export const pagingSection = section<PagingSettings>({
  schema: paging,
  defaults: defaultPaging,
  mistakes: pagingMistakes,
});
