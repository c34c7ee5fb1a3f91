import type { Replacement } from "../replacements";

const ecr = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/ecr/${path} at ${commit}, ForceNew`;

/** What replaces a repository of images. */
export const serviceReplacements: Readonly<Record<string, Replacement>> = {
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    inputs: ["policy", "repository"],
    source: ecr("lifecycle_policy.go", "cde80b2"),
  },
  "aws:ecr/repository:Repository": {
    inputs: ["encryptionConfigurations", "name"],
    source: ecr("repository.go", "af55dfb"),
  },
};
