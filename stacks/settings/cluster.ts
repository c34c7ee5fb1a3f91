import { z } from "zod";
import { type AddonName, addonVersion } from "../../infra/cluster/cluster.addons";
import { type ClusterArgs, isAdmin, serviceBlock } from "../../infra/cluster/cluster.args";
import { checkPublicAccess, network } from "../../infra/cluster/cluster.endpoint";
import { clusterSignals } from "../../infra/cluster/cluster.signals";
import { defaultVersion, kubernetesVersions } from "../../infra/cluster/cluster.versions";
import { type NamespaceExpectations, refusedNamespace } from "../../infra/cluster/namespace.args";
import { namespaceSignals } from "../../infra/cluster/namespace.signals";
import { instanceSizes } from "../../infra/cluster/nodes.args";
import { nodesSignals } from "../../infra/cluster/nodes.signals";
import { checkName } from "../../infra/kit/names";
import { isRetention, retentions } from "../../infra/kit/retention";
import { changesOf } from "./changes";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { amount, group, list, number, oneOf, text, truth, whole } from "./values";

/** What a stack says of its cluster. */
export type ClusterSettings = Pick<
  ClusterArgs,
  | "clusterName"
  | "version"
  | "admins"
  | "publicAccessCidrs"
  | "nodes"
  | "namespaces"
  | "serviceCidr"
  | "logRetention"
  | "addonVersions"
  | "changes"
>;

const admin = text(
  'the name of an IAM role, or the ARN of one in another account, written like "arn:aws:iam::123456789012:role/deploy"',
  isAdmin,
);
const size = number(`of ${instanceSizes.join(", ")} cores`, (given) => instanceSizes.some((known) => known === given));
const port = whole(1_024, 65_535);

const nodes = group({
  cpuLimit: whole(2, 10_000).describe("Cores that all nodes may have together: the limit of the bill."),
  memoryLimit: amount()
    .optional()
    .describe("Memory that all nodes may have together; 8 GiB for each core if left out."),
  capacityType: oneOf("on-demand", "spot").optional().describe("Whether AWS may take nodes away within two minutes."),
  architectures: list(oneOf("arm64", "amd64"), 'architectures, such as "arm64"')
    .optional()
    .describe("What the images are built for."),
  sizes: list(size, "numbers of cores").optional().describe("Cores that a single node may have."),
  disk: amount().optional().describe("Disk of each node."),
  changes: changesOf(nodesSignals).optional().describe("What the nodes do differently, by signal id."),
}).describe("Nodes that may be made.");

const namespace: z.ZodType<NamespaceExpectations> = group({
  podSecurity: oneOf("restricted", "baseline", "privileged")
    .optional()
    .describe("Standard of Kubernetes that its pods are held to."),
  quota: group({
    cpu: number("a number of cores above 0", (given) => given > 0).describe("Cores that its pods may request."),
    memory: amount().describe("Memory that its pods may request, and be limited to."),
    pods: whole(1, 10_000).optional().describe("Pods that it may have."),
  }).describe("What its pods may have together."),
  within: truth().optional().describe("Its pods may talk with each other."),
  metricsPorts: list(port, "ports").optional().describe("Ports on which its pods show metrics."),
  service: text("a service's name", (given) => /^[a-z][a-z0-9-]*$/.test(given))
    .optional()
    .describe("Service that owns what runs here."),
  changes: changesOf(namespaceSignals).optional().describe("What it does differently, by signal id."),
});

const version = () =>
  text('a version, written like "v2.16.0-eksbuild.1"', (given) => addonVersion.test(given)).optional();
const addonVersions = group({
  "metrics-server": version().describe("Version of metrics-server."),
  "kube-state-metrics": version().describe("Version of kube-state-metrics."),
  "prometheus-node-exporter": version().describe("Version of the node exporter."),
  "aws-secrets-store-csi-driver-provider": version().describe("Version of what mounts secrets."),
} satisfies Record<AddonName, z.ZodType>);

const schema: z.ZodType<ClusterSettings> = group({
  clusterName: text("letters, digits, hyphens and underscores", (given) => given !== "")
    .optional()
    .describe("Name in AWS, unique in account and region. Replaces the cluster."),
  version: oneOf(...kubernetesVersions)
    .optional()
    .describe("Minor version of Kubernetes, one step up at a time."),
  admins: list(admin, "ARNs of IAM roles").describe(
    "Roles that administer it; the one that deploys must be among them.",
  ),
  publicAccessCidrs: list(
    text('an IPv4 network, written like "203.0.113.0/24"', (given) => network.test(given)),
    "IPv4 networks",
  )
    .optional()
    .describe("Networks that may reach the API from outside the VPC, until there is a runner inside."),
  nodes,
  namespaces: z
    .record(z.string(), namespace, { error: "a mapping of namespaces to their settings" })
    .describe("Namespaces by name: a new name is a new namespace, and null takes one away with all that is in it."),
  serviceCidr: text("a private block of /12 to /24", (given) => serviceBlock.test(given) && network.test(given))
    .optional()
    .describe("Addresses of services. Replaces the cluster."),
  logRetention: number(`one of ${retentions.join(", ")} days`, isRetention)
    .optional()
    .describe("Days that the control plane's logs are kept."),
  addonVersions: addonVersions
    .optional()
    .describe("Versions of add-ons; what is left out is AWS's choice when the add-on is made."),
  changes: changesOf(clusterSignals).optional().describe("What the cluster does differently, by signal id."),
}).describe("Kubernetes.");

