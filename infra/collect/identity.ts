import { type Input, jsonStringify, type Output, type Resource } from "@pulumi/pulumi";
import { type PodIdentity, podIdentity } from "../cluster/pod-identity";
import type { Permission } from "../kit/policy";
import type { CollectedBroker, CollectorArgs } from "./collector.args";

/** What the driver of secrets is asked to mount: of each broker's secret the password, as a file of the broker's name ("SecretProviderClass", Secrets Manager User Guide, 2026-11). */
export const secretObjects = (brokers: Readonly<Record<string, CollectedBroker>>): Output<string> =>
  // JSON is YAML.
  jsonStringify(
    Object.entries(brokers).map(([broker, { secretArn }]) => ({
      objectName: secretArn,
      objectType: "secretsmanager",
      objectAlias: `${broker}.json`,
      jmesPath: [{ path: "password", objectAlias: broker }],
    })),
  );

/** The role of the agents: they write to the workspace, and their secrets are read in their name. */
export function createIdentity(
  name: string,
  namespace: string,
  { cluster, workspace, brokers = {}, region }: CollectorArgs,
  parent: Resource,
): PodIdentity {
  const read = Object.values(brokers);
  const secrets = read.map(({ secretArn }): Input<string> => secretArn);
  const keys = read.map(({ keyArn }): Input<string> => keyArn);
  const through = { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } };
  const statements: readonly Permission[] = [
    { Sid: "Write", Action: "aps:RemoteWrite", Resource: workspace.arn },
    ...(read.length > 0
      ? [
          {
            Sid: "Secrets",
            Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            Resource: secrets,
          },
          { Sid: "Keys", Action: "kms:Decrypt", Resource: keys, Condition: through },
        ]
      : []),
  ];
  return podIdentity(name, { cluster, namespace, serviceAccount: name, statements }, { parent });
}
