/** Rules between the values of the gateway's settings. */
import { leastSteady } from "../../infra/gateway/gateway.args";
import { checkName } from "../../infra/kit/names";
import { isDuration, seconds } from "../../infra/kit/units";
import { isMapping } from "./merge";
import type { SectionMistake } from "./section";

/** Where a service answers without a token where nobody says: what a canary asks for. */
export const healthPaths = ["/health"] as const;

const strings = (given: unknown): readonly string[] | undefined =>
  Array.isArray(given) && given.every((one) => typeof one === "string") ? given : undefined;

function serviceMistakes(services: Readonly<Record<string, unknown>>): SectionMistake[] {
  const named = Object.keys(services).flatMap((name): SectionMistake[] => {
    const allowed = /^[a-z][a-z0-9-]*$/.test(name)
      ? checkName("target group", `services-${name}`)
      : "the name of a service is lower-case letters, digits and hyphens, and begins with a letter";
    return allowed === undefined ? [] : [{ path: ["services", name], allowed, aside: true }];
  });
  return Object.keys(services).length > 0
    ? named
    : [{ path: ["services"], allowed: "at least one service", aside: true }];
}

function canaryMistakes(canary: unknown, services: Readonly<Record<string, unknown>>): SectionMistake[] {
  const asked = isMapping(canary) ? strings(canary.paths) : undefined;
  const open = Object.entries(services).flatMap(([name, service]) =>
    ((isMapping(service) && strings(service.open)) || healthPaths).map((below) => `/${name}${below}`),
  );
  if (asked === undefined)
    return open.length > 0
      ? []
      : [
          {
            path: ["canary", "paths"],
            allowed: "no service has an open path that the canary could ask for",
            aside: true,
          },
        ];
  return asked.flatMap((one, index): SectionMistake[] =>
    open.includes(one) ? [] : [{ path: ["canary", "paths", index], allowed: `an open path: ${open.join(", ")}` }],
  );
}

/** The numbers of the throttle and the patience of users, which must fit together. */
function limitMistakes(given: Readonly<Record<string, unknown>>): SectionMistake[] {
  const { rate, burst, canary, acceptable, steady, requestsPerDay } = given;
  const slow = isMapping(canary) ? canary.acceptable : undefined;
  const time = (value: unknown) => (typeof value === "string" && isDuration(value) ? seconds(value) : undefined);
  const [run, request] = [time(slow), time(acceptable)];
  const quiet = String(steady) === "true" && Number(requestsPerDay) < leastSteady;
  return [
    ...(quiet
      ? [
          {
            path: ["steady"],
            allowed: `false below ${leastSteady} requests a day, or silence cannot be told from a quiet night`,
          },
        ]
      : []),
    ...(Number(burst) < Number(rate)
      ? [{ path: ["burst"], allowed: `at least the rate (${rate}), or it is the burst that limits every second` }]
      : []),
    ...(run !== undefined && request !== undefined && run < request
      ? [{ path: ["canary", "acceptable"], allowed: `at least what one request may take (${String(acceptable)})` }]
      : []),
  ];
}

/** Mistakes in the gateway's settings that no value shows alone. */
export function gatewayMistakes(given: unknown): SectionMistake[] {
  if (!isMapping(given)) return [];
  const services = isMapping(given.services) ? given.services : {};
  const open = Object.keys(services).length > 0 ? canaryMistakes(given.canary, services) : [];
  return [...serviceMistakes(services), ...open, ...limitMistakes(given)];
}
