/**
 * Types that no `new` in the repository names: children that the stand-in's own components make inside a remote component, and types that an
 * existing resource is read as. Written as `module#Class`.
 */
export const also: readonly string[] = [
  "@pulumi/aws/ec2/eip.js#Eip",
  "@pulumi/aws/ec2/internetGateway.js#InternetGateway",
  "@pulumi/aws/ec2/natGateway.js#NatGateway",
  "@pulumi/aws/ec2/route.js#Route",
  "@pulumi/aws/ec2/routeTable.js#RouteTable",
  "@pulumi/aws/ec2/routeTableAssociation.js#RouteTableAssociation",
  "@pulumi/aws/ec2/securityGroup.js#SecurityGroup",
  "@pulumi/aws/ec2/securityGroupRule.js#SecurityGroupRule",
  "@pulumi/aws/ec2/subnet.js#Subnet",
  "@pulumi/aws/ec2/vpc.js#Vpc",
  "@pulumi/aws/ec2/vpcEndpoint.js#VpcEndpoint",
  "@pulumi/aws/iam/role.js#Role",
  "@pulumi/aws/s3/bucket.js#Bucket",
  "@pulumi/awsx/ec2/vpc.js#Vpc",
];
