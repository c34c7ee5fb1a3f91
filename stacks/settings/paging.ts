import type { z } from "zod";
import type { Severity } from "../../infra/signal/signal";
import type { Subscriber } from "../../infra/watch/paging";
import { isMapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { group, isPublicAddress, list, text } from "./values";

/** Who is told, by severity: `page` is woken, `ticket` works on it by day. */
export type PagingSettings = Readonly<Record<Severity, readonly Subscriber[]>>;

/** Integration keys stand in paths as one long part of letters and digits; whoever knows it can page. */
const holdsKey = (address: string) =>
  new URL(address).pathname.split("/").some((part) => part.length >= 20 && /\d/.test(part) && /[a-z]/i.test(part));

const forms = group({
  email: text('an e-mail address, written like "on-call@example.com"', (given) =>
    /^[^\s@"<>,;]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/.test(given),
  ).optional(),
  https: text(
    "an https address without user, query or key; a service whose address is a secret is told by e-mail",
    (given) => isPublicAddress(given) && !holdsKey(given),
  ).optional(),
  name: text("lower-case letters and digits in parts joined by hyphens", (given) =>
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given),
  ).optional(),
});

const subscriber = forms
  .refine(({ email, https }) => (email === undefined) !== (https === undefined), {
    error: "either email or https, and a name if wanted",
  })
  .transform(({ email, https = "", name }): Subscriber => {
    const way =
      email === undefined
        ? { protocol: "https" as const, endpoint: https }
        : { protocol: "email" as const, endpoint: email };
    return name === undefined ? way : { ...way, name };
  });

const subscribers = list(subscriber, 'subscribers such as {"email": "on-call@example.com"}');

const paging: z.ZodType<PagingSettings> = group({
  page: subscribers.describe("Who is woken; at least one."),
  ticket: subscribers.describe("Who works on it by day; at least one."),
}).describe(
  "Who is told of an alarm: each by email or https, and with a name that keeps the subscription when the list changes its order.",
);
const defaultPaging = { page: [], ticket: [] };

/** Lists that tell nobody, and subscribers that stand twice in one. */
function pagingMistakes(given: unknown): SectionMistake[] {
  return Object.entries(isMapping(given) ? given : {}).flatMap(([severity, entries]): SectionMistake[] => {
    if (!Object.hasOwn(defaultPaging, severity) || !Array.isArray(entries)) return [];
    if (entries.length === 0)
      return [{ path: [severity], allowed: 'at least one, such as {"email": "on-call@example.com"}' }];
    const list: readonly unknown[] = entries;
    return list.flatMap((entry, index) => {
      if (!isMapping(entry)) return [];
      const twice = Object.entries(entry).filter(([way, value]) =>
        list.slice(0, index).some((other) => isMapping(other) && Object.hasOwn(other, way) && other[way] === value),
      );
      return twice.map(([way]) => ({ path: [severity, index, way], allowed: "it stands in the list already" }));
    });
  });
}

/** Who is told, by severity. */
export const pagingSection = section<PagingSettings>({
  schema: paging,
  defaults: defaultPaging,
  mistakes: pagingMistakes,
});
