import assert from "node:assert/strict";
import { inputs, made, statements } from "./cluster.recorded";

const eks = "aws:eks/cluster:Cluster";
const key = "aws:kms/key:Key";
const entry = "aws:eks/accessEntry:AccessEntry";
const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const log = "aws:cloudwatch/logGroup:LogGroup";

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
});
