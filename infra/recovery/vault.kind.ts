import type { Graph, GraphResource } from "../signal/graph";
import { defineKind } from "../signal/kind";
import { vaultSignals } from "./vault.signals";
import type { VaultRole, VaultSize } from "./vault.size";

const planType = "aws:backup/plan:Plan";

/** A vault is where backups are copied to when the plans that use it are in another region. */
function roleOf({ urn, known }: GraphResource, graph: Graph): VaultRole {
  const plans = graph.users(urn, planType, "rules");
  return plans.length > 0 && plans.every((plan) => plan.known.region !== known.region) ? "copy" : "vault";
}

/** Vaults as the catalogue knows them, ours and those of any other program. */
export const vaultKind = defineKind<VaultRole, "vault", VaultSize>({
  name: "backup-vault",
  types: ["aws:backup/vault:Vault"],
  signals: vaultSignals,
  nameOf: { BackupVaultName: "name" },
  named: { vault: "^(?!.*-copy)", copy: "-copy" },
  roleOf,
  sizeOf: () => ({ resources: 1, copies: true, testsApart: 0 }),
  costs: ({ name }, role, { testsApart }) => [
    { item: `recovery points of databases in ${name}`, price: "backup.rds" },
    { item: `recovery points of buckets in ${name}` },
    ...(role === "copy" ? [{ item: `transfer of copies to ${name}` }] : []),
    ...(role === "vault" && testsApart > 0 ? [{ item: `what restore tests make for some hours from ${name}` }] : []),
  ],
});
