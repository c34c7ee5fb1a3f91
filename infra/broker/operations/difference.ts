/** What a broker holds, compared with what is declared. Pure. */
import { type Definitions, definitionKinds } from "../definitions";

/** One object that is not as declared. */
export interface Difference {
  /** `queue shop/orders`, `binding shop: orders -> orders (order.*)`. */
  readonly object: string;
  readonly kind: keyof Definitions;
  /** `missing`: declared and not there; `changed`: there, but different; `unknown`: there, and nobody declared it. */
  readonly is: "missing" | "changed" | "unknown";
  /** What differs, of a changed object. */
  readonly fields?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const fieldsOf = (object: object): Fields => Object.fromEntries(Object.entries(object));
const text = (value: unknown): string => (typeof value === "string" ? value : String(value ?? ""));
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** JSON with sorted keys, so that equal values have equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${entries
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
    .join(",")}}`;
}

/** How an object is named, and which of its fields count. RabbitMQ exports more: times, limits, metadata of its own. */
interface Shape {
  readonly name: (object: Fields) => string;
  readonly compared: readonly string[];
  /** RabbitMQ's own objects, and Amazon MQ's. */
  readonly foreign?: (object: Fields) => boolean;
}

const inHost = (what: string) => (object: Fields) => `${what} ${text(object.vhost)}/${text(object.name)}`;
const sorted = (tags: unknown): unknown => {
  const all = Array.isArray(tags) ? tags.map(text) : text(tags).split(",").filter(Boolean);
  return all.sort();
};

/** Users and policies of Amazon MQ itself ("Broker authentication and authorization" and "Broker defaults" of RabbitMQ, Amazon MQ Developer Guide, 2026-11). */
const isAmazons = (name: unknown): boolean => /^AWS-|-AWS-OWNED-DO-NOT-DELETE$/.test(text(name));

const shapes: Readonly<Record<keyof Definitions, Shape>> = {
  users: {
    name: (user) => `user ${text(user.name)}`,
    compared: ["tags"],
    foreign: ({ name }) => isAmazons(name),
  },
  vhosts: {
    name: (host) => `virtual host ${text(host.name)}`,
    compared: ["description", "default_queue_type"],
    foreign: (host) => host.name === "/",
  },
  permissions: {
    name: ({ user, vhost }) => `permission of ${text(user)} in ${text(vhost)}`,
    compared: ["configure", "write", "read"],
    foreign: ({ vhost, user }) => vhost === "/" || isAmazons(user),
  },
  policies: {
    name: inHost("policy"),
    compared: ["pattern", "apply-to", "definition", "priority"],
    foreign: ({ name }) => isAmazons(name),
  },
  queues: {
    name: inHost("queue"),
    compared: ["durable", "auto_delete", "arguments"],
    foreign: ({ name }) => text(name).startsWith("amq."),
  },
  exchanges: {
    name: inHost("exchange"),
    compared: ["type", "durable", "auto_delete", "internal", "arguments"],
    foreign: ({ name }) => text(name) === "" || text(name).startsWith("amq."),
  },
  bindings: {
    name: (binding) => {
      const { vhost, source, destination, destination_type: type, routing_key: key } = binding;
      const to = type === "exchange" ? `exchange ${text(destination)}` : text(destination);
      return `binding ${text(vhost)}: ${text(source)} -> ${to} (${text(key)})`;
    },
    compared: ["arguments"],
    foreign: ({ destination, source }) => text(destination).startsWith("amq.") || text(source) === "",
  },
};

/** An administrator has every right in the virtual hosts that it makes: that is no topology. */
const isAdministrators = (permission: Fields, administrator: string) => permission.user === administrator;

function differing(kind: keyof Definitions, declared: Fields, found: Fields): string[] {
  return shapes[kind].compared.filter((field) => {
    const [wanted, actual] = [declared[field], found[field]].map((value) => (field === "tags" ? sorted(value) : value));
    return canonical(wanted) !== canonical(actual);
  });
}

/**
 * All differences between what is declared and what a broker exports.
 * @param exported what `GET /api/definitions` answered
 * @param administrator whose permissions are nobody's topology
 */
export function differencesOf(declared: Definitions, exported: unknown, administrator: string): Difference[] {
  if (!isFields(exported) || !Array.isArray(exported.vhosts)) {
    throw new TypeError("the broker exported no definitions: there is no list of virtual hosts in its answer");
  }
  return definitionKinds.flatMap((kind): Difference[] => {
    const { name, foreign } = shapes[kind];
    const wanted = new Map(
      declared[kind].map((object): [string, Fields] => [name(fieldsOf(object)), fieldsOf(object)]),
    );
    const found = new Map(
      list(exported[kind])
        .filter((object) => !(kind === "permissions" && isAdministrators(object, administrator)))
        .map((object) => [name(object), object]),
    );
    const missing = [...wanted].flatMap(([object, fields]): Difference[] => {
      const other = found.get(object);
      if (!other) return [{ object, kind, is: "missing" }];
      const changed = differing(kind, fields, other);
      return changed.length > 0 ? [{ object, kind, is: "changed", fields: changed }] : [];
    });
    const unknown = [...found].flatMap(([object, fields]): Difference[] =>
      wanted.has(object) || foreign?.(fields) ? [] : [{ object, kind, is: "unknown" }],
    );
    return [...missing, ...unknown];
  });
}

/** What of the declared is in a list of differences: the part that an import must add or mend. */
export function partOf(declared: Definitions, differences: readonly Difference[]): Definitions {
  const concerned = new Set(differences.filter(({ is }) => is !== "unknown").map(({ object }) => object));
  const part = <Definition extends object>(kind: keyof Definitions, all: readonly Definition[]) =>
    all.filter((object) => concerned.has(shapes[kind].name(fieldsOf(object))));
  const { vhosts, permissions, policies, queues, exchanges, bindings } = declared;
  return {
    users: [],
    vhosts: part("vhosts", vhosts),
    permissions: part("permissions", permissions),
    policies: part("policies", policies),
    queues: part("queues", queues),
    exchanges: part("exchanges", exchanges),
    bindings: part("bindings", bindings),
  };
}

/** Differences in one line each, for the log. */
export const describe = ({ object, is, fields }: Difference): string =>
  `${object} is ${is}${fields ? ` (${fields.join(", ")})` : ""}`;

/** What is kept of an export: everything but the hashes of passwords, which Secrets Manager makes unnecessary. Equal brokers give equal texts. */
export function keptExport(exported: unknown): string {
  if (!isFields(exported)) throw new TypeError("the broker exported no definitions");
  const users = list(exported.users).map(({ password_hash: _, hashing_algorithm: __, ...user }) => user);
  const lists = Object.entries(exported).map(([key, value]): [string, unknown] => {
    const kept = key === "users" ? users : value;
    return [
      key,
      Array.isArray(kept)
        ? kept
            .map(canonical)
            .sort()
            .map((one): unknown => JSON.parse(one))
        : kept,
    ];
  });
  return `${JSON.stringify(Object.fromEntries(lists), null, 1)}\n`;
}
