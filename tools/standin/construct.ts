import * as pulumi from "@pulumi/pulumi";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { validate } from "./validate";
import { Vpc, type VpcInputs } from "./vpc";
import { type Bag, fromStruct, toStruct } from "./wire";

/** Parts of the SDK that a component provider needs and that its declarations leave out. */
interface Internals {
  readonly deserializeInputs: (
    inputs: ReturnType<ConstructRequest["getInputs"]>,
    dependencies: ReturnType<ConstructRequest["getInputdependenciesMap"]>,
  ) => Promise<pulumi.Inputs>;
  readonly withLocalStorage: <Result>(run: () => Result) => Result;
  readonly waitForRPCs: () => Promise<void>;
  readonly awaitFeatureSupport: () => Promise<void>;
  readonly DependencyResource: new (urn: string) => pulumi.Resource;
  readonly DependencyProviderResource: new (reference: string) => pulumi.ProviderResource;
}

const internals: Internals = {
  ...(require("@pulumi/pulumi/provider/server") as Pick<Internals, "deserializeInputs">),
  ...(require("@pulumi/pulumi/runtime/state") as Pick<Internals, "withLocalStorage">),
  ...(require("@pulumi/pulumi/runtime/settings") as Pick<Internals, "waitForRPCs" | "awaitFeatureSupport">),
  ...(require("@pulumi/pulumi/resource") as Pick<Internals, "DependencyResource" | "DependencyProviderResource">),
};

/** A component together with the outputs that it hands back. */
interface Component {
  readonly urn: pulumi.Output<string>;
  readonly state: pulumi.Inputs;
}

type Build = (name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions) => Component;

const components: Readonly<Record<string, Build>> = {
  "awsx:ec2:Vpc": (name, inputs, options) => new Vpc(name, inputs as VpcInputs, options),
};

function aliasOf(alias: Alias): string | pulumi.Alias {
  const spec = alias.getSpec();
  if (!spec) return alias.getUrn();
  const given = {
    name: spec.getName(),
    project: spec.getProject(),
    stack: spec.getStack(),
    type: spec.getType(),
    parent: spec.getParenturn(),
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  return spec.getNoparent() ? { ...set, parent: pulumi.rootStackResource } : set;
}

function optionsOf(request: ConstructRequest): pulumi.ComponentResourceOptions {
  const providers = [...request.getProvidersMap().entries()].map(
    ([pkg, ref]) => [pkg, new internals.DependencyProviderResource(ref)] as const,
  );
  return {
    aliases: request.getAliasesList().map(aliasOf),
    dependsOn: request.getDependenciesList().map((urn) => new internals.DependencyResource(urn)),
    parent: request.getParent() ? new internals.DependencyResource(request.getParent()) : undefined,
    protect: request.getProtect(),
    providers: Object.fromEntries(providers),
  };
}

const urnOf = (output: pulumi.Output<string>): Promise<string> =>
  (output as unknown as { promise(): Promise<string> }).promise();

/**
 * Makes a remote component: its children are registered with the engine that asked for it.
 * @throws for a component that the stand-in does not have, and for arguments that the schema refuses.
 */
export function construct(request: ConstructRequest, engine: string): Promise<ConstructResponse> {
  return internals.withLocalStorage(async () => {
    const type = request.getType();
    const build = components[type];
    if (!build) throw new Error(`the stand-in has no component ${type}; it has ${Object.keys(components).join(", ")}`);
    const [problem] = validate(type, fromStruct(request.getInputs()));
    if (problem)
      throw new Error(
        `${type} "${request.getName()}": ${problem.property ? `${problem.property}: ` : ""}${problem.reason}`,
      );

    const { runtime } = pulumi;
    runtime.resetOptions(
      request.getProject(),
      request.getStack(),
      request.getParallel(),
      engine,
      request.getMonitorendpoint(),
      request.getDryrun(),
      request.getOrganization(),
    );
    await internals.awaitFeatureSupport();
    runtime.setAllConfig(Object.fromEntries(request.getConfigMap().entries()), request.getConfigsecretkeysList());

    const inputs = await internals.deserializeInputs(request.getInputs(), request.getInputdependenciesMap());
    const component = build(request.getName(), inputs, optionsOf(request));
    const response = new ConstructResponse().setUrn(await urnOf(component.urn));
    const [state, dependencies] = await runtime.serializeResourceProperties(request.getName(), component.state);
    for (const [key, resources] of dependencies) {
      const urns = await Promise.all([...resources].map(({ urn }) => urnOf(urn)));
      response.getStatedependenciesMap().set(key, new ConstructResponse.PropertyDependencies().setUrnsList(urns));
    }
    response.setState(toStruct(state as Bag));
    await internals.waitForRPCs();
    return response;
  });
}
