import { secretsManager } from "../clients";
import { declared, log, management, secretIds } from "../environment";
import { type Imported, importTopology } from "../import";

export const handler = (): Promise<Imported> =>
  importTopology({ management: management(), secrets: secretsManager(), ids: secretIds(), declared: declared(), log });
