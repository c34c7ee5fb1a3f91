import type { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import type { Input } from "@pulumi/pulumi";
import { Problems } from "../../kit/problems";
import { type Duration, seconds } from "../../kit/units";
import { checkChanges } from "../../signal/changes";
import type { Changes } from "../../signal/signal";
import type { Watcher } from "../../signal/watch";
import type { Place } from "../../topic/senders";
import type { BrokerSecrets } from "../credentials";
import type { Topology } from "../topology";
import { topologyMistakes } from "../topology.check";
import type { rotationSignals, topologySignals } from "./operations.signals";

/** What the operations of a broker are made from. */
export interface BrokerOperationsArgs {
  /** The broker on which they work. */
  broker: {
    /** Its name in AWS. */
    readonly name: Input<string>;
    /** Address of its management API. */
    readonly consoleUrl: Input<string>;
  };
  /** Its secrets; those of the application and of the scraper are rotated. */
  secrets: BrokerSecrets;
  /** Key of the secrets. */
  secretsKeyArn: Input<string>;
  /** What the broker is to hold. */
  topology: Topology;
  /** The versioned bucket that keeps its definitions, and the key of that bucket. */
  exports: { readonly bucket: Input<string>; readonly arn: Input<string>; readonly kmsKeyArn: Input<string> };
  /** Where the functions run: subnets and security groups from which the broker and Secrets Manager are reached. */
  network: { readonly subnets: Input<readonly Input<string>[]>; readonly securityGroups: readonly Input<string>[] };
  /** Time between two rotations of a password: 1 to 365 days. @default "30 days" */
  rotateEvery?: Duration;
  /** What is done differently, by signal id. */
  changes?: Changes<typeof topologySignals & typeof rotationSignals>;
  /** The service that they belong to. */
  service?: string;
  place: Place;
  watcher: Watcher;
}

/** A secret that rotates, and the end of the names of what belongs to it. */
export interface Rotated {
  readonly name: "application" | "monitoring";
  readonly secret: Secret;
}

/** Checks the arguments, and answers the time between two rotations in days. Throws one error with every problem. */
export function normalizeOperations(name: string, args: BrokerOperationsArgs): number {
  const problems = new Problems(`operations of broker "${name}"`);
  const rotateEvery = args.rotateEvery ?? "30 days";
  const days = (problems.read("rotateEvery", () => seconds(rotateEvery)) ?? Number.NaN) / 86_400;
  problems.unless(
    !(days < 1 || days > 365 || !Number.isInteger(days)) || Number.isNaN(days),
    "rotateEvery must be whole days, 1 to 365",
    rotateEvery,
  );
  for (const { path, allowed } of topologyMistakes(args.topology))
    problems.add(`topology ${path.join(".")}: ${allowed}`);
  checkChanges(problems, args.changes);
  problems.throwIfAny();
  return days;
}