/** The cluster of the platform, as production has it. */
export const platformCluster: ClusterSettings = {
  admins: ["vigia-deploy"],
  version: defaultVersion,
  nodes: { cpuLimit: 64, capacityType: "on-demand", architectures: ["arm64"], sizes: [2, 4, 8] },
  namespaces: {
    shop: { quota: { cpu: 16, memory: "32 GiB" } },
    crm: { quota: { cpu: 8, memory: "16 GiB" } },
    mes: { quota: { cpu: 8, memory: "16 GiB" } },
    monitoring: { quota: { cpu: 4, memory: "8 GiB" }, service: "platform" },
    // Their own policies say who talks with whom (infra/logs/policies.ts), and the agents read their metrics.
    logs: { quota: { cpu: 8, memory: "32 GiB" }, service: "platform" },
    // One on each node, which reads the files that pods write there: no stricter standard lets it.
    shippers: { quota: { cpu: 4, memory: "16 GiB" }, podSecurity: "privileged", service: "platform" },
  },
  logRetention: 365,
};

const isOwn = (role: string, account: string) => !role.startsWith("arn:") || role.split(":")[4] === account;

const texts = (given: unknown): readonly string[] =>
  Array.isArray(given) ? given.filter((item) => typeof item === "string") : [];

/** Rules between values: they hold for what each value alone is fine with. */
function mistakes(given: unknown, { account }: Mapping): SectionMistake[] {
  if (!isMapping(given)) return [];
  const { clusterName, admins, publicAccessCidrs, nodes: pool, namespaces } = given;
  const nameProblem =
    typeof clusterName === "string" && clusterName !== ""
      ? checkName("cluster", clusterName, { physical: true })
      : undefined;
  const roles = texts(admins);
  const cidrs = texts(publicAccessCidrs);
  const open = cidrs.findIndex((cidr) => network.test(cidr) && checkPublicAccess([cidr]) !== undefined);
  return [
    ...(nameProblem === undefined ? [] : [{ path: ["clusterName"], allowed: nameProblem, aside: true }]),
    ...(Array.isArray(admins) && admins.length === 0
      ? [{ path: ["admins"], allowed: "one role or more, or nobody can enter the cluster" }]
      : []),
    ...roles.flatMap((role, at): SectionMistake[] =>
      roles.indexOf(role) === at ? [] : [{ path: ["admins", at], allowed: "each role once" }],
    ),
    ...(typeof account === "string" && roles.length > 0 && !roles.some((role) => isOwn(role, account))
      ? [{ path: ["admins"], allowed: `a role of the stack's own account ${account} among them: the one that deploys` }]
      : []),
    ...(open === -1
      ? []
      : [
          {
            path: ["publicAccessCidrs", open],
            allowed: "a network of /16 or narrower: public access for everybody is refused",
          },
        ]),
    ...nodeMistakes(pool),
    ...Object.keys(isMapping(namespaces) ? namespaces : {}).flatMap((name): SectionMistake[] => {
      const refused = refusedNamespace(name);
      return refused === undefined ? [] : [{ path: ["namespaces", name], allowed: refused, aside: true }];
    }),
  ];
}

function nodeMistakes(given: unknown): SectionMistake[] {
  const { success, data } = nodes.safeParse(given);
  if (!success) return [];
  const { cpuLimit, sizes = [2, 4, 8], architectures = ["arm64"] } = data;
  return [
    ...(sizes.length === 0 ? [{ path: ["nodes", "sizes"], allowed: "one size or more" }] : []),
    ...(architectures.length === 0 ? [{ path: ["nodes", "architectures"], allowed: '"arm64", "amd64" or both' }] : []),
    ...(sizes.length > 0 && cpuLimit < 2 * Math.min(...sizes)
      ? [
          {
            path: ["nodes", "cpuLimit"],
            allowed: `enough for two nodes of the smallest size (${2 * Math.min(...sizes)}), or one failure takes all`,
          },
        ]
      : []),
  ];
}

/** Kubernetes. */
export const clusterSection = section<ClusterSettings>({ schema, defaults: platformCluster, mistakes });
