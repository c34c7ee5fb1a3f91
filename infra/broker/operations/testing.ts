import { randomUUID } from "node:crypto";
import { type BrokerSecret, readBrokerSecret, writeBrokerSecret } from "../credentials";
import type { Definitions } from "../definitions";
import { definitionsOf, type Topology } from "../topology";
import type { SecretIds } from "./access";
import type { Exports } from "./compare";
import { type Login, Management } from "./management";
import type { Emit } from "./metrics";
import { newPassword, type SecretDescription, type Secrets, type Stage } from "./secrets";

/** ARNs of the secrets in tests. */
export const ids: SecretIds = { admin: "arn:admin", application: "arn:application", monitoring: "arn:monitoring" };

interface Version {
  readonly stages: Set<string>;
  value?: string;
}

/** Secrets Manager in memory, with versions and stages as the service keeps them. */
export class MemorySecrets implements Secrets {
  readonly #secrets = new Map<string, Map<string, Version>>();
  readonly since = new Map<string, number>();
  rotated = true;

  /** Sets the value in use. */
  put(id: string, login: Login): void {
    const secret: BrokerSecret = { engine: "rabbitmq", ...login };
    const value = writeBrokerSecret(secret);
    this.#secrets.set(id, new Map([[randomUUID(), { stages: new Set(["AWSCURRENT"]), value }]]));
  }

  /** Begins a rotation, as Secrets Manager does: a version that is pending and has no value. */
  begin(id: string): string {
    const version = randomUUID();
    this.#versions(id).set(version, { stages: new Set(["AWSPENDING"]) });
    return version;
  }

  #versions(id: string): Map<string, Version> {
    const found = this.#secrets.get(id);
    if (!found) throw new Error(`no secret ${id}`);
    return found;
  }

  describe(id: string): Promise<SecretDescription> {
    const versions = [...this.#versions(id)].map(([version, { stages }]): [string, string[]] => [version, [...stages]]);
    const since = this.since.get(id);
    return Promise.resolve({
      rotated: this.rotated,
      versions: Object.fromEntries(versions),
      ...(since !== undefined && { since }),
    });
  }

  read(id: string, stage: Stage, version?: string): Promise<string | undefined> {
    const found = [...this.#versions(id)].find(
      ([name, { stages }]) => stages.has(stage) && (version === undefined || name === version),
    );
    return Promise.resolve(found?.[1].value);
  }

  addPending(id: string, version: string, value: string): Promise<void> {
    this.#versions(id).set(version, { stages: new Set(["AWSPENDING"]), value });
    return Promise.resolve();
  }

  promote(id: string, version: string, from: string | undefined): Promise<void> {
    const versions = this.#versions(id);
    for (const [name, { stages }] of versions) {
      if (name === from) stages.delete("AWSCURRENT");
      if (name === version) stages.add("AWSCURRENT").delete("AWSPENDING");
    }
    return Promise.resolve();
  }
}

/** A bucket in memory. */
export class MemoryExports implements Exports {
  readonly kept: { text: string; hash: string }[] = [];

  newest(): Promise<string | undefined> {
    return Promise.resolve(this.kept.at(-1)?.hash);
  }

  put(text: string, hash: string): Promise<void> {
    this.kept.push({ text, hash });
    return Promise.resolve();
  }
}

/** Metrics that were told, one line each. */
export function recordedMetrics(): Emit & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    differences: (count) => void told.push(`differences ${count}`),
    exported: () => void told.push("exported"),
    secretAge: (secret, age) => void told.push(`age of ${secret} ${age}`),
  };
}

/** A topology with one of everything. */
export const small: Topology = {
  shop: {
    description: "orders and customers",
    exchanges: { orders: { type: "topic" }, news: { type: "fanout" } },
    queues: {
      orders: { from: [{ exchange: "orders", key: "order.*" }], deliveryLimit: 2 },
      customers: { from: [{ exchange: "news" }, { exchange: "orders", key: "customer.#" }], singleConsumer: true },
    },
  },
};

/** Its definitions. */
export const declared = definitionsOf(small);

const empty = {
  vhosts: [],
  queues: [],
  exchanges: [],
  bindings: [],
  policies: [],
  permissions: [],
  users: [{ name: "admin", tags: ["administrator"] }],
};

/** A broker in memory: what is imported is there, and whoever has the right password gets in. */
export class FakeBroker extends Management {
  held: Definitions;
  readonly passwords = new Map<string, string>([["admin", "of the admin"]]);
  readonly asked: string[] = [];
  connections = 0;

  constructor(held: Definitions = empty) {
    super("http://127.0.0.1:1");
    this.held = held;
  }
  override definitions() {
    this.asked.push("export");
    return Promise.resolve(this.held);
  }
  override addDefinitions(_login: object, part: Definitions) {
    this.asked.push("import");
    const joined = <One>(before: readonly One[], added: readonly One[]) => [...before, ...added];
    this.held = {
      vhosts: joined(this.held.vhosts, part.vhosts),
      queues: joined(this.held.queues, part.queues),
      exchanges: joined(this.held.exchanges, part.exchanges),
      bindings: joined(this.held.bindings, part.bindings),
      policies: joined(this.held.policies, part.policies),
      permissions: joined(this.held.permissions, part.permissions),
      users: this.held.users,
    };
    return Promise.resolve();
  }
  override putUser(
    _login: object,
    { username, password }: { username: string; password: string },
    tags: readonly string[],
  ) {
    this.asked.push(`put ${username} [${tags.join()}]`);
    this.passwords.set(username, password);
    const others = this.held.users.filter(({ name }) => name !== username);
    this.held = { ...this.held, users: [...others, { name: username, tags }] };
    return Promise.resolve();
  }
  override connectionsOf() {
    return Promise.resolve(this.connections);
  }
  override letsIn({ username, password }: { username: string; password: string }) {
    return Promise.resolve(this.passwords.get(username) === password);
  }
}

/** What the operations work with, in memory. */
export function fakeParts(management = new FakeBroker()) {
  const secrets = new MemorySecrets();
  secrets.put(ids.admin, { username: "admin", password: "of the admin" });
  secrets.put(ids.application, { username: "app-a", password: newPassword() });
  secrets.put(ids.monitoring, { username: "monitoring", password: newPassword() });
  return { management, secrets, ids, declared, log: () => {} };
}
/** The value in use of a secret. */
export const secretOf = async (secrets: MemorySecrets, id: string): Promise<BrokerSecret> =>
  readBrokerSecret((await secrets.read(id, "AWSCURRENT")) ?? "");

/** What Secrets Manager says, one after the other. */
export const rotationSteps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** Waits until it is so, or for a while: what follows says what is wrong then. */
export async function until(fine: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end && !(await fine()); )
    await new Promise((done) => setTimeout(done, 50));
}
