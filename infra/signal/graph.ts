/** Stands where a value is not known yet. */
export const notKnown = Symbol("not known yet");

/**
 * What a policy or a report knows of a resource. Inputs that are unknown in a preview are left out, so that reading one can never stop a rule;
 * which resources a property was made from is known all the same.
 */
export interface GraphResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  /** Known inputs (for a component: its registered outputs). */
  readonly known: Readonly<Record<string, unknown>>;
  /** The same with {@link notKnown} in the place of what is not, where the source of the graph can tell. */
  readonly marked?: Readonly<Record<string, unknown>>;
  /** Property to the URNs of the resources whose outputs it was made from. */
  readonly madeFrom: Readonly<Record<string, readonly string[]>>;
  /** URNs of all resources that must be there first: those of `madeFrom`, and those that the program names (`dependsOn`). */
  readonly dependsOn: readonly string[];
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** The resources of a stack, found by URN, by type, and by what they were made from. */
export class Graph {
  readonly #byUrn: ReadonlyMap<string, GraphResource>;
  readonly #byType = new Map<string, GraphResource[]>();
  readonly #users = new Map<string, GraphResource[]>();
  readonly #dependents = new Map<string, GraphResource[]>();

  constructor(readonly resources: readonly GraphResource[]) {
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) {
      add(this.#byType, resource.type, resource);
      const made = Object.values(resource.madeFrom).flat();
      for (const urn of new Set(made)) add(this.#users, urn, resource);
      for (const urn of new Set([...made, ...resource.dependsOn])) add(this.#dependents, urn, resource);
    }
  }

  find(urn: string): GraphResource | undefined {
    return this.#byUrn.get(urn);
  }

  ofType(type: string): readonly GraphResource[] {
    return this.#byType.get(type) ?? [];
  }

  /** The resources one of whose properties was made from this one. */
  usersOf(urn: string): readonly GraphResource[] {
    return this.#users.get(urn) ?? [];
  }

  /** The resources that must come after this one, because one of their properties was made from it or because the program says so. */
  dependentsOf(urn: string): readonly GraphResource[] {
    return this.#dependents.get(urn) ?? [];
  }

  /** The resources of a type, one of whose `property` was made from this one. */
  users(urn: string, type: string, property: string): readonly GraphResource[] {
    return this.usersOf(urn).filter((user) => user.type === type && user.madeFrom[property]?.includes(urn));
  }
}
