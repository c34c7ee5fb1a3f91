import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretDescription, Secrets, Stage } from "./secrets";

/** Secrets Manager itself. The SDK comes with the runtime of Lambda. */
export function secretsManager(client = new SecretsManagerClient({})): Secrets {
  return {
    async describe(secret): Promise<SecretDescription> {
      const found = await client.send(new DescribeSecretCommand({ SecretId: secret }));
      const since = found.LastRotatedDate ?? found.CreatedDate;
      return {
        rotated: found.RotationEnabled ?? false,
        versions: found.VersionIdsToStages ?? {},
        ...(since && { since: since.getTime() }),
      };
    },
    async read(secret: string, stage: Stage, version?: string): Promise<string | undefined> {
      try {
        const asked = { SecretId: secret, VersionStage: stage, VersionId: version };
        return (await client.send(new GetSecretValueCommand(asked))).SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async addPending(secret, version, value): Promise<void> {
      const asked = {
        SecretId: secret,
        ClientRequestToken: version,
        SecretString: value,
        VersionStages: ["AWSPENDING"],
      };
      await client.send(new PutSecretValueCommand(asked));
    },
    async promote(secret, version, from): Promise<void> {
      const asked = {
        SecretId: secret,
        VersionStage: "AWSCURRENT",
        MoveToVersionId: version,
        RemoveFromVersionId: from,
      };
      await client.send(new UpdateSecretVersionStageCommand(asked));
    },
  };
}
