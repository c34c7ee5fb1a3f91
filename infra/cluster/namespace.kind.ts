import { defineKind } from "../signal/kind";
import { type NamespaceSize, type NamespaceSubject, namespaceSignals } from "./namespace.signals";

/** Namespaces of Kubernetes as the catalogue knows them. */
export const namespaceKind = defineKind<"namespace", NamespaceSubject, NamespaceSize>({
  name: "namespace",
  types: ["kubernetes:core/v1:Namespace"],
  signals: namespaceSignals,
  nameOf: {},
  roleOf: () => "namespace",
  // Whether a foreign cluster is scraped cannot be seen: its signals are asked for.
  sizeOf: () => ({ scraped: true }),
  costs: () => [],
});
