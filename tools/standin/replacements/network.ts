import type { Replacement } from "../replacements";

const source = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/ec2/${path} at ${commit}, ForceNew`;
/** A change of the kind of source (from a group to a range) replaces too, which a list of arguments cannot say. */
const rule: Replacement = {
  inputs: ["securityGroupId"],
  source: "terraform-provider-aws internal/service/ec2/vpc_security_group_ingress_rule.go at 00a3220, RequiresReplace",
};

/** What replaces resources of the network. */
export const network: Readonly<Record<string, Replacement>> = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    inputs: ["vpcId"],
    source: source("vpc_default_security_group.go", "01f4311"),
  },
  "aws:ec2/flowLog:FlowLog": {
    inputs: [
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ],
    source: source("vpc_flow_log.go", "00a3530"),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    inputs: [
      "dnsOptions.privateDnsPreference",
      "dnsOptions.privateDnsSpecifiedDomains",
      "resourceConfigurationArn",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
    ],
    source: source("vpc_endpoint.go", "008db85"),
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
};
