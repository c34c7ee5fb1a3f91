import type { Replacement } from "../replacements";

const kafka = (path: string, commit: string, word = "ForceNew"): string =>
  `terraform-provider-aws internal/service/kafka/${path} at ${commit}, ${word}`;
const scaling = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/appautoscaling/${path} at ${commit}, ForceNew`;

/** What replaces a Kafka cluster, its topics and what lets its storage grow. A lower `kafkaVersion` replaces a cluster too, which a list of arguments cannot say. */
export const kafkaReplacements: Readonly<Record<string, Replacement>> = {
  "aws:appautoscaling/policy:Policy": {
    inputs: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    source: scaling("policy.go", "048320e"),
  },
  "aws:appautoscaling/target:Target": {
    inputs: ["resourceId", "scalableDimension", "serviceNamespace"],
    source: scaling("target.go", "0105d21"),
  },
  "aws:msk/cluster:Cluster": {
    inputs: [
      "brokerNodeGroupInfo.azDistribution",
      "brokerNodeGroupInfo.clientSubnets",
      "brokerNodeGroupInfo.securityGroups",
      "clusterName",
      "encryptionInfo.encryptionAtRestKmsKeyArn",
      "encryptionInfo.encryptionInTransit.inCluster",
    ],
    source: kafka("cluster.go", "0b2fe55"),
  },
  "aws:msk/configuration:Configuration": {
    inputs: ["kafkaVersions", "name"],
    source: kafka("configuration.go", "03412d5"),
  },
  "aws:msk/topic:Topic": {
    inputs: ["clusterArn", "name", "replicationFactor"],
    source: kafka("topic.go", "0b3036c", "RequiresReplace"),
  },
};
