import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { interpolate, type Resource } from "@pulumi/pulumi";
import { type RoleStatement, rolePolicy, trustPolicy } from "../kit/policy";
import type { CanaryArgs } from "./canary.args";

/**
 * The role by which a canary runs ("Required roles and permissions for canaries", CloudWatch User Guide, 2026-11), narrowed to its own part of the bucket and its own
 * metrics. It may not make log groups: the one that Lambda would make is neither encrypted nor ever emptied.
 */
export function createRole(name: string, args: CanaryArgs, parent: Resource): { role: Role; policy: RolePolicy } {
  const { account, region, artifacts } = args;
  const assumeRolePolicy = trustPolicy({ Service: "lambda.amazonaws.com" });
  const role = new Role(name, { assumeRolePolicy }, { parent });
  const bucket = interpolate`arn:aws:s3:::${artifacts.bucket}`;
  const statements: readonly RoleStatement[] = [
    {
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:GetObject"],
      Resource: interpolate`${bucket}/canary/${name}/*`,
    },
    { Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucket },
    // Synthetics asks which buckets there are, which has no narrower resource.
    { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
    { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: artifacts.keyArn },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-${name}-*`,
    },
    {
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
    },
  ];
  const policy = new RolePolicy(name, { role: role.name, policy: rolePolicy(statements) }, { parent });
  return { role, policy };
}
