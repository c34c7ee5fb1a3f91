import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Watch, type Watched } from "../signal/watch";
import { normalizeExpectations, type WatchServiceOptions } from "./service.args";
import { serviceSignals } from "./service.signals";
import type { ServiceSize, ServiceSubject } from "./service.size";

/** The rules of a service. */
export type ServiceWatch = Watch<ServiceSubject, ServiceSize>;

/**
 * Watches a deployment that exists already, in any Pulumi program, where a collector labels its series with cluster, namespace and service. Its container has the
 * service's name, and its pods the labels of {@link apiLabels}.
 * @param name of the service in Kubernetes
 */
export function watchService(
  name: string,
  existing: Deployment,
  options: WatchServiceOptions,
  opts?: ComponentResourceOptions,
): ServiceWatch {
  const { cluster, namespace, changes = {}, watcher } = options;
  const texts = { cluster, namespace, service: name };
  const part: Watched<ServiceSubject, ServiceSize> = {
    resource: existing,
    kind: "service",
    signals: serviceSignals,
    role: "api",
    size: normalizeExpectations(name, options),
    subjects: texts,
    texts,
    service: name,
    changes,
  };
  return new Watch(name, [part], watcher, opts);
}
