import { queueKind } from "../queue/queue.kind";
import { topicKind } from "../topic/topic.kind";
import type { Cost, Kind } from "./kind";
import { publishers } from "./publishers";

/** A type that needs no signal although its service publishes metrics, or that costs money without being watched. */
export interface Exemption {
  readonly reason: string;
  /** What one of them costs a month. */
  readonly costs?: readonly Cost[];
}

/** All kinds of resources that the project watches, and the types that it knowingly does not. */
export interface Catalogue {
  readonly kinds: readonly Kind[];
  readonly kindOf: (type: string) => Kind | undefined;
  readonly exempt: Readonly<Record<string, Exemption>>;
  /** Types whose service publishes metrics, with the namespace. */
  readonly publishers: Readonly<Record<string, string>>;
}

/** Gathers kinds. Throws when two of them name a signal alike, or claim the same type. */
export function catalogueOf(kinds: readonly Kind[], exempt: Catalogue["exempt"]): Catalogue {
  const byType = new Map<string, Kind>();
  const ids = new Set<string>();
  for (const kind of kinds) {
    for (const type of kind.types) {
      if (byType.has(type))
        throw new TypeError(`${type} belongs to two kinds: ${byType.get(type)?.name} and ${kind.name}`);
      byType.set(type, kind);
    }
    for (const { id } of kind.signals) {
      if (ids.has(id))
        throw new TypeError(`two signals are named "${id}": ids name alarms and runbooks, so each stands once`);
      ids.add(id);
    }
  }
  return { kinds, kindOf: (type) => byType.get(type), exempt, publishers };
}

/** The project's catalogue: a new kind is one line here. */
export const catalogue = catalogueOf([queueKind, topicKind], {
  "aws:cloudwatch/logGroup:LogGroup": {
    reason:
      "AWS/Logs counts how much is logged, which tells nothing that the signals of whatever writes there do not tell first",
    costs: [{ item: "ingested logs", price: "logs.ingestion" }],
  },
  "aws:kms/key:Key": {
    reason: "KMS publishes a metric only for keys with imported material, which expire",
    costs: [{ item: "key", price: "kms.key", quantity: 1 }],
  },
});
