import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from "@aws-sdk/client-secrets-manager";

/**
 * The text of a secret.
 * @param config for tests: another endpoint
 * @throws Error with one line, in which nothing of it stands
 */
export async function secretText(
  secretArn: string,
  region: string,
  config: SecretsManagerClientConfig = {},
): Promise<string> {
  const client = new SecretsManagerClient({ region, ...config });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw new Error(`the secret ${secretArn} holds no text`);
    return SecretString;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new Error(`there is no secret ${secretArn} in ${region}: deploy the stack again, it makes it`);
  } finally {
    client.destroy();
  }
}
