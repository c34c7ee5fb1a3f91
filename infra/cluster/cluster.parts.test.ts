import assert from "node:assert/strict";
import { inputs, made, statements } from "./cluster.recorded";

const eks = "aws:eks/cluster:Cluster";
const pool = "kubernetes:karpenter.sh/v1:NodePool";
const addon = "aws:eks/addon:Addon";
const scraper = "aws:amp/scraper:Scraper";

describe("what runs in a cluster", () => {
  it("makes nodes within limits: private, encrypted, replaced each fortnight", async () => {
    const nodes = {
      cpuLimit: 16,
      capacityType: "spot",
      architectures: ["amd64"],
      sizes: [4],
      disk: "100 GiB",
    } as const;
    const recording = await made({ nodes });
    const { spec } = inputs(recording, "kubernetes:eks.amazonaws.com/v1:NodeClass");
    assert.deepEqual(spec, {
      role: "main-nodes-1234567",
      subnetSelectorTerms: [{ id: "subnet-a" }, { id: "subnet-b" }],
      securityGroupSelectorTerms: [{ id: "sg-nodes" }],
      ephemeralStorage: { size: "100Gi", kmsKeyID: "arn:aws:kms:eu-central-1:123456789012:main-1234567" },
      networkPolicy: "DefaultAllow",
      networkPolicyEventLogs: "Enabled",
    });
    assert.deepEqual(inputs(recording, pool).spec, {
      template: {
        spec: {
          nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "private" },
          expireAfter: "336h",
          terminationGracePeriod: "24h",
          requirements: [
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
            { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
            { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m", "r"] },
            { key: "eks.amazonaws.com/instance-cpu", operator: "In", values: ["4"] },
            { key: "eks.amazonaws.com/instance-encryption-in-transit-supported", operator: "In", values: ["true"] },
          ],
        },
      },
      limits: { cpu: "16", memory: "128Gi" },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "5m",
        budgets: [{ nodes: "10%" }],
      },
    });
  });

  it("gives volumes that are encrypted, and that outlive their claim where it is protected", async () => {
    const storage = "kubernetes:storage.k8s.io/v1:StorageClass";
    const { parameters, reclaimPolicy } = inputs(await made(), storage);
    assert.deepEqual(parameters, {
      type: "gp3",
      encrypted: "true",
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:main-1234567",
    });
    assert.equal(reclaimPolicy, "Retain");
    assert.equal(inputs(await made({ protect: false }), storage).reclaimPolicy, "Delete");
    assert.equal(inputs(await made({ protect: false }), eks).deletionProtection, false);
  });

  it("has its add-ons once it has nodes, at the versions that are asked for", async () => {
    const recording = await made({ addonVersions: { "metrics-server": "v0.8.0-eksbuild.1" } });
    assert.deepEqual(
      recording
        .ofType(addon)
        .map(({ inputs: { addonName, addonVersion } }) => [addonName, addonVersion])
        .sort(),
      [
        ["aws-secrets-store-csi-driver-provider", undefined],
        ["kube-state-metrics", undefined],
        ["metrics-server", "v0.8.0-eksbuild.1"],
        ["prometheus-node-exporter", undefined],
      ],
    );
    for (const { dependsOn } of recording.ofType(addon)) assert.ok(dependsOn.includes("main"));
    const secrets = recording.document(addon, "main-aws-secrets-store-csi-driver-provider", "configurationValues");
    assert.deepEqual(secrets, {
      "secrets-store-csi-driver": {
        enableSecretRotation: true,
        rotationPollInterval: "120s",
        syncSecret: { enabled: false },
      },
    });
  });

  it("switches network policies on, without which they would be words", async () => {
    const config = inputs(await made(), "kubernetes:core/v1:ConfigMap");
    assert.deepEqual(config.metadata, { name: "amazon-vpc-cni", namespace: "kube-system" });
    assert.deepEqual(config.data, { "enable-network-policy-controller": "true" });
  });

  it("is collected by roles that may write to its workspace alone", async () => {
    const recording = await made();
    assert.deepEqual(statements(recording, "aws:iam/rolePolicy:RolePolicy", "main-writer", "policy"), [
      {
        Effect: "Allow",
        Action: "aps:RemoteWrite",
        Resource: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
      },
    ]);
    assert.deepEqual(statements(recording, "aws:iam/role:Role", "main-collector", "assumeRolePolicy"), [
      {
        Effect: "Allow",
        Principal: { Service: "scraper.aps.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:aps:eu-central-1:123456789012:scraper/*" },
        },
      },
    ]);
    const { source, destination } = inputs(recording, scraper);
    assert.deepEqual(source, {
      eks: {
        clusterArn: "arn:aws:eks:eu-central-1:123456789012:main-1234567",
        securityGroupIds: ["sg-scraper"],
        subnetIds: ["subnet-a", "subnet-b"],
      },
    });
    assert.deepEqual(destination, { amp: { workspaceArn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1" } });
  });
});
