import { getOrganization, getStack, StackReference } from "@pulumi/pulumi";
import { publish } from "./publish";
import { shownOf } from "./shown";

/** Shows in Grafana what the stack of the same name deployed. Address and token come from the environment: `npm run boards`. */
export default async function program(): Promise<void> {
  const name = `${getOrganization()}/vigia/${getStack()}`;
  const stack = new StackReference(name);
  const details = await Promise.all(
    ["prometheus", "paging", "grafana"].map(async (key) => [key, (await stack.getOutputDetails(key)).value] as const),
  );
  publish(shownOf(name, Object.fromEntries(details)));
}
