import { uuid } from "./arn";
import { hex } from "./names";
import { type Bag, isBag, same, text, unknown } from "./wire";

/** Kinds without a namespace ("API overview", Kubernetes reference, 1.34). */
const clusterWide =
  /:(Namespace|Node|ClusterRole|ClusterRoleBinding|PersistentVolume|StorageClass|CSIDriver|CustomResourceDefinition|PriorityClass|IngressClass|RuntimeClass|APIService|ValidatingWebhookConfiguration|MutatingWebhookConfiguration)$/;

/** Says that the name was made up, and so may change when the object is replaced. */
const autonamed = "pulumi.com/autonamed";

/** Whether a type is a Kubernetes object; a Helm release is not one. */
export const isKubernetesObject = (type: string): boolean =>
  type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/");

const metadataOf = (bag: Bag): Bag => (isBag(bag.metadata) ? { ...bag.metadata } : {});
const annotationsOf = (metadata: Bag): Bag => (isBag(metadata.annotations) ? { ...metadata.annotations } : {});

/**
 * The arguments with a name and a namespace, as the provider fills them in: `name-<8 hex>`, kept on the next run, and `default`.
 * @param proposed a name that the engine's autonaming settings ask for.
 */
export function checkedObject(type: string, name: string, olds: Bag, news: Bag, seed: string, proposed?: string): Bag {
  if (news.metadata === unknown) return news;
  const metadata = metadataOf(news);
  if (metadata.name === undefined && metadata.generateName === undefined) {
    const before = metadataOf(olds);
    const kept = annotationsOf(before)[autonamed] === "true" ? text(before.name) : undefined;
    metadata.name = kept ?? proposed ?? `${name}-${hex(seed, 8)}`;
    metadata.annotations = { ...annotationsOf(metadata), [autonamed]: "true" };
  }
  if (metadata.namespace === undefined && !clusterWide.test(type)) metadata.namespace = "default";
  return { ...news, metadata };
}

/** Whether the old object must go first: its name was chosen by the program and stays, so the new one cannot exist beside it. */
export function deletesObjectFirst(olds: Bag, news: Bag): boolean {
  const [before, after] = [metadataOf(olds), metadataOf(news)];
  if (annotationsOf(after)[autonamed] === "true") return false;
  return same(before.name, after.name) && same(before.namespace, after.namespace);
}

/** The outputs in a preview: the object as given; what the API server adds is not known. */
export const previewObject = (inputs: Bag): Bag => ({ ...inputs, status: unknown });

/** The id and the outputs of an object that was just made. */
export function createdObject(inputs: Bag, seed: string): { id: string; outputs: Bag } {
  const metadata: Bag = {
    creationTimestamp: "2026-01-01T00:00:00Z",
    generation: 1,
    resourceVersion: "1",
    uid: uuid(seed),
    ...metadataOf(inputs),
  };
  metadata.name ??= `${text(metadata.generateName) ?? ""}${hex(seed, 5)}`;
  const name = text(metadata.name) ?? "";
  const namespace = text(metadata.namespace);
  return { id: namespace ? `${namespace}/${name}` : name, outputs: { ...inputs, metadata } };
}

/** The outputs after a change in place. */
export function updatedObject(outputs: Bag, inputs: Bag): Bag {
  const before = metadataOf(outputs);
  const generation = typeof before.generation === "number" ? before.generation + 1 : 1;
  const { uid = null, creationTimestamp = null } = before;
  return {
    ...(outputs.status === undefined ? {} : { status: outputs.status }),
    ...inputs,
    metadata: { ...metadataOf(inputs), creationTimestamp, generation, resourceVersion: String(generation), uid },
  };
}
