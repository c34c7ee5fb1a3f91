/** Commands that show how something is: read-only, so that nobody makes it worse at night. What changes something stands among the remedies of a signal. */

/** A command, or a query where it says so, and what it shows. */
export type Command = readonly [command: string, shows: string, language?: "promql"];

/** Who changed something. */
export const changed = (name: string): Command => [
  `aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=${name} --max-results 20 --query 'Events[].[EventTime,EventName,Username]' --output table`,
  "who changed it, and when",
];
/** What something wrote. */
export const logs = (group: string, more = ""): Command => [
  `aws logs tail ${group} --since 30m${more}`,
  "what it wrote in the last half hour",
];
/** How the pods of a namespace are. */
export const pods = (namespace: string): readonly Command[] => [
  [`kubectl -n ${namespace} get pods -o wide`, "which pods run, on which nodes, restarted how often"],
  [`kubectl -n ${namespace} get events --sort-by=.lastTimestamp | tail -20`, "what Kubernetes did and could not do"],
  [`kubectl -n ${namespace} logs <pod> --since=15m`, "what one of them says"],
];
/** How a service is. */
export const service: readonly Command[] = [
  [
    "kubectl -n <namespace> get deployment,hpa,pods -l app.kubernetes.io/name=<service> -o wide",
    "what should run, and what does",
  ],
  ["kubectl -n <namespace> logs -l app.kubernetes.io/name=<service> --since=15m --prefix", "what its pods say"],
  ["kubectl -n <namespace> rollout history deployment/<service>", "its versions, the newest last"],
];

/** By kind. Names in angle brackets are those of the alert or of the stack's outputs. */
export type Commands = Readonly<Record<string, readonly Command[]>>;
