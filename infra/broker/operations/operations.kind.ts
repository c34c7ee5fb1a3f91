import { defineKind } from "../../signal/kind";
import { type RotationSize, rotationSignals, type TopologySize, topologySignals } from "./operations.signals";

/** What a program invokes once at a deployment. Ours imports a topology; only then there is something to watch. */
export const topologyKind = defineKind<"topology", "broker", TopologySize>({
  name: "topology",
  types: ["aws:lambda/invocation:Invocation"],
  signals: topologySignals,
  nameOf: {},
  roleOf: () => "topology",
  sizeOf: () => ({ topology: false }),
  costs: ({ name }, _role, { topology }) =>
    topology ? [{ item: `metrics of ${name} (differences, exports)`, price: "cloudwatch.metric", quantity: 2 }] : [],
});

/** Secrets that rotate. The age is published for those of a broker of ours. */
export const rotationKind = defineKind<"rotation", "secret", RotationSize>({
  name: "secret-rotation",
  types: ["aws:secretsmanager/secretRotation:SecretRotation"],
  signals: rotationSignals,
  nameOf: { SecretArn: "secretId" },
  roleOf: () => "rotation",
  sizeOf: () => ({ every: 0 }),
  costs: ({ name }, _role, { every }) =>
    every > 0 ? [{ item: `metric of ${name} (age)`, price: "cloudwatch.metric", quantity: 1 }] : [],
});
