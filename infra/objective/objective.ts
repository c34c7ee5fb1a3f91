import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { Watch } from "../signal/watch";
import { normalizeObjective, type ObjectiveArgs } from "./objective.args";
import { objectiveSignals } from "./objective.signals";
import type { ObjectiveSize, ObjectiveSubject } from "./objective.size";

/**
 * What a service promises its users, counted by Prometheus: that requests are answered, and in time. Four paces at which the error budget may burn tell somebody, the
 * fast ones at night; what is left of it is recorded for boards. The name is that of the service, as its series are labelled.
 *
 * It watches a deployment that exists already, in any Pulumi program, where a collector labels its series with cluster, namespace and service.
 */
export class Objective extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly watch: Watch<ObjectiveSubject, ObjectiveSize> };

  constructor(name: string, args: ObjectiveArgs, opts?: ComponentResourceOptions) {
    const size = normalizeObjective(name, args);
    super("vigia:objective:Objective", name, {}, opts);
    const { deployment, cluster, namespace, changes = {}, watcher } = args;
    const texts = { cluster, namespace, service: name, objective: name };
    const part = {
      resource: deployment,
      kind: "objective",
      signals: objectiveSignals,
      role: "service",
      size,
      subjects: texts,
      texts,
      service: name,
      changes,
    };
    this.nodes = { watch: new Watch(name, [part], watcher, { parent: this }) };
    this.registerOutputs({ answered: size.answered, inTime: size.inTime, days: size.days });
  }
}
