import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { lokiPort, memberPort } from "./loki.config";
import { lokiLabels } from "./loki.values";

/** Name of the service under which each Loki has an address of its own. */
export const membersName = (loki: string): string => `${loki}-members`;

/** One of three may be away at a time, and one that is ill anyway does not keep its node from being drained. */
export const createBudget = (loki: string, namespace: string, opts: CustomResourceOptions): PodDisruptionBudget =>
  new PodDisruptionBudget(
    loki,
    {
      metadata: { name: membersName(loki), namespace },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: lokiLabels(loki) },
      },
    },
    opts,
  );

/**
 * By which Lokis find each other, and the collector finds them all. Not the chart's own: one of those has a name that its versions do not agree on. Pods that are not
 * ready have an address too, for they become ready by each other, and one that is down is what the collector must see.
 */
export const createMembers = (loki: string, namespace: string, opts: CustomResourceOptions): Service =>
  new Service(
    membersName(loki),
    {
      metadata: { name: membersName(loki), namespace, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: lokiLabels(loki),
        ports: [
          { name: "http", port: lokiPort },
          { name: "members", port: memberPort },
        ],
      },
    },
    opts,
  );
