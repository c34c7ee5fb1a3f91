import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { checkArguments } from "./arguments";
import type { Cloud } from "./cloud";
import { plan } from "./diff";
import { invoke } from "./invokes";
import { createdObject, deletesObjectFirst, isKubernetesObject, previewObject, updatedObject } from "./kubernetes";
import { nameRule } from "./names";
import { loadSchema, noRow, shapeOf, type TypeShape } from "./schema";
import { assumedState, createdOutputs, filledIn, type Place, previewOutputs, updatedOutputs } from "./values";
import { type Bag, fromStruct, text, toStruct } from "./wire";

/** A change of which the stand-in cannot say whether it replaces the resource. */
export interface UnknownReplacement {
  readonly type: string;
  readonly urn: string;
  /** Top-level names of the arguments that changed. */
  readonly changed: readonly string[];
}

/** Where resources go when no region is configured. The real provider refuses to start then; the stand-in has no profile to ask. */
const noRegion: Place = { region: "us-east-1", defaultTags: {} };

interface Named {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

/** One package's provider: the protocol's methods over the pretended account. `connection` tells apart the provider instances of a program. */
export class Provider {
  private readonly places = new Map<string, Place>();

  constructor(
    readonly pkg: string,
    private readonly cloud: Cloud,
    private readonly note: (replacement: UnknownReplacement) => void,
  ) {}

  /** Who answers a handshake is taken to support previews; components must take secrets, the rest leaves marking them to the engine. */
  handshake(): proto.ProviderHandshakeResponse {
    const components = this.pkg === "awsx";
    return new proto.ProviderHandshakeResponse()
      .setAcceptSecrets(components)
      .setAcceptResources(components)
      .setAcceptOutputs(components);
  }

  getPluginInfo(): PluginInfo {
    return new PluginInfo().setVersion(loadSchema().packages[this.pkg] ?? "");
  }

  getSchema(): proto.GetSchemaResponse {
    return new proto.GetSchemaResponse().setSchema("{}");
  }

  checkConfig(request: proto.CheckRequest): proto.CheckResponse {
    return new proto.CheckResponse().setInputs(request.getNews());
  }

