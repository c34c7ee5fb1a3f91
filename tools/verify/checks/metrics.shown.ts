import { catalogue } from "../../../infra/signal/catalogue";
import { grouped } from "../check";
import type { Deployed, Read } from "../deployed";

/** A metric that no alarm reads, but boards show. */
export interface Shown {
  readonly region: string;
  readonly namespace: string;
  readonly metric: string;
  readonly kind: string;
  /** Whether a metric that is listed is it, of a resource of the stack. */
  readonly fits: (listed: Readonly<Record<string, string>>) => boolean;
}

/**
 * The metrics of signals without an alarm, of the kinds that the stack has. Nobody wrote down of which resource: any value counts that an alarm of the stack uses for
 * a dimension of that name.
 */
export function shownMetrics(
  { types, region }: Pick<Deployed, "types" | "region">,
  alarmed: readonly Read[],
): readonly Shown[] {
  const values = new Map<string, Set<string>>();
  for (const { dimensions } of alarmed)
    for (const [name, value] of Object.entries(dimensions))
      values.set(name, (values.get(name) ?? new Set()).add(value));
  const kinds = catalogue.kinds.filter((kind) => kind.types.some((type) => types.has(type)));
  const all = kinds.flatMap(({ name, signals }) =>
    signals.flatMap(({ severity, metrics }) =>
      severity === undefined ? metrics.map((source) => ({ ...source, kind: name })) : [],
    ),
  );
  const read = new Set(alarmed.map(({ namespace, metric }) => `${namespace} ${metric}`));
  const only = all.filter(({ namespace, metric }) => !read.has(`${namespace} ${metric}`));
  return [...grouped(only, ({ namespace, metric }) => `${namespace} ${metric}`).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { namespace, metric, kind } = first;
    const sets = own.map(({ dimensions, across = [] }) => ({ named: Object.keys(dimensions), across }));
    const fits = (listed: Readonly<Record<string, string>>) =>
      sets.some(
        ({ named, across }) =>
          named.length + across.length === Object.keys(listed).length &&
          across.every((name) => Object.hasOwn(listed, name)) &&
          named.every((name) => {
            const value = listed[name];
            return value !== undefined && (values.get(name)?.has(value) ?? true);
          }),
      );
    return [{ region, namespace, metric, kind, fits }];
  });
}
