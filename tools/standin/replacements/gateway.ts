import type { Replacement } from "../replacements";

const aws = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}, ForceNew`;

/** Load balancers of `aws:alb` are those of `aws:lb` by another name. */
const elb: Readonly<Record<string, Replacement>> = {
  "loadBalancer:LoadBalancer": {
    inputs: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    source: aws("elbv2/load_balancer.go", "00edc94"),
  },
  "targetGroup:TargetGroup": {
    inputs: ["ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId"],
    source: aws("elbv2/target_group.go", "013cfb4"),
  },
  "listener:Listener": { inputs: ["loadBalancerArn"], source: aws("elbv2/listener.go", "01c0800") },
  "listenerRule:ListenerRule": { inputs: ["listenerArn"], source: aws("elbv2/listener_rule.go", "032c4f0") },
};

/** What replaces resources between the internet and the services. */
export const gateway: Readonly<Record<string, Replacement>> = {
  ...Object.fromEntries(
    ["lb", "alb"].flatMap((module) => Object.entries(elb).map(([type, row]) => [`aws:${module}/${type}`, row])),
  ),
  "aws:acm/certificate:Certificate": {
    inputs: [
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ],
    source: aws("acm/certificate.go", "01661ea"),
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    inputs: ["certificateArn", "validationRecordFqdns"],
    source: aws("acm/certificate_validation.go", "004eea7"),
  },
  "aws:apigatewayv2/api:Api": {
    inputs: ["credentialsArn", "protocolType", "routeKey", "target"],
    source: aws("apigatewayv2/api.go", "30b8cc6"),
  },
  "aws:apigatewayv2/apiMapping:ApiMapping": {
    inputs: ["apiId", "domainName"],
    source: aws("apigatewayv2/api_mapping.go", "b4affb1"),
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    inputs: ["apiId"],
    source: aws("apigatewayv2/authorizer.go", "86475b4"),
  },
  "aws:apigatewayv2/domainName:DomainName": {
    inputs: ["domainName"],
    source: aws("apigatewayv2/domain_name.go", "bbb4af8"),
  },
  "aws:apigatewayv2/integration:Integration": {
    inputs: ["apiId", "integrationSubtype", "integrationType"],
    source: aws("apigatewayv2/integration.go", "3db496c"),
  },
  "aws:apigatewayv2/route:Route": { inputs: ["apiId"], source: aws("apigatewayv2/route.go", "0964ed3") },
  "aws:apigatewayv2/stage:Stage": { inputs: ["apiId", "name"], source: aws("apigatewayv2/stage.go", "10afe5a") },
  "aws:apigatewayv2/vpcLink:VpcLink": {
    inputs: ["securityGroupIds", "subnetIds"],
    source: aws("apigatewayv2/vpc_link.go", "050ac11"),
  },
  "aws:route53/zone:Zone": { inputs: ["delegationSetId", "name"], source: aws("route53/zone.go", "036631a") },
  "aws:route53/record:Record": { inputs: ["name", "zoneId"], source: aws("route53/record.go", "00655c1") },
  "aws:s3/bucketObjectv2:BucketObjectv2": { inputs: ["bucket", "key"], source: aws("s3/object.go", "033c721") },
  "aws:synthetics/canary:Canary": { inputs: ["name"], source: aws("synthetics/canary.go", "008508f") },
  "aws:wafv2/webAcl:WebAcl": { inputs: ["name", "namePrefix", "scope"], source: aws("wafv2/web_acl.go", "0073593") },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    inputs: ["resourceArn", "webAclArn"],
    source: aws("wafv2/web_acl_association.go", "011a8ee"),
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    inputs: ["logDestinationConfigs", "resourceArn"],
    source: aws("wafv2/web_acl_logging_configuration.go", "012f18c"),
  },
};
