import type { Api } from "@pulumi/aws/apigatewayv2/api.js";
import type { Stage } from "@pulumi/aws/apigatewayv2/stage.js";
import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import type { Percent } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { GatewayObjectiveSize, gatewayObjectiveSignals } from "./gateway.signals";
import { readPromise } from "./objective.args";
import { type PaceName, paces } from "./paces";

/** What is promised of a gateway. */
export interface GatewayObjectiveArgs {
  /** The HTTP API, and its stage. */
  api: Api;
  stage: Stage;
  /** The load balancer through which all its requests go, as metrics name it (`arnSuffix`): it counts what the services themselves answer with. */
  loadBalancer: Input<string>;
  /** Share of the requests that do not fail on the way to a service: "99.95 %". */
  answered: Percent;
  changes?: Changes<typeof gatewayObjectiveSignals>;
  /** Who is told. */
  watcher: Watcher;
}

const shorts = Object.keys(paces).map((pace) => `gateway-objective-${pace}-now`);

/** What both halves of a pace share: switching off or changing one alone would leave a pair that never agrees. */
function checkHalves(problems: Problems, changes: GatewayObjectiveArgs["changes"] = {}): void {
  const changed = new Map(Object.entries(changes));
  for (const name of Object.keys(paces)) {
    const [long, short] = [changed.get(`gateway-objective-${name}`), changed.get(`gateway-objective-${name}-now`)];
    const alike =
      long?.off === short?.off && long?.threshold === short?.threshold && long?.severity === short?.severity;
    problems.unless(
      alike,
      `changes: gateway-objective-${name} and gateway-objective-${name}-now are two halves of one alarm: change both alike`,
    );
  }
}

/** The promise of a gateway, checked. Throws one error with every problem. */
export function normalizeGatewayObjective(
  name: string,
  args: Pick<GatewayObjectiveArgs, "answered" | "changes">,
): GatewayObjectiveSize {
  const problems = new Problems(`gateway objective "${name}"`);
  problems.add(checkName("alarm", `${name}-${shorts[0]}`));
  const answered = readPromise(problems, "answered", args.answered);
  checkChanges(problems, args.changes);
  checkHalves(problems, args.changes);
  problems.throwIfAny();
  return { answered };
}

/** The signals of a pace. */
export const halvesOf = (name: PaceName) =>
  ({ long: `gateway-objective-${name}`, short: `gateway-objective-${name}-now` }) as const;
