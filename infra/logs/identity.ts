import { type Input, interpolate, type Resource } from "@pulumi/pulumi";
import type { Bucket } from "../bucket/bucket";
import { type PodIdentity, podIdentity } from "../cluster/pod-identity";
import type { LogsArgs } from "./logs.args";

/** Whose role it is, and what it is about. */
export interface IdentityParts extends Pick<LogsArgs, "cluster" | "region"> {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly bucket: Bucket;
  readonly workspace: { readonly arn: Input<string> };
}

/** The role of Loki's pods: its bucket and the key of it, and values of rules into the workspace. */
export function createIdentity(name: string, parts: IdentityParts, parent: Resource): PodIdentity {
  const { cluster, namespace, serviceAccount, bucket, workspace, region } = parts;
  const key = bucket.keyArn;
  const through = { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } };
  const statements = [
    { Sid: "List", Action: "s3:ListBucket", Resource: bucket.arn },
    {
      Sid: "Chunks",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: interpolate`${bucket.arn}/*`,
    },
    ...(key === undefined
      ? []
      : [{ Sid: "Key", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key, Condition: through }]),
    { Sid: "Write", Action: "aps:RemoteWrite", Resource: workspace.arn },
  ];
  return podIdentity(name, { cluster, namespace, serviceAccount, statements }, { parent });
}
