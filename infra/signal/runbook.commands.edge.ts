import { type Command, type Commands, changed, logs, service } from "./runbook.command";

const api: readonly Command[] = [
  [
    "aws apigatewayv2 get-stage --api-id <api> --stage-name '$default'",
    "its throttle, its log, and when it was deployed",
  ],
  logs("<its access log>", " --filter-pattern '{ $.status >= 500 }'"),
  changed("<api>"),
];
const targets: Command = [
  "aws elbv2 describe-target-health --target-group-arn <target group> --query 'TargetHealthDescriptions[].[Target.Id,TargetHealth.State,TargetHealth.Reason]' --output table",
  "which targets are fit, and why not",
];
const secret: Command = [
  "aws secretsmanager describe-secret --secret-id <secret> --query '[LastRotatedDate,NextRotationDate,VersionIdsToStages]'",
  "when it was rotated; its value is not shown",
];

/** Of the network, the ways in, and what runs by itself. */
export const edgeCommands: Commands = {
  vpc: [
    [
      "aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc> --query 'Subnets[].[SubnetId,AvailabilityZone,AvailableIpAddressCount]' --output table",
      "how many addresses each subnet has left",
    ],
    changed("<vpc>"),
  ],
  "nat-gateway": [
    [
      "aws ec2 describe-nat-gateways --nat-gateway-ids <gateway> --query 'NatGateways[0].[State,FailureMessage,SubnetId]'",
      "its state",
    ],
    [
      "aws ec2 describe-route-tables --filters Name=route.nat-gateway-id,Values=<gateway> --query 'RouteTables[].Associations[].SubnetId'",
      "which subnets leave by it",
    ],
    changed("<gateway>"),
  ],
  "vpc-endpoint": [
    [
      "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids <endpoint> --query 'VpcEndpoints[0].[State,ServiceName,SubnetIds,Groups]'",
      "its state, its subnets and who may reach it",
    ],
    changed("<endpoint>"),
  ],
  api,
  "gateway-objective": api,
  "load-balancer": [
    [
      "aws elbv2 describe-load-balancers --names <load balancer> --query 'LoadBalancers[0].[State,AvailabilityZones[].ZoneName]'",
      "its state and its zones",
    ],
    [
      "aws elbv2 describe-listeners --load-balancer-arn <load balancer> --query 'Listeners[].[Port,Protocol,Certificates,SslPolicy]'",
      "what it listens to, with which certificate",
    ],
    targets,
  ],
  "target-group": [targets, ...service],
  certificate: [
    [
      "aws acm describe-certificate --certificate-arn <certificate> --query 'Certificate.[Status,NotAfter,RenewalSummary,DomainValidationOptions,InUseBy]'",
      "until when it holds, what renewal waits for, and who uses it",
    ],
  ],
  firewall: [
    [
      "aws wafv2 get-sampled-requests --web-acl-arn <web acl> --rule-metric-name <rule> --scope REGIONAL --time-window StartTime=<from>,EndTime=<to> --max-items 50",
      "requests of the last three hours that the rule stopped",
    ],
    changed("<web acl>"),
  ],
  canary: [
    [
      "aws synthetics get-canary-runs --name <canary> --max-results 5 --query 'CanaryRuns[].[Timeline.Started,Status.State,Status.StateReason]' --output table",
      "its last runs, and why they failed",
    ],
    ["curl -sv -o /dev/null -w '%{http_code} %{time_total}\\n' https://<domain>/", "the same from where you are"],
  ],
  function: [
    [
      "aws lambda get-function-configuration --function-name <function> --query '[State,LastUpdateStatus,LastModified,Timeout,MemorySize,VpcConfig.SubnetIds]'",
      "its state, its limits, and when it was changed",
    ],
    logs("/aws/lambda/<function>"),
    changed("<function>"),
  ],
  schedule: [
    [
      "aws scheduler get-schedule --name <schedule> --group-name <group> --query '[State,ScheduleExpression,Target.Arn,Target.RoleArn]'",
      "whether it is enabled, when it is due, and what it calls",
    ],
    changed("<schedule>"),
  ],
  "event-rule": [
    [
      "aws events describe-rule --name <rule> --query '[State,EventPattern]'",
      "whether it is enabled, and what it matches",
    ],
    ["aws events list-targets-by-rule --rule <rule>", "whom it tells, and what happens with what is refused"],
    changed("<rule>"),
  ],
  topology: [
    logs("/aws/lambda/<function that compares>"),
    ["aws s3 ls --recursive s3://<bucket of exports>/ | sort | tail -3", "when it was exported last"],
  ],
  "secret-rotation": [secret, logs("/aws/lambda/<rotation function>")],
};
