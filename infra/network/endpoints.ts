/** Interface endpoints that a VPC may have: whose traffic then needs no NAT gateway. Each costs an hour for each zone, so a stack chooses. No Pulumi here. */
export const endpointServices = {
  "ecr.api": "nodes sign in to the registry of our images",
  "ecr.dkr": "nodes pull our images; the layers come from S3, through its gateway endpoint",
  "eks-auth": "pods get the credentials of their roles",
  sts: "roles that are taken on: functions, Grafana, the runner",
  secretsmanager: "passwords of broker and databases, for pods and for their rotation",
  kms: "keys of what services and functions read",
  logs: "log events of functions, and what Grafana reads of them",
  monitoring: "metrics that functions publish, and what Grafana reads of CloudWatch",
  "aps-workspaces": "samples that the cluster writes, and what Grafana reads of Prometheus",
  sqs: "messages of the services",
  sns: "events of the services",
  ssm: "sessions on the runner, without an open port",
  ssmmessages: "sessions on the runner, without an open port",
  ec2: "nodes and their network plugin",
  eks: "the runner asks for the cluster",
} as const;

/** The last part of a service's name, as in `com.amazonaws.eu-central-1.sqs`. */
export type EndpointService = keyof typeof endpointServices;

/** Every service that may have an endpoint. */
export const endpointNames = Object.keys(endpointServices) as readonly EndpointService[];
