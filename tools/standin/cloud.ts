import { partsOf } from "./arn";
import { nameRule, physicalName } from "./names";
import { type Bag, same, text } from "./wire";

/** A resource that exists in the pretended account. */
export interface CloudResource {
  readonly type: string;
  readonly id: string;
  /** Of the program's resource that made it. */
  readonly urn: string;
  readonly region: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
}

const keyOf = (type: string, id: string): string => `${type} ${id}`;

/**
 * The pretended account behind the stand-in: what exists in it after creations, changes and removals. In memory; a new one is empty, except that a
 * resource which a program or a state names by id is taken to exist as long as nothing removed it.
 */
export class Cloud {
  private readonly live = new Map<string, CloudResource>();
  private readonly gone = new Set<string>();
  private readonly made = new Map<string, number>();

  /** Everything that exists, in the order of creation. */
  resources(): readonly CloudResource[] {
    return [...this.live.values()];
  }

  /** What exists under this type and id. */
  get(type: string, id: string): CloudResource | undefined {
    return this.live.get(keyOf(type, id));
  }

  /** Whether it existed here and was removed. */
  isGone(type: string, id: string): boolean {
    return this.gone.has(keyOf(type, id));
  }

  /** What the values of the next resource under this URN derive from; another one each time it is made anew. */
  seed(urn: string): string {
    const count = this.made.get(urn) ?? 0;
    return count === 0 ? urn : `${urn}#${count}`;
  }

  /**
   * Adds a new resource.
   * @throws in AWS's words when its physical name is taken.
   */
  create(resource: CloudResource): void {
    const { type, inputs } = resource;
    const taken = this.resources().find((other) => this.sameName(resource, other));
    if (taken) {
      const name = physicalName(type, inputs);
      const error = nameRule(type)?.unique?.error ?? "AlreadyExists";
      const { module, kind } = partsOf(type);
      throw new Error(`creating ${module} ${kind} (${name}): ${error}: a ${kind} named "${name}" already exists`);
    }
    this.put(resource);
    this.made.set(resource.urn, (this.made.get(resource.urn) ?? 0) + 1);
  }

  /** Sets what exists under a type and id, new or not. */
  put(resource: CloudResource): void {
    const key = keyOf(resource.type, resource.id);
    this.live.set(key, resource);
    this.gone.delete(key);
  }

  /** Removes a resource as its provider does; nothing happens when it is not there. */
  delete(type: string, id: string): void {
    this.live.delete(keyOf(type, id));
    this.gone.add(keyOf(type, id));
  }

  /**
   * Changes properties behind the program's back, as a person in the console would.
   * @param urnOrId of exactly one resource.
   * @param properties new values; null removes a property.
   * @throws when there is no such resource, or the id names several.
   */
  drift(urnOrId: string, properties: Bag): void {
    const resource = this.find(urnOrId);
    const change = (bag: Bag, onlyKnown: boolean): Bag => {
      const changed = { ...bag };
      for (const [key, value] of Object.entries(properties)) {
        if (value === null) delete changed[key];
        else if (!onlyKnown || changed[key] !== undefined || resource.outputs[key] === undefined) changed[key] = value;
      }
      return changed;
    };
    this.put({ ...resource, inputs: change(resource.inputs, true), outputs: change(resource.outputs, false) });
  }

  /**
   * Removes a resource behind the program's back.
   * @throws as {@link drift} does.
   */
  remove(urnOrId: string): void {
    const { type, id } = this.find(urnOrId);
    this.delete(type, id);
  }

  private find(urnOrId: string): CloudResource {
    const found = this.resources().filter(({ urn, id }) => urn === urnOrId || id === urnOrId);
    // While a resource is replaced, its URN stands for two: the newest counts.
    const distinct = new Set(found.map(({ urn }) => urn));
    const newest = found.at(-1);
    if (newest === undefined)
      throw new Error(`the stand-in's cloud has no resource ${urnOrId}; it has ${this.live.size} resources`);
    if (distinct.size > 1)
      throw new Error(`${urnOrId} names ${distinct.size} resources, give a URN: ${[...distinct].join(", ")}`);
    return newest;
  }

  private sameName(a: CloudResource, b: CloudResource): boolean {
    const rule = nameRule(a.type);
    if (a.type !== b.type || !rule?.unique) return false;
    const within = [rule.key, ...rule.unique.within];
    const sameScope = rule.unique.global === true || a.region === b.region;
    return (
      sameScope && text(a.inputs[rule.key]) !== undefined && within.every((key) => same(a.inputs[key], b.inputs[key]))
    );
  }
}
