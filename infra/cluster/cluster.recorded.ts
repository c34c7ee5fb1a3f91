/** A cluster as tests record it, and how they look at it. */
import assert from "node:assert/strict";
import { type Recording, record } from "../kit/recorder";
import { Cluster } from "./cluster";
import type { ClusterArgs } from "./cluster.args";
import { usual } from "./cluster.testing";

export const made = (args: Partial<ClusterArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Cluster("main", { ...usual, ...args }), mode);

export const inputs = (recording: Recording, type: string, name = "main") => recording.one(type, name).inputs;

export const statements = (recording: Recording, type: string, name: string, input: string) => {
  const document = recording.document(type, name, input);
  assert.ok(typeof document === "object" && document !== null && "Statement" in document);
  return document.Statement;
};
