import { type Commands, logs, pods, service } from "./runbook.command";
/** Of what runs in the cluster, and of what watches it. */
export const clusterCommands: Commands = {
  consumer: [
    [
      "kafka-consumer-groups.sh --bootstrap-server <bootstrap> --command-config client.properties --describe --group <group>",
      "how far it is behind in each partition, and who reads it",
    ],
    [
      "kafka-consumer-groups.sh --bootstrap-server <bootstrap> --command-config client.properties --describe --group <group> --members --verbose",
      "its members; one with all partitions is alone",
    ],
    ...service,
  ],
  cluster: [
    [
      "aws eks describe-cluster --name <cluster> --query 'cluster.[status,version,health]'",
      "its state, and what AWS says is wrong with it",
    ],
    ["kubectl get --raw '/readyz?verbose'", "whether the API server is ready, part by part"],
    [
      "kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp | tail -30",
      "what goes wrong in all of it",
    ],
    logs("/aws/eks/<cluster>/cluster", " --filter-pattern error"),
  ],
  nodes: [
    ["kubectl get nodes -o wide --sort-by=.metadata.creationTimestamp", "its nodes, the oldest first"],
    ["kubectl describe node <node>", "its conditions, what runs there, and how much of it is promised"],
    ["kubectl get nodeclaims -o wide", "nodes that are about to come, and why they do not"],
  ],
  namespace: [
    ...pods("<namespace>"),
    ["kubectl -n <namespace> describe resourcequota,limitrange", "how much of the quota is used"],
    ["kubectl -n <namespace> get hpa,pdb,pvc", "whether it may scale, be disturbed, and has its volumes"],
  ],
  collector: [
    ...pods("<namespace>"),
    ["up == 0", "what is not reached, by job and instance: in Grafana, Explore", "promql"],
  ],
  logs: [
    ...pods("<namespace>"),
    [
      "sum by (level, component) (rate(loki_internal_log_messages_total[5m]))",
      "what Loki itself complains of: in Grafana, Explore",
      "promql",
    ],
  ],
  prometheus: [
    [
      "aws amp describe-workspace --workspace-id <workspace> --query 'workspace.[status,prometheusEndpoint]'",
      "its state",
    ],
    [
      "aws amp list-rule-groups-namespaces --workspace-id <workspace> --query 'ruleGroupsNamespaces[].[name,status.statusCode,status.statusReason]' --output table",
      "which rules it did not take, and why",
    ],
    logs("<the log group of the workspace>"),
  ],
  "alert-manager": [
    [
      "aws amp describe-alert-manager-definition --workspace-id <workspace> --query 'alertManagerDefinition.status'",
      "whether it is active, and why not",
    ],
    [
      "awscurl --service aps '<endpoint>alertmanager/api/v2/alerts'",
      "what it knows, and what is silenced or kept back",
    ],
    logs("<the log group of the workspace>"),
  ],
  service,
  objective: service,
};
