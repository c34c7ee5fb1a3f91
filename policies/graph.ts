import type { PolicyResource } from "@pulumi/policy";
import { Graph, type GraphResource } from "../infra/signal/graph";

/** The parts of a value that are known: reading one that is not throws, and would turn a mandatory rule into an advisory one. */
function knownOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.keys(value).flatMap((key): [string, unknown][] => {
    try {
      const part = knownOf(Reflect.get(value, key));
      return part === undefined ? [] : [[key, part]];
    } catch {
      return [];
    }
  });
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

/** A resource of a policy's arguments; what is known of it is copied only when a rule asks. */
class Seen implements GraphResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly madeFrom: Readonly<Record<string, readonly string[]>>;
  #known: Readonly<Record<string, unknown>> | undefined;

  constructor(private readonly resource: PolicyResource) {
    const { urn, type, name, parent, propertyDependencies } = resource;
    this.urn = urn;
    this.type = type;
    this.name = name;
    this.parent = parent?.urn;
    this.madeFrom = Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, resources]) => [property, resources.map((made) => made.urn)]),
    );
  }

  get known(): Readonly<Record<string, unknown>> {
    this.#known ??= knownOf(this.resource.props) as Readonly<Record<string, unknown>>;
    return this.#known;
  }
}

/** The resources of a stack policy as the rules read them. */
export const graphOf = (resources: readonly PolicyResource[]): Graph => new Graph(resources.map((resource) => new Seen(resource)));
