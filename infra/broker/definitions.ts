/**
 * RabbitMQ's own definitions, as `GET /api/definitions` gives them and `POST /api/definitions` takes them ("Schema Definition Export and Import", RabbitMQ
 * documentation, 2026-11). Data only: the functions are bundled with it.
 */

/** Arguments of a queue, an exchange or a binding. */
export type Arguments = Readonly<Record<string, string | number | boolean>>;

export interface VirtualHostDefinition {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly default_queue_type: "quorum";
  /** The same again: an import takes the type of queues from here alone, and an export gives both (seen with RabbitMQ 4.0). */
  readonly metadata: {
    readonly description: string;
    readonly tags: readonly string[];
    readonly default_queue_type: "quorum";
  };
}

export interface QueueDefinition {
  readonly name: string;
  readonly vhost: string;
  readonly durable: boolean;
  readonly auto_delete: boolean;
  readonly arguments: Arguments;
}

export interface ExchangeDefinition {
  readonly name: string;
  readonly vhost: string;
  readonly type: string;
  readonly durable: boolean;
  readonly auto_delete: boolean;
  readonly internal: boolean;
  readonly arguments: Arguments;
}

export interface BindingDefinition {
  readonly source: string;
  readonly vhost: string;
  readonly destination: string;
  readonly destination_type: "queue" | "exchange";
  readonly routing_key: string;
  readonly arguments: Arguments;
}

export interface PolicyDefinition {
  readonly vhost: string;
  readonly name: string;
  readonly pattern: string;
  readonly "apply-to": string;
  readonly definition: Arguments;
  readonly priority: number;
}

export interface PermissionDefinition {
  readonly user: string;
  readonly vhost: string;
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

export interface UserDefinition {
  readonly name: string;
  readonly tags: readonly string[];
}

/** What is declared, by kind of object. Users have no password here: those are in Secrets Manager. */
export interface Definitions {
  readonly vhosts: readonly VirtualHostDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly exchanges: readonly ExchangeDefinition[];
  readonly bindings: readonly BindingDefinition[];
  readonly policies: readonly PolicyDefinition[];
  readonly permissions: readonly PermissionDefinition[];
  readonly users: readonly UserDefinition[];
}

/** The kinds of objects in the order in which they must be made. */
export const definitionKinds = [
  "users",
  "vhosts",
  "permissions",
  "policies",
  "queues",
  "exchanges",
  "bindings",
] as const;
