/**
 * Types of the AWS provider that cost nothing by themselves: settings of another resource, permissions, and names. A type that is neither here nor in the
 * catalogue is "not priced" in the bill, never 0.
 */
const settingsOfAnother = [
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:amp/ruleGroupNamespace:RuleGroupNamespace",
  "aws:amp/scraperLoggingConfiguration:ScraperLoggingConfiguration",
  "aws:amp/workspaceConfiguration:WorkspaceConfiguration",
  "aws:apigatewayv2/apiMapping:ApiMapping",
  "aws:apigatewayv2/authorizer:Authorizer",
  "aws:apigatewayv2/domainName:DomainName",
  "aws:apigatewayv2/integration:Integration",
  "aws:apigatewayv2/route:Route",
  "aws:apigatewayv2/stage:Stage",
  "aws:apigatewayv2/vpcLink:VpcLink",
  "aws:appautoscaling/policy:Policy",
  "aws:appautoscaling/target:Target",
  "aws:backup/plan:Plan",
  // What tests make is counted at their vault.
  "aws:backup/restoreTestingPlan:RestoreTestingPlan",
  "aws:backup/restoreTestingSelection:RestoreTestingSelection",
  "aws:backup/selection:Selection",
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  "aws:backup/vaultNotifications:VaultNotifications",
  "aws:cloudwatch/alarmMuteRule:AlarmMuteRule",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  "aws:eks/accessEntry:AccessEntry",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:eks/addon:Addon",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  // Running one costs, by the minute.
  "aws:fis/experimentTemplate:ExperimentTemplate",
  // People cost when they come in: counted at the workspace.
  "aws:grafana/roleAssociation:RoleAssociation",
  "aws:grafana/workspaceSamlConfiguration:WorkspaceSamlConfiguration",
  "aws:kms/alias:Alias",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:lambda/permission:Permission",
  "aws:lb/listener:Listener",
  "aws:lb/listenerRule:ListenerRule",
  "aws:mq/configuration:Configuration",
  "aws:msk/configuration:Configuration",
  "aws:rds/eventSubscription:EventSubscription",
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLogging:BucketLogging",
  // The metrics are what costs; they are counted at the bucket.
  "aws:s3/bucketMetric:BucketMetric",
  "aws:s3/bucketNotification:BucketNotification",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:scheduler/scheduleGroup:ScheduleGroup",
  // The secret is what costs.
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:sns/topicPolicy:TopicPolicy",
  // Deliveries are what costs; they are counted at the topic.
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
  "aws:sqs/redrivePolicy:RedrivePolicy",
  "aws:ssm/document:Document",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
] as const;

/** IAM and its resources are free of charge ("AWS Identity and Access Management (IAM)", AWS product page, 2026-11). */
const iam = /^aws:iam\//;

const free: ReadonlySet<string> = new Set(settingsOfAnother);

/** Whether AWS may bill a resource of that type: one of the AWS provider that is not known to be free. */
export const mayCost = (type: string): boolean => type.startsWith("aws:") && !free.has(type) && !iam.test(type);
