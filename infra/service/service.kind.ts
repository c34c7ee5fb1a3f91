import { defineKind } from "../signal/kind";
import { serviceSignals } from "./service.signals";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

export const deploymentType = "kubernetes:apps/v1:Deployment";

/** What a deployment that serves requests is labelled with ("Recommended Labels", Kubernetes documentation, 2026-11). */
export const apiLabels = { "app.kubernetes.io/component": "api" } as const;

const at = (known: unknown, key: string): unknown =>
  typeof known === "object" && known !== null ? Object.getOwnPropertyDescriptor(known, key)?.value : undefined;

/** Whether the pods of a deployment are labelled as ones that serve requests. */
const serves = (spec: unknown): boolean =>
  Object.entries(apiLabels).every(
    ([label, value]) => at(at(at(at(spec, "template"), "metadata"), "labels"), label) === value,
  );

/**
 * Deployments as the catalogue knows them. Those whose pods are labelled as an API are watched as a service. Of all others nothing is asked but what the namespace
 * tells of every workload: that they run, start, and have room.
 */
export const serviceKind = defineKind<ServiceRole, ServiceSubject, ServiceSize>({
  name: "service",
  types: [deploymentType],
  signals: serviceSignals,
  nameOf: {},
  roleOf: ({ known }) => (serves(known.spec) ? "api" : "workload"),
  // What a foreign service does cannot be seen: only what holds for each is asked for.
  sizeOf: () => ({
    scraped: true,
    balanced: false,
    node: false,
    requestsPerSecond: 1,
    steady: false,
    acceptable: 1,
    availability: 99.9,
    sessions: 0,
    business: {},
  }),
  // Its nodes cost, not its pods.
  costs: () => [],
});
