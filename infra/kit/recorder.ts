import { type Resource, runtime } from "@pulumi/pulumi";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks.js";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings.js";
import { Graph, type GraphResource } from "../signal/graph";

/** A resource as a program registered it, with every input awaited. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What a component registered as its outputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Name of its parent. */
  readonly parent?: string;
  /** Input to the names of the resources whose outputs it was made from. */
  readonly madeFrom: Readonly<Record<string, readonly string[]>>;
  /** Names of all resources that must be there first. */
  readonly dependsOn: readonly string[];
}

/** All that a program registered. */
export class Recording {
  /** The resources in the order of their registration. */
  readonly resources: readonly Recorded[];
  /** The same as policies and reports see it. */
  readonly graph: Graph;

  constructor(resources: readonly (Recorded & { readonly seen: GraphResource })[]) {
    this.resources = resources.map(({ seen: _, ...resource }) => resource);
    this.graph = new Graph(resources.map(({ seen }) => seen));
  }

  /** The resources of a type, in the order of their registration. */
  ofType(type: string): readonly Recorded[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of that type and name. Throws when there is none or more than one. */
  one(type: string, name: string): Recorded {
    const [found, ...others] = this.ofType(type).filter((resource) => resource.name === name);
    if (found && others.length === 0) return found;
    const known = this.resources.map((resource) => `${resource.type} ${resource.name}`).sort();
    throw new Error(`${found ? "more than one" : "no"} ${type} "${name}" among\n${known.join("\n")}`);
  }

  /** An input that holds a JSON document, parsed. */
  document(type: string, name: string, input: string): unknown {
    const text = this.one(type, name).inputs[input];
    if (typeof text !== "string") throw new TypeError(`${type} "${name}" has no text in ${input}`);
    return JSON.parse(text);
  }
}

/** Account and region of everything that is recorded. */
export const place = { account: "123456789012", region: "eu-central-1" } as const;

/** How Amazon MQ answers: RabbitMQ's list has the endpoints for Prometheus too. */
const brokerInstance = {
  consoleUrl: `https://b-1.mq.${place.region}.on.aws`,
  endpoints: [`https://b-1.mq.${place.region}.on.aws:16001`, `amqps://b-1.mq.${place.region}.on.aws:5671`],
  ipAddress: "",
} as const;

/** What AWS would answer: enough for one resource to be made from another. */
function answer(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const service = type.split(/[:/]/)[1] ?? "";
  const physical = `${name}-1234567${inputs.fifoQueue || inputs.fifoTopic ? ".fifo" : ""}`;
  return {
    name: physical,
    // How other types call their name.
    bucket: physical,
    identifier: physical,
    clusterName: physical,
    brokerName: physical,
    arn: `arn:aws:${service}:${place.region}:${place.account}:${physical}`,
    url: `https://${service}.${place.region}.amazonaws.com/${place.account}/${physical}`,
    ...(type === "aws:mq/broker:Broker" && { instances: [brokerInstance] }),
    ...inputs,
  };
}

type Request = Parameters<MockMonitor["registerResource"]>[0];
type Callback = Parameters<MockMonitor["registerResource"]>[1];
type Known = Readonly<Record<string, unknown>>;

const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";

/** Keeps what the SDK's mock monitor forgets: the parent and what each input was made from. */
class Monitor extends MockMonitor {
  readonly #seen = new Map<string, GraphResource>();
  readonly #outputs = new Map<string, Known>();

  override async registerResource(request: Request, callback: Callback): Promise<void> {
    const parent: string = request.getParent();
    const madeFrom: Record<string, readonly string[]> = {};
    request.getPropertydependenciesMap().forEach((dependencies: { getUrnsList(): string[] }, input: string) => {
      if (dependencies.getUrnsList().length > 0) madeFrom[input] = dependencies.getUrnsList();
    });
    const [type, name]: [string, string] = [request.getType(), request.getName()];
    const known: Known = runtime.deserializeProperties(request.getObject());
    await super.registerResource(request, (error, response: { getUrn(): string } | undefined) => {
      const urn = response?.getUrn();
      const dependsOn: string[] = request.getDependenciesList();
      if (urn) this.#seen.set(urn, { urn, type, name, known, madeFrom, dependsOn, ...(parent && { parent }) });
      callback(error, response);
    });
  }

  override registerResourceOutputs(request: Request, callback: Callback): void {
    this.#outputs.set(request.getUrn(), runtime.deserializeProperties(request.getOutputs()));
    super.registerResourceOutputs(request, callback);
  }

  recording(): Recording {
    const names = (urns: readonly string[]) => urns.map(nameOf).sort();
    return new Recording(
      [...this.#seen.values()].map((seen) => {
        const { urn, type, name, known, madeFrom, dependsOn, parent } = seen;
        const outputs = this.#outputs.get(urn);
        return {
          type,
          name,
          inputs: known,
          madeFrom: Object.fromEntries(Object.entries(madeFrom).map(([input, urns]) => [input, names(urns)])),
          dependsOn: names(dependsOn),
          ...(parent && { parent: nameOf(parent) }),
          ...(outputs && { outputs }),
          seen: outputs ? { ...seen, known: outputs } : seen,
        };
      }),
    );
  }
}

/**
 * Runs a program against a recorder instead of an engine and waits until everything it registered has arrived.
 * @param mode in a preview the outputs of new resources are unknown, as they are with a real provider
 */
export async function record(
  program: () => Resource | void | Promise<void>,
  mode: "update" | "preview" = "update",
): Promise<Recording> {
  const mocks: runtime.Mocks = {
    newResource: ({ type, name, inputs, custom }) => ({
      id: custom ? `${name}-id` : "",
      state: mode === "preview" ? inputs : answer(type, name, inputs),
    }),
    call: ({ token }) => {
      const message = `the program calls ${token}: a preview must not need an answer from AWS`;
      // The SDK shows its user the details of a failed call, as gRPC calls them, and not its message.
      throw Object.assign(new Error(message), { details: message });
    },
  };
  const monitor = new Monitor(mocks);
  await setMocks(mocks, "vigia", "test", mode === "preview");
  setMockOptions(monitor, "vigia", "test", mode === "preview");
  try {
    await program();
  } finally {
    await runtime.disconnect();
  }
  return monitor.recording();
}
