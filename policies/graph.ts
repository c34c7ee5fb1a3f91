import type { PolicyResource } from "@pulumi/policy";
import { Graph, type GraphResource, notKnown } from "../infra/signal/graph";

/**
 * A copy in which `mark` stands for what is not known; without a mark it is left out. Reading it plainly throws, and would turn a mandatory rule into an
 * advisory one.
 */
function copyOf(value: unknown, mark?: symbol): unknown {
  if (typeof value !== "object" || value === null) return value;
  const partOf = (key: string): unknown => {
    try {
      return copyOf(Reflect.get(value, key), mark);
    } catch {
      return mark;
    }
  };
  const parts = Object.keys(value).flatMap((key): [string, unknown][] => {
    const part = partOf(key);
    return part === undefined ? [] : [[key, part]];
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
  readonly dependsOn: readonly string[];
  #known: Readonly<Record<string, unknown>> | undefined;

  constructor(private readonly resource: PolicyResource) {
    const { urn, type, name, parent, propertyDependencies, dependencies } = resource;
    this.urn = urn;
    this.type = type;
    this.name = name;
    this.parent = parent?.urn;
    this.madeFrom = Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, resources]) => [
        property,
        resources.map((made) => made.urn),
      ]),
    );
    this.dependsOn = dependencies.map((first) => first.urn);
  }

  get known(): Readonly<Record<string, unknown>> {
    this.#known ??= copyOf(this.resource.props) as Readonly<Record<string, unknown>>;
    return this.#known;
  }

  get marked(): Readonly<Record<string, unknown>> {
    return copyOf(this.resource.props, notKnown) as Readonly<Record<string, unknown>>;
  }
}

/** The resources of a stack policy as the rules read them. */
export const graphOf = (resources: readonly PolicyResource[]): Graph =>
  new Graph(resources.map((resource) => new Seen(resource)));
