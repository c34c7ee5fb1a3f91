import { Policy } from "@pulumi/aws/appautoscaling/policy.js";
import { Target } from "@pulumi/aws/appautoscaling/target.js";
import type { Cluster } from "@pulumi/aws/msk/cluster.js";
import type { ComponentResource } from "@pulumi/pulumi";
import type { KafkaPlan } from "./kafka.rules";
import { storageTarget } from "./kafka.size";

/** Where the volumes' size stands in the arguments of a cluster: what grew by itself must not be taken back, which MSK could not do either. */
export const volumeSize = "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize";

/** Lets storage grow by itself: by a tenth, or 10 GiB, at most once in six hours ("Automatic scaling for Amazon MSK clusters", MSK Developer Guide, 2026-11). */
export function growStorage(
  name: string,
  cluster: Cluster,
  { storage, maxStorage }: KafkaPlan,
  parent: ComponentResource,
): void {
  const of = {
    serviceNamespace: "kafka",
    scalableDimension: "kafka:broker-storage:VolumeSize",
    resourceId: cluster.arn,
  };
  const target = new Target(name, { ...of, minCapacity: storage, maxCapacity: maxStorage }, { parent });
  new Policy(
    name,
    {
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: storageTarget,
        disableScaleIn: true,
        predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
      },
    },
    { parent },
  );
}
