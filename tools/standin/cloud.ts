import { partsOf } from "./arn";
import { isKubernetesObject } from "./kubernetes";
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

/** What tells resources apart. The id alone does not: each random password has the id `none`. */
export type Identity = Pick<CloudResource, "type" | "id" | "urn">;

/** Types whose resources may have an id in common without being the same. */
const idIsShared = /^random:/;

const placeOf = ({ type, id }: Identity): string => `${type} ${id}`;

/**
 * The pretended account behind the stand-in: what exists in it after creations, changes and removals. In memory; a new one is empty, except that a
 * resource which a program or a state names by id is taken to exist as long as nothing removed it.
 */
export class Cloud {
  private live: readonly CloudResource[] = [];
  /** Identities that were removed, with and without their URN. */
  private readonly gone = new Set<string>();
  private readonly made = new Map<string, number>();

  /** Everything that exists, in the order of creation. */
  resources(): readonly CloudResource[] {
    return this.live;
  }

  /** What exists under an identity; under another URN when the program calls it differently now. */
  get(identity: Identity): CloudResource | undefined {
    if (this.isGone(identity)) return undefined;
    const alike = this.alike(identity);
    const own = alike.findLast(({ urn }) => urn === identity.urn);
    return own ?? (idIsShared.test(identity.type) ? undefined : alike.at(-1));
  }

  /** Whether it existed here and was removed. */
  isGone(identity: Identity): boolean {
    const place = placeOf(identity);
    if (this.gone.has(`${place} ${identity.urn}`)) return true;
    return this.gone.has(place) && this.alike(identity).length === 0;
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
    const { type, inputs, id } = resource;
    const taken = this.live.find((other) => this.sameName(resource, other));
    if (taken) {
      const name = physicalName(type, inputs) ?? id;
      const error = nameRule(type)?.unique?.error ?? "AlreadyExists";
      const { module, kind } = partsOf(type);
      throw new Error(`creating ${module} ${kind} (${name}): ${error}: a ${kind} named "${name}" already exists`);
    }
    this.live = [...this.live, resource];
    this.restore(resource);
    this.made.set(resource.urn, (this.made.get(resource.urn) ?? 0) + 1);
  }

  /** Sets what exists under an identity, new or not. */
  put(resource: CloudResource): void {
    const before = this.get(resource);
    this.live = before ? this.live.map((one) => (one === before ? resource : one)) : [...this.live, resource];
    this.restore(resource);
  }

  /**
   * Removes a resource as its provider does; nothing happens when it is not there.
   * @param urn where the id alone does not tell which one is meant.
   * @param outputs of the one to remove, where the old and the new one of a replacement have the same id.
   */
  delete(type: string, id: string, urn?: string, outputs?: Bag): void {
    const identity: Identity = { type, id, urn: urn ?? this.alike({ type, id, urn: "" }).at(-1)?.urn ?? "" };
    const own = this.alike(identity).filter((one) => one.urn === identity.urn);
    const removed =
      own.find((one) => outputs !== undefined && same(one.outputs, outputs)) ?? own[0] ?? this.get(identity);
    this.live = this.live.filter((one) => one !== removed);
    if (own.length > 1) return;
    this.gone.add(placeOf(identity)).add(`${placeOf(identity)} ${identity.urn}`);
  }

  private alike(identity: Identity): readonly CloudResource[] {
    return this.live.filter((one) => placeOf(one) === placeOf(identity));
  }

  private restore(identity: Identity): void {
    this.gone.delete(placeOf(identity));
    this.gone.delete(`${placeOf(identity)} ${identity.urn}`);
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
    const { type, id, urn, outputs } = this.find(urnOrId);
    this.delete(type, id, urn, outputs);
  }

  private find(urnOrId: string): CloudResource {
    const found = this.resources().filter(({ urn, id }) => urn === urnOrId || id === urnOrId);
    // While a resource is replaced, its URN stands for two: the newest counts.
    const distinct = new Set(found.map(({ urn }) => urn));
    const newest = found.at(-1);
    if (newest === undefined)
      throw new Error(`the stand-in's cloud has no resource ${urnOrId}; it has ${this.live.length} resources`);
    if (distinct.size > 1)
      throw new Error(`${urnOrId} names ${distinct.size} resources, give a URN: ${[...distinct].join(", ")}`);
    return newest;
  }

  private sameName(a: CloudResource, b: CloudResource): boolean {
    if (isKubernetesObject(a.type)) return placeOf(a) === placeOf(b);
    const rule = nameRule(a.type);
    if (a.type !== b.type || !rule?.unique) return false;
    const within = [rule.key, ...rule.unique.within];
    const sameScope = rule.unique.global === true || a.region === b.region;
    return (
      sameScope && text(a.inputs[rule.key]) !== undefined && within.every((key) => same(a.inputs[key], b.inputs[key]))
    );
  }
}
