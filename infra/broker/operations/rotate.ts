import {
  type ApplicationUser,
  applicationUsers,
  type BrokerSecret,
  monitoringUser,
  otherApplicationUser,
  readBrokerSecret,
  writeBrokerSecret,
} from "../credentials";
import { administrator, currentSecret, type SecretIds } from "./access";
import type { Login, Management } from "./management";
import { newPassword, type Secrets } from "./secrets";

/** What Secrets Manager sends ("Rotation function", Secrets Manager User Guide, 2026-11). */
export interface RotationEvent {
  readonly SecretId: string;
  readonly ClientRequestToken: string;
  readonly Step: "createSecret" | "setSecret" | "testSecret" | "finishSecret";
}

/** What the rotation works with. */
export interface RotateParts {
  readonly management: Management;
  readonly secrets: Secrets;
  readonly ids: SecretIds;
  readonly log: (line: string) => void;
}

const isApplicationUser = (name: string): name is ApplicationUser => applicationUsers.some((user) => user === name);

/**
 * Whose password is next: the other of the services' two users, or the scraper's only one. A service keeps its connection and may open new ones with the old user
 * until the next rotation, by which time it has read its secret again.
 */
function nextUser({ username }: BrokerSecret, id: string): string {
  if (isApplicationUser(username)) return otherApplicationUser(username);
  if (username === monitoringUser) return username;
  throw new Error(
    `secret ${id} is of user ${username}, whom nobody rotates: ${[...applicationUsers, monitoringUser].join(", ")} are`,
  );
}

async function createSecret({ secrets }: RotateParts, id: string, version: string): Promise<void> {
  if ((await secrets.read(id, "AWSPENDING", version)) !== undefined) return;
  const current = await currentSecret(secrets, id);
  const next: BrokerSecret = { ...current, username: nextUser(current, id), password: newPassword() };
  await secrets.addPending(id, version, writeBrokerSecret(next));
}

async function pendingOf({ secrets }: RotateParts, id: string, version: string): Promise<Login> {
  const value = await secrets.read(id, "AWSPENDING", version);
  if (value === undefined)
    throw new Error(`secret ${id} has no pending value for version ${version}: createSecret comes first`);
  const { username, password } = readBrokerSecret(value);
  return { username, password };
}

async function setSecret(parts: RotateParts, id: string, version: string): Promise<void> {
  const { management, secrets, ids } = parts;
  const current = await currentSecret(secrets, id);
  const pending = await pendingOf(parts, id, version);
  if (pending.username !== nextUser(current, id)) {
    throw new Error(
      `secret ${id}: the pending value is of ${pending.username}, but ${nextUser(current, id)} is next: cancel this rotation, and start a new one`,
    );
  }
  // Said again after a step that failed, everything is done already.
  if (await management.letsIn(pending)) return;
  const admin = await administrator(secrets, ids);
  if (pending.username !== current.username) {
    const connections = await management.connectionsOf(admin, pending.username);
    if (connections > 0) {
      throw new Error(
        `${pending.username} still has open connections (${connections}), and its password would change: their services did not read the secret since the last rotation. Restart them, and rotate again`,
      );
    }
  }
  await management.putUser(admin, pending, pending.username === monitoringUser ? ["monitoring"] : []);
}

async function testSecret(parts: RotateParts, id: string, version: string): Promise<void> {
  const pending = await pendingOf(parts, id, version);
  if (await parts.management.letsIn(pending)) return;
  throw new Error(`the broker refuses ${pending.username} with the pending password: the one in use stays`);
}

async function finishSecret({ secrets }: RotateParts, id: string, version: string): Promise<void> {
  const { versions } = await secrets.describe(id);
  const current = Object.entries(versions).find(([, stages]) => stages.includes("AWSCURRENT"))?.[0];
  if (current !== version) await secrets.promote(id, version, current);
}

const steps = { createSecret, setSecret, testSecret, finishSecret } as const;

/** One step of a rotation. Each may be said again. */
export async function rotate(
  parts: RotateParts,
  { SecretId: id, ClientRequestToken: version, Step: step }: RotationEvent,
): Promise<void> {
  if (!Object.hasOwn(steps, step))
    throw new TypeError(`"${step}" is no step of a rotation: ${Object.keys(steps).join(", ")} are`);
  const { application, monitoring } = parts.ids;
  if (id !== application && id !== monitoring) throw new TypeError(`secret ${id} is none of this broker's that rotate`);
  const { rotated, versions } = await parts.secrets.describe(id);
  if (!rotated) throw new Error(`secret ${id} is not set to rotate`);
  const stages = versions[version];
  if (!stages) throw new Error(`secret ${id} has no version ${version}`);
  if (stages.includes("AWSCURRENT")) return parts.log(`${step}: version ${version} is in use already`);
  if (!stages.includes("AWSPENDING")) throw new Error(`secret ${id}: version ${version} is not pending`);
  await steps[step](parts, id, version);
  parts.log(`${step} of ${id} is done`);
}
