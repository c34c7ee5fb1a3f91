/** Which events of AWS Health somebody is told of, and in which words. */

/**
 * Services, as AWS Health names them, whose public events concern the platform. Events about the account's own resources come whatever the service is; of
 * the others there are hundreds that it does not use. Where two names are known of one, both stand here: one that AWS does not use does no harm.
 */
export const usedServices = [
  "ACM",
  "AMAZONMQ",
  "APIGATEWAY",
  "APS",
  "BACKUP",
  "CLOUDWATCH",
  "EC2",
  "ECR",
  "EKS",
  "ELASTICLOADBALANCING",
  "EVENTS",
  "GRAFANA",
  "IAM",
  "INTERNETCONNECTIVITY",
  "KAFKA",
  "KMS",
  "LAMBDA",
  "MQ",
  "MSK",
  "MULTIPLE_SERVICES",
  "NATGATEWAY",
  "PROMETHEUS",
  "RDS",
  "ROUTE53",
  "S3",
  "SECRETSMANAGER",
  "SNS",
  "SQS",
  "STS",
  "SYNTHETICS",
  "VPC",
  "WAF",
] as const;

/** Where AWS Health tells of what concerns no single region, such as IAM ("Creating EventBridge rules for AWS Region coverage", AWS Health User Guide, 2026-11). */
export const globalRegion = "us-east-1";

/**
 * The events of those regions: all about the account's own resources, and public ones of services in use. Of an event with so many resources that it comes in
 * pages only the first is told ("Viewing paginated lists of AWS Health events on EventBridge", AWS Health User Guide, 2026-11). Copies of other regions'
 * events, which AWS sends to a backup region, are left out by the region.
 * @param regions as `detail.eventRegion` has them, `global` for what concerns no single one
 */
export const healthPattern = (regions: readonly string[], services: readonly string[] = usedServices) => ({
  source: ["aws.health"],
  detail: {
    eventRegion: regions,
    page: ["1", { exists: false }],
    $or: [{ eventScopeCode: ["ACCOUNT_SPECIFIC"] }, { eventScopeCode: ["PUBLIC"], service: services }],
  },
});

/** What of an event stands in the message; an absent field is empty there. */
export const healthPaths = {
  service: "$.detail.service",
  category: "$.detail.eventTypeCategory",
  region: "$.detail.eventRegion",
  status: "$.detail.statusCode",
  type: "$.detail.eventTypeCode",
  scope: "$.detail.eventScopeCode",
  start: "$.detail.startTime",
  end: "$.detail.endTime",
  text: "$.detail.eventDescription[0].latestDescription",
  event: "$.detail.eventArn",
  account: "$.account",
} as const;

/**
 * A person's message, by lines: EventBridge sends a template of several texts in quotes as so many lines. SNS gives an e-mail from EventBridge no subject of
 * ours, so the first line says it all.
 */
const lines = [
  "[TICKET] AWS Health: <service> <category> in <region> (<status>)",
  "<text>",
  "Type: <type>, <scope>, account <account>",
  "From: <start> To: <end>",
  "Event: <event>",
  "Details: https://health.console.aws.amazon.com/health/home#/account/event-log",
];

export const healthTemplate: string = lines.map((line) => JSON.stringify(line)).join("\n");
