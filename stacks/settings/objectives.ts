import { z } from "zod";
import { nearest } from "../../infra/kit/nearest";
import { type Duration, isDuration, isPercent, type Percent, percent, seconds } from "../../infra/kit/units";
import {
  isPromise,
  isWindow,
  type ObjectiveArgs,
  type ObjectiveChanges,
  promiseRange,
  usualPromise,
  windowRange,
} from "../../infra/objective/objective.args";
import { objectiveSignals } from "../../infra/objective/objective.signals";
import { leastPromise } from "../../infra/objective/paces";
import { changesOf } from "./changes";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { platformServices, type ServiceSettings } from "./services";
import { group, text, words } from "./values";

/** What a service promises differently from the others. */
export interface ServiceObjectiveSettings {
  readonly inTime?: Percent;
  readonly window?: Duration;
  /** Why it promises nothing. */
  readonly off?: string;
  readonly changes?: ObjectiveChanges;
}

/** What a stack promises of its services and its way in. How many requests are answered, and how fast, each service says itself. */
export interface ObjectivesSettings {
  readonly inTime: Percent;
  readonly window: Duration;
  /** Of the way in: the share of the requests that reach a service. */
  readonly gateway: Percent;
  readonly services?: Readonly<Record<string, ServiceObjectiveSettings>>;
}

const promise = () =>
  z.custom<Percent>((given) => typeof given === "string" && isPercent(given) && isPromise(percent(given)), {
    error: `a share, written like "99.9 %": ${promiseRange}`,
  });
const window = () =>
  z.custom<Duration>((given) => typeof given === "string" && isDuration(given) && isWindow(seconds(given) / 86_400), {
    error: `${windowRange}, written like "30 days"`,
  });

const service: z.ZodType<ServiceObjectiveSettings> = group({
  inTime: promise().optional().describe("Share of its requests that are answered within its own acceptable time."),
  window: window().optional().describe("Days over which its budget is counted."),
  off: words("why it promises nothing").optional().describe("It promises nothing, and why."),
  changes: changesOf(objectiveSignals).optional().describe("What its objective does differently, by signal id."),
});

/** Budgets over more days than samples are kept for. */
function forgotten(given: unknown, own: Mapping, prometheus: unknown): SectionMistake[] {
  const kept: unknown = isMapping(prometheus) ? prometheus.retentionDays : undefined;
  const places: (readonly [path: readonly string[], at: unknown])[] = [
    [["window"], given],
    ...Object.entries(own).map(([name, one]) => [["services", name, "window"], one] as const),
  ];
  return places.flatMap(([path, at]): SectionMistake[] => {
    const said = isMapping(at) ? at.window : undefined;
    if (typeof said !== "string" || !isDuration(said) || typeof kept !== "number") return [];
    const days = seconds(said) / 86_400;
    if (!isWindow(days) || days <= kept) return [];
    return [{ path, allowed: `at most ${kept} days, for which samples are kept (vigia:prometheus.retentionDays)` }];
  });
}

/** Objectives of what the stack does not have, and services that promise too little to have one. */
function mistakes(given: unknown, { services, prometheus }: Mapping): SectionMistake[] {
  const own = isMapping(given) && isMapping(given.services) ? given.services : {};
  // What is no mapping is answered by its own section.
  if (!isMapping(services)) return [];
  const unknown = Object.keys(own).flatMap((name): SectionMistake[] => {
    // The platform's own, that this stack takes away.
    if (isMapping(services[name]) || Object.hasOwn(platformServices, name)) return [];
    const meant = nearest(name, Object.keys(services));
    const way = meant === undefined ? "take it out" : `did you mean ${meant}?`;
    return [{ path: ["services", name], allowed: `no such service: ${way}`, aside: true }];
  });
  const tooLittle = Object.entries(services).flatMap(([name, one]): SectionMistake[] => {
    const said = own[name];
    const availability: unknown = isMapping(one) ? one.availability : undefined;
    if (isMapping(said) && said.off !== undefined) return [];
    // More than 100 % is answered by the service.
    if (typeof availability !== "string" || !isPercent(availability) || percent(availability) >= leastPromise)
      return [];
    const allowed = `vigia:services.${name}.availability is ${availability}, and an objective needs ${leastPromise} % or more: promise more, or say in off why it has none`;
    return [{ path: ["services", name], allowed, aside: true }];
  });
  return [...unknown, ...tooLittle, ...forgotten(given, own, prometheus)];
}

/** What is promised. */
export const objectivesSection = section<ObjectivesSettings>({
  schema: group({
    inTime: promise().describe("Share of a service's requests that are answered within its own acceptable time."),
    window: window().describe("Days over which budgets are counted."),
    gateway: promise().describe("Share of the requests that do not fail on the way to a service."),
    services: z
      .record(
        text("the name of a service", (name) => name !== ""),
        service,
        { error: "a mapping of service names to what they promise differently" },
      )
      .optional()
      .describe("What services promise differently, by name."),
  }).describe(
    "What users are promised, whose error budget pages: how many requests are answered, and how fast, each service says in vigia:services.",
  ),
  defaults: { ...usualPromise, gateway: "99.95 %" },
  mistakes,
});

/** What a service promises, as its component takes it; undefined where it promises nothing. */
export function promiseOf(
  { services = {}, ...common }: ObjectivesSettings,
  name: string,
  { availability, acceptable }: Pick<ServiceSettings, "availability" | "acceptable">,
): Pick<ObjectiveArgs, "answered" | "inTime" | "acceptable" | "window" | "changes"> | undefined {
  const { off, inTime = common.inTime, window = common.window, changes } = services[name] ?? {};
  if (off !== undefined) return undefined;
  return { answered: availability, acceptable, inTime, window, ...(changes && { changes }) };
}
