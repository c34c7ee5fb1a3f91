import {
  CreateWorkspaceServiceAccountTokenCommand,
  DeleteWorkspaceServiceAccountTokenCommand,
  GrafanaClient,
  type GrafanaClientConfig,
  ListWorkspaceServiceAccountTokensCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-grafana";
import type { TokenSummary, Tokens } from "./tokens";

/** What the stack says of its workspace. */
export interface Place {
  readonly workspace: string;
  readonly serviceAccount: string;
  readonly region: string;
}

function given<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`Amazon Managed Grafana answered without ${what}`);
  return value;
}

/** The tokens of the account by which boards are written. @param config for tests: another endpoint */
export function tokensOf(
  { workspace, serviceAccount, region }: Place,
  config: GrafanaClientConfig = {},
): Tokens & { close(): void } {
  const client = new GrafanaClient({ region, ...config });
  const account = { workspaceId: workspace, serviceAccountId: serviceAccount };
  async function told<T>(ask: Promise<T>): Promise<T> {
    try {
      return await ask;
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new Error(
        `there is no Grafana workspace ${workspace} with a service account ${serviceAccount} in ${region}: deploy the stack again, it makes both`,
      );
    }
  }
  return {
    async list() {
      const found: TokenSummary[] = [];
      let nextToken: string | undefined;
      do {
        const page = await told(client.send(new ListWorkspaceServiceAccountTokensCommand({ ...account, nextToken })));
        for (const { id, expiresAt } of page.serviceAccountTokens ?? [])
          found.push({ id: given(id, "the id of a token"), expiresAt: given(expiresAt, "the end of a token") });
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return found;
    },
    async create(name, secondsToLive) {
      const command = new CreateWorkspaceServiceAccountTokenCommand({ ...account, name, secondsToLive });
      const { serviceAccountToken: token } = await told(client.send(command));
      return { id: given(token?.id, "the id of a token"), key: given(token?.key, "the key of a token") };
    },
    async remove(tokenId) {
      try {
        await client.send(new DeleteWorkspaceServiceAccountTokenCommand({ ...account, tokenId }));
      } catch (error) {
        // Somebody was faster.
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    },
    close: () => client.destroy(),
  };
}
