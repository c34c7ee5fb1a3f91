import { getOrganization, getStack, StackReference } from "@pulumi/pulumi";
import { loginOf } from "./login";
import { publish } from "./publish";
import { shownOf } from "./shown";

/** Shows in Grafana what the stack of the same name deployed. Address, token and the login of Loki come from the environment: `npm run boards`. */
export default async function program(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const name = `${getOrganization()}/vigia/${getStack()}`;
  const stack = new StackReference(name);
  const details = await Promise.all(
    ["prometheus", "paging", "grafana"].map(async (key) => [key, (await stack.getOutputDetails(key)).value] as const),
  );
  const shown = shownOf(name, Object.fromEntries(details));
  publish(shown, shown.grafana.logs && loginOf(environment));
}