  diffConfig(request: proto.DiffRequest): proto.DiffResponse {
    const { changed } = plan("", undefined, fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    return new proto.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList([...changed]);
  }

  configure(request: proto.ConfigureRequest, connection: string): proto.ConfigureResponse {
    const variable = (name: string): string | undefined => request.getVariablesMap().get(`${this.pkg}:config:${name}`);
    const tags: unknown = JSON.parse(variable("defaultTags") ?? "{}");
    const region = text(variable("region")) ?? noRegion.region;
    const given = typeof tags === "object" && tags !== null && "tags" in tags ? (tags.tags as Bag) : {};
    this.places.set(connection, { region, defaultTags: given });
    const components = this.pkg === "awsx";
    return new proto.ConfigureResponse()
      .setSupportspreview(true)
      .setAcceptsecrets(components)
      .setAcceptresources(components)
      .setAcceptoutputs(components);
  }

  check(request: proto.CheckRequest): proto.CheckResponse {
    const { inputs, problems } = checkArguments(request, this.cloud.seed(request.getUrn()));
    const failures = problems.map(({ property, reason }) => {
      // The engine names the property in another line only.
      const text = property.includes(".") || property.includes("[") ? `${property}: ${reason}` : reason;
      return new proto.CheckFailure().setProperty(property).setReason(text);
    });
    return new proto.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
  }

  diff(request: proto.DiffRequest, connection: string): proto.DiffResponse {
    const type = request.getType();
    const olds = fromStruct(request.getOldInputs());
    const news = fromStruct(request.getNews());
    if (type.startsWith("aws:") && shapeOf(type)?.inputs.region) {
      // Left out, the region is the provider's: writing it down changes nothing, another provider's does.
      news.region ??= this.place(connection).region;
      olds.region ??= fromStruct(request.getOlds()).region ?? news.region;
    }
    this.adopt(request);
    const { changes, changed, replaces, replacementNotKnown } = plan(type, shapeOf(type), olds, news);
    if (replacementNotKnown) this.note({ type, urn: request.getUrn(), changed });
    const response = new proto.DiffResponse()
      .setHasdetaileddiff(true)
      .setDiffsList([...changed])
      .setReplacesList([...replaces]);
    const { Kind } = proto.PropertyDiff;
    for (const { path, kind, replaces: replace } of changes) {
      const detail = new proto.PropertyDiff()
        .setKind(replace ? Kind[`${kind}_REPLACE` as const] : Kind[kind])
        .setInputdiff(true);
      response.getDetaileddiffMap().set(path, detail);
    }
    const rule = nameRule(type);
    const chosen = rule !== undefined && news[rule.key] !== undefined && !filledIn(news).has(rule.key);
    const first = isKubernetesObject(type) ? deletesObjectFirst(olds, news) : chosen;
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    return response
      .setDeletebeforereplace(replaces.length > 0 && first)
      .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  }

  create(request: proto.CreateRequest, connection: string): proto.CreateResponse {
    const { type, shape, urn, name } = this.known(request);
    const inputs = fromStruct(request.getProperties());
    const place = this.place(connection);
    if (request.getPreview()) {
      const outputs = isKubernetesObject(type) ? previewObject(inputs) : previewOutputs(type, shape, inputs, place);
      return new proto.CreateResponse().setProperties(toStruct(outputs));
    }
    const seed = this.cloud.seed(urn);
    const { id, outputs } = isKubernetesObject(type)
      ? createdObject(inputs, seed)
      : createdOutputs(type, shape, inputs, place, name, seed);
    this.cloud.create({ type, id, urn, region: text(outputs.region) ?? place.region, inputs, outputs });
    return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
  }

  update(request: proto.UpdateRequest, connection: string): proto.UpdateResponse {
    const { type, shape, urn } = this.known(request);
    const id = request.getId();
    const inputs = fromStruct(request.getNews());
    const place = this.place(connection);
    if (this.cloud.isGone({ type, id, urn }))
      throw new Error(`updating ${type} (${id}): ResourceNotFoundException: it does not exist`);
    const stored = this.cloud.get({ type, id, urn });
    const before = stored ?? { inputs: fromStruct(request.getOldInputs()), outputs: fromStruct(request.getOlds()) };
    const outputs = isKubernetesObject(type)
      ? updatedObject(before.outputs, inputs)
      : updatedOutputs(type, shape, before, inputs, place);
    if (!request.getPreview())
      this.cloud.put({ type, id, urn, region: text(outputs.region) ?? place.region, inputs, outputs });
    return new proto.UpdateResponse().setProperties(toStruct(outputs));
  }

  /** A resource that was removed here is not found; one that only the program or its state names is taken to exist as named. */
  read(request: proto.ReadRequest, connection: string): proto.ReadResponse {
    const { type, shape, urn, name } = this.known(request);
    const id = request.getId();
    if (this.cloud.isGone({ type, id, urn })) return new proto.ReadResponse();
    let found = this.cloud.get({ type, id, urn });
    if (!found) {
      const place = this.place(connection);
      const state = fromStruct(request.getProperties());
      const inputs = fromStruct(request.getInputs());
      const made = isKubernetesObject(type)
        ? { inputs, outputs: state }
        : assumedState(type, shape, id, inputs, state, place, name);
      found = { type, id, urn, region: text(made.outputs.region) ?? place.region, ...made };
      // A state that tells of it: it is the program's own, from an earlier run.
      if (Object.keys(inputs).length > 0) this.cloud.put(found);
    }
    return new proto.ReadResponse().setId(id).setProperties(toStruct(found.outputs)).setInputs(toStruct(found.inputs));
  }

  delete(request: proto.DeleteRequest): Empty {
    this.cloud.delete(request.getType(), request.getId(), request.getUrn(), fromStruct(request.getProperties()));
    return new Empty();
  }

  invoke(request: proto.InvokeRequest, connection: string): proto.InvokeResponse {
    try {
      return new proto.InvokeResponse().setReturn(
        toStruct(invoke(request.getTok(), fromStruct(request.getArgs()), this.place(connection))),
      );
    } catch (error) {
      const failure = new proto.CheckFailure().setReason(error instanceof Error ? error.message : String(error));
      return new proto.InvokeResponse().setFailuresList([failure]);
    }
  }

  /** The engine compares only what a stack manages: that exists, though an earlier run or another program made it. */
  private adopt(request: proto.DiffRequest): void {
    const identity = { type: request.getType(), id: request.getId(), urn: request.getUrn() };
    if (this.cloud.get(identity) || this.cloud.isGone(identity)) return;
    const [inputs, outputs] = [fromStruct(request.getOldInputs()), fromStruct(request.getOlds())];
    this.cloud.put({ ...identity, region: text(outputs.region) ?? "", inputs, outputs });
  }

  private place(connection: string): Place {
    return this.places.get(connection) ?? noRegion;
  }

  private known(request: Named): { type: string; shape: TypeShape; urn: string; name: string } {
    const type = request.getType();
    const shape = shapeOf(type);
    if (!shape) throw new Error(noRow(type));
    return { type, shape, urn: request.getUrn(), name: request.getName() };
  }
}
