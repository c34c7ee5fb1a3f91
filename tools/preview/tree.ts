import { by, type ReportedResource } from "./report";

/** One printed line of the tree. */
export interface TreeLine {
  readonly depth: number;
  readonly op: string;
  readonly text: string;
}

interface Node {
  readonly resource: ReportedResource;
  readonly children: Node[];
}

const marks: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  replace: "+-",
  delete: "-",
  same: " ",
  read: ">",
  refresh: "~",
  import: "=",
};

/** The mark of an operation as Pulumi prints it. The steps of a replacement share one. */
export const markOf = (op: string): string =>
  op.includes("replace") ? "+-" : (marks[op] ?? marks[op.split("-")[0] ?? ""] ?? "?");

const changes = (op: string) => op !== "same" && op !== "read";
/** Providers are machinery: nobody reviews them. */
const isProvider = ({ type }: ReportedResource) => type.startsWith("pulumi:providers:");
/** `aws:sqs/queue:Queue` is a Queue to a reader. */
export const shortType = (type: string): string => type.split(":").pop() ?? type;

function forest(resources: readonly ReportedResource[]): Node[] {
  const nodes = new Map(resources.map((resource) => [resource.urn, { resource, children: [] as Node[] }]));
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = node.resource.parent === undefined ? undefined : nodes.get(node.resource.parent);
    (parent ? parent.children : roots).push(node);
  }
  for (const siblings of [roots, ...[...nodes.values()].map(({ children }) => children)]) {
    siblings.sort(
      by(
        ({ resource }) => shortType(resource.type),
        ({ resource }) => resource.name,
      ),
    );
  }
  return roots;
}

const below = (node: Node): ReportedResource[] => node.children.flatMap((child) => [child.resource, ...below(child)]);

/** A component's type has no module file: it groups resources and is none itself. */
const isComponent = ({ type }: ReportedResource) => !type.includes("/");

/** "2 Queue, 5 MetricAlarm". */
function counted(resources: readonly ReportedResource[]): string {
  const own = resources.filter((resource) => !isComponent(resource));
  const counts = new Map<string, number>();
  for (const { type } of own.length > 0 ? own : resources)
    counts.set(shortType(type), (counts.get(shortType(type)) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(", ");
}

function describe({ type, name, changed, replaces }: ReportedResource): string {
  const keys = replaces ? ` [replaced for ${replaces.join(", ")}]` : changed ? ` [${changed.join(", ")}]` : "";
  return `${shortType(type)} ${name}${keys}`;
}

/** More leaves of one type and operation than this are one line. */
const fewLeaves = 4;

function opened(nodes: readonly Node[], depth: number): TreeLine[] {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const { op, type, urn, changed, replaces } = node.resource;
    // A reviewer wants to see each update; a creation of many alike is one thing.
    const alone = node.children.length > 0 || changed !== undefined || replaces !== undefined;
    const id = alone ? urn : changes(op) ? `${op} ${type}` : op;
    groups.set(id, [...(groups.get(id) ?? []), node]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length <= fewLeaves) return group.flatMap((node) => folded(node, depth));
    const { op } = first.resource;
    const what = counted(group.map(({ resource }) => resource));
    return [{ depth, op, text: changes(op) ? `${what}: ${first.resource.name}, ...` : `${what} (unchanged)` }];
  });
}

function folded(node: Node, depth: number): TreeLine[] {
  const { resource, children } = node;
  const line = { depth, op: resource.op, text: describe(resource) };
  const inside = below(node);
  const uniform = inside.every(({ op, changed, replaces }) => op === resource.op && !changed && !replaces);
  if (depth > 0 && inside.length > 0 && uniform) return [{ ...line, text: `${line.text} (${counted(inside)})` }];
  return [line, ...opened(children, depth + 1)];
}

const whole = (node: Node, depth: number): TreeLine[] => [
  { depth, op: node.resource.op, text: describe(node.resource) },
  ...node.children.flatMap((child) => whole(child, depth + 1)),
];

/**
 * The resources as a tree. Folded, a component in which everything has the same operation is one line that counts what is in it, and so are many
 * resources of one type; what is updated or replaced is never hidden.
 * @param all unfolds it, and shows providers
 */
export function treeOf(resources: readonly ReportedResource[], all = false): TreeLine[] {
  if (all) return forest(resources).flatMap((node) => whole(node, 0));
  return forest(resources.filter((resource) => !isProvider(resource))).flatMap((node) => folded(node, 0));
}

const past: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
};
const unchanging: Readonly<Record<string, string>> = { same: "unchanged", read: "read" };

/**
 * "12 to create, 1 to replace, 40 unchanged", from the number of resources by operation.
 * @param done after the fact: "12 created"
 */
export function changesText(counts: Readonly<Record<string, number>>, done = false): string {
  const word = (op: string) => unchanging[op] ?? (done ? (past[op] ?? op) : `to ${op}`);
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  if (parts.length === 0) return "nothing to change";
  return parts.map(([op, count]) => `${count} ${word(op)}`).join(", ");
}
