import assert from "node:assert/strict";
import { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { type Recording, record } from "../kit/recorder";
import { Cluster } from "./cluster";
import type { ClusterArgs } from "./cluster.args";
import { usual, watcher } from "./cluster.testing";
import { watchCluster } from "./cluster.watch";

const eks = "aws:eks/cluster:Cluster";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";
const key = "aws:kms/key:Key";
const entry = "aws:eks/accessEntry:AccessEntry";
const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const log = "aws:cloudwatch/logGroup:LogGroup";
const pool = "kubernetes:karpenter.sh/v1:NodePool";
const addon = "aws:eks/addon:Addon";
const scraper = "aws:amp/scraper:Scraper";

const made = (args: Partial<ClusterArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Cluster("main", { ...usual, ...args }), mode);
const inputs = (recording: Recording, type: string, name = "main") => recording.one(type, name).inputs;
const statements = (recording: Recording, type: string, name: string, input: string) => {
  const document = recording.document(type, name, input);
  assert.ok(typeof document === "object" && document !== null && "Statement" in document);
  return document.Statement;
};

describe("a cluster", () => {
  it("is private, encrypted, logged, and entered by its list alone", async () => {
    const { name, version, roleArn, ...rest } = inputs(await made(), eks);
    assert.deepEqual([name, version], ["main", "1.36"]);
    assert.match(String(roleArn), /main-control-plane/);
    assert.deepEqual(rest, {
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      computeConfig: { enabled: true },
      deletionProtection: true,
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: {
        provider: { keyArn: "arn:aws:kms:eu-central-1:123456789012:main-1234567" },
        resources: ["secrets"],
      },
      kubernetesNetworkConfig: {
        elasticLoadBalancing: { enabled: true },
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
      },
      storageConfig: { blockStorage: { enabled: true } },
      upgradePolicy: { supportType: "STANDARD" },
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        securityGroupIds: ["sg-control"],
        subnetIds: ["subnet-a", "subnet-b"],
      },
      zonalShiftConfig: { enabled: true },
    });
  });

  it("has a public endpoint only for the networks that are named", async () => {
    const { vpcConfig } = inputs(await made({ publicAccessCidrs: ["203.0.113.0/24"] }), eks);
    assert.deepEqual(vpcConfig, {
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
      securityGroupIds: ["sg-control"],
      subnetIds: ["subnet-a", "subnet-b"],
    });
  });

  it("is made after its log, which would otherwise be EKS's own, and after its rights", async () => {
    const recording = await made();
    const { dependsOn } = recording.one(eks, "main");
    assert.deepEqual(
      ["main", "main-control-plane-AmazonEKSComputePolicy", "main-control-plane-key"].filter(
        (name) => !dependsOn.includes(name),
      ),
      [],
    );
    const { kmsKeyId, ...group } = inputs(recording, log);
    assert.deepEqual(group, { name: "/aws/eks/main/cluster", retentionInDays: 365 });
    assert.match(String(kmsKeyId), /^arn:aws:kms/);
  });

  it("has a key that turns, which only the account and its own two logs may use", async () => {
    const recording = await made({ clusterName: "shop-prod" });
    assert.equal(inputs(recording, key).enableKeyRotation, true);
    assert.deepEqual(statements(recording, key, "main", "policy"), [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": [
              "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/eks/shop-prod/cluster",
              "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/vendedlogs/prometheus/shop-prod-scraper",
            ],
          },
        },
      },
    ]);
  });

  it("takes a key that it is given", async () => {
    const recording = await made({ kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/own" });
    assert.deepEqual(recording.ofType(key), []);
    assert.deepEqual(inputs(recording, eks).encryptionConfig, {
      provider: { keyArn: "arn:aws:kms:eu-central-1:123456789012:key/own" },
      resources: ["secrets"],
    });
  });

  it("lets in its administrators and its nodes, and nobody else", async () => {
    const admins = ["deploy", "arn:aws:iam::123456789012:role/ci/deploy", "arn:aws:iam::999999999999:role/deploy"];
    const recording = await made({ admins });
    const entries = recording
      .ofType(entry)
      .map(({ name, inputs: { type, principalArn } }) => [name, type, principalArn]);
    assert.deepEqual(entries.sort(), [
      ["main-admin-999999999999-deploy", "STANDARD", "arn:aws:iam::999999999999:role/deploy"],
      ["main-admin-ci-deploy", "STANDARD", "arn:aws:iam::123456789012:role/ci/deploy"],
      ["main-admin-deploy", "STANDARD", "arn:aws:iam::123456789012:role/deploy"],
      ["main-nodes", "EC2", "arn:aws:iam:eu-central-1:123456789012:main-nodes-1234567"],
    ]);
    const rights = recording.ofType(association).map(({ name, inputs: { policyArn } }) => [name, policyArn]);
    assert.deepEqual(rights.sort(), [
      ["main-admin-999999999999-deploy", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"],
      ["main-admin-ci-deploy", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"],
      ["main-admin-deploy", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"],
      ["main-nodes", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy"],
    ]);
  });

  it("is worked in by a provider without secrets, once its administrators are let in", async () => {
    const recording = await made();
    const { dependsOn, inputs: provider } = recording.one("pulumi:providers:kubernetes", "main");
    assert.ok(dependsOn.includes("main-admin-deploy"));
    const config: { users: { user: unknown }[] } = JSON.parse(String(provider.kubeconfig));
    assert.deepEqual(config.users[0]?.user, {
      exec: {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args: ["eks", "get-token", "--cluster-name", "main", "--region", "eu-central-1", "--output", "json"],
        interactiveMode: "Never",
      },
    });
  });

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

describe("the alarms of a cluster", () => {
  it("are made from its outputs, in a preview too", async () => {
    const recording = await made({}, "preview");
    const alarms = recording.ofType(alarm);
    assert.equal(alarms.length, 7);
    for (const { name, madeFrom } of alarms)
      assert.deepEqual(madeFrom.dimensions ?? madeFrom.metricQueries, ["main"], name);
  });

  it("name the cluster of its series by what is known before it exists", async () => {
    const recording = await made({}, "preview");
    const names = recording
      .ofType(rules)
      .map(({ name }) => name)
      .sort();
    assert.deepEqual(names, ["main", "main-logs", "main-nodes", "main-shop"]);
    for (const { inputs: own } of recording.ofType(rules)) assert.match(String(own.data), /cluster=\\?"main\\?"/);
    assert.ok(recording.one(rules, "main-nodes").dependsOn.includes("main"));
    assert.ok(recording.one(rules, "main-shop").dependsOn.includes("main-shop"));
  });

  it("need a collector where they are rules of Prometheus", async () => {
    const recording = await made({ scraping: undefined });
    assert.deepEqual(recording.ofType(rules), []);
    assert.deepEqual(recording.ofType(scraper), []);
    assert.equal(recording.ofType(alarm).length, 7);
  });

  it("can watch a cluster that exists already", async () => {
    const recording = await record(() => {
      const existing = new EksCluster("theirs", { roleArn: "arn", vpcConfig: { subnetIds: [] } });
      watchCluster("theirs", existing, { label: "theirs", scraped: false, watcher });
    });
    assert.equal(recording.ofType(alarm).length, 7);
    assert.deepEqual(recording.ofType(rules), []);
  });
});

describe("the arguments of a cluster", () => {
  const refused = async (args: Partial<ClusterArgs>, ...lines: readonly string[]) => {
    await assert.rejects(made(args), (error: unknown) => {
      assert.ok(error instanceof RangeError);
      assert.deepEqual(
        error.message.split("\n"),
        lines.map((line) => `cluster "main": ${line}`),
      );
      return true;
    });
  };

  it("are refused all at once, before anything is made", () =>
    refused(
      {
        clusterName: "-x",
        version: "1.29" as "1.36",
        admins: ["arn:aws:iam::123456789012:user/me"],
        securityGroups: { controlPlane: ["sg"], nodes: [] },
        serviceCidr: "172.20.0.0/8",
        logRetention: 100,
        addonVersions: { "metrics-server": "0.8" },
        nodes: { cpuLimit: 2, sizes: [2, 3], disk: "8 GiB", memoryLimit: "1 GiB" },
        namespaces: { "kube-shop": { quota: { cpu: 0, memory: "1 MiB" }, metricsPorts: [80] } },
        changes: { "cluster-api-slow": { off: " " } },
      },
      'name of cluster "-x": use only letters, digits, hyphens and underscores, with a letter or digit first',
      'version must be 1.35 or 1.36, got "1.29": others are out of standard support, or not known yet (infra/cluster/cluster.versions.ts)',
      'admins must be names or ARNs of IAM roles, without a session, got "arn:aws:iam::123456789012:user/me"',
      "securityGroups.nodes must name a group, or its traffic is not let through",
      'serviceCidr must be a private block of /12 to /24, got "172.20.0.0/8"',
      "logRetention must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days, got 100",
      'addonVersions.metrics-server is written like "v2.16.0-eksbuild.1", got "0.8"',
      "nodes.sizes must be of 2, 4, 8, 16, 32, 48, 64, 96, got 3",
      "nodes.cpuLimit must be enough for two nodes of the smallest of nodes.sizes, or one failure takes all, got 2",
      'nodes.disk must be at least 40 GiB, got "8 GiB"',
      'nodes.memoryLimit must be at least 1 GiB for each core of cpuLimit, got "1 GiB"',
      'namespaces.kube-shop: "kube-shop": Kubernetes and AWS keep that name for themselves',
      "namespaces.kube-shop: quota.cpu must be a number of cores above 0, got 0",
      'namespaces.kube-shop: quota.memory must be at least 256 MiB, got "1 MiB"',
      "namespaces.kube-shop: metricsPorts must be from 1024 to 65535: a restricted pod opens none below, got 80",
      'changes: "cluster-api-slow" is off without a reason: say why in words',
    ));

  it("let no one in from everywhere, and someone in from somewhere", async () => {
    await refused(
      { publicAccessCidrs: ["0.0.0.0/0"] },
      'publicAccessCidrs must not let everybody in: networks of /16 or narrower, got "0.0.0.0/0"',
    );
    await refused(
      { publicAccessCidrs: ["10.0.0"] },
      'publicAccessCidrs must be IPv4 networks such as "203.0.113.0/24", got "10.0.0"',
    );
    await refused({ admins: [] }, "admins must name a role, or nobody can enter the cluster");
  });
});
