/** Rules between the values of a broker: the same for its component and for a stack's settings. */
import { type BrokerMode, type Configurable, evaluationType, isInstanceType, limitsOf, mostOf, nodesOf } from "./sizes";

/** What the rules are about. Values may be anything: what is not of its kind is told elsewhere. */
export interface BrokerPlan {
  readonly instanceType?: unknown;
  readonly mode?: unknown;
  readonly connections?: unknown;
  readonly limits?: unknown;
}

/** A value that does not fit the others. */
export interface BrokerMistake {
  readonly path: readonly [string, ...string[]];
  /** What it must be, in words that end a sentence. */
  readonly allowed: string;
  readonly got: unknown;
}

const configurable: readonly Configurable[] = ["connections", "channels", "queues"];

/** A fifth of the connections is left for a release that runs twice for a while. */
const share = 0.8;

/** Connections that the broker holds while a node is down, with some to spare. @param limit of a node */
const held = (limit: number, nodes: number): number => Math.floor(share * limit * Math.max(1, nodes - 1));

function limitMistakes(type: unknown, mode: BrokerMode, limits: Readonly<Record<string, unknown>>): BrokerMistake[] {
  if (!isInstanceType(type)) return [];
  const usual = limitsOf(type, mode);
  return configurable.flatMap((limit): BrokerMistake[] => {
    const got = limits[limit];
    const most = mostOf(type, mode, limit);
    if (typeof got !== "number" || (Number.isInteger(got) && got >= 1 && got <= most)) return [];
    const allowed = `a whole number from 1 to ${most} for ${type} (${mode}), whose default is ${usual?.[limit]}`;
    return [{ path: ["limits", limit], allowed, got }];
  });
}

/** Every value that does not fit the others. */
export function brokerMistakes({ instanceType, mode, connections, limits }: BrokerPlan): BrokerMistake[] {
  if (!isInstanceType(instanceType) || (mode !== "cluster" && mode !== "single")) return [];
  const given: Readonly<Record<string, unknown>> = typeof limits === "object" && limits !== null ? { ...limits } : {};
  const wrong = limitMistakes(instanceType, mode, given);
  const nodes = nodesOf(mode);
  const limit =
    typeof given.connections === "number" ? given.connections : (limitsOf(instanceType, mode)?.connections ?? 0);
  const most = held(limit, nodes);
  const who = nodes > 1 ? "two nodes hold while the third is down" : "the node holds";
  return [
    ...(mode === "cluster" && instanceType === evaluationType
      ? [
          {
            path: ["instanceType"] as const,
            allowed: `mq.m7g.large or larger in a cluster, because ${evaluationType} is for evaluation only`,
            got: instanceType,
          },
        ]
      : []),
    ...wrong,
    ...(typeof connections === "number" && connections > most && wrong.length === 0
      ? [
          {
            path: ["connections"] as const,
            allowed: `at most ${most}, which ${who} with a fifth to spare: take a larger instanceType, or raise limits.connections`,
            got: connections,
          },
        ]
      : []),
  ];
}
