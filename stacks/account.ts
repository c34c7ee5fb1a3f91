import { Provider } from "@pulumi/aws/provider.js";
import { type ComponentResourceOptions, getProject } from "@pulumi/pulumi";
import type { Settings } from "./settings";

/** Options that put a component, with all its children, where the stack belongs. */
export type Account = Pick<ComponentResourceOptions, "providers">;

/** The account and region of the stack, and the tags that everything in it carries. In any other account the provider refuses to work. */
export function account({ account: id, region, environment, owner }: Settings): Account {
  const aws = new Provider("aws", {
    region,
    allowedAccountIds: [id],
    defaultTags: { tags: { project: getProject(), environment, owner } },
  });
  return { providers: { aws } };
}
