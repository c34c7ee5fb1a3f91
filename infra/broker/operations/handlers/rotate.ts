import { secretsManager } from "../clients";
import { log, management, secretIds } from "../environment";
import { type RotationEvent, rotate } from "../rotate";

export const handler = (event: RotationEvent): Promise<void> =>
  rotate({ management: management(), secrets: secretsManager(), ids: secretIds(), log }, event);
