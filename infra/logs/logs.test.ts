import assert from "node:assert/strict";
import { output, unknown } from "@pulumi/pulumi";
import { parse } from "yaml";
import { type Recording, record } from "../kit/recorder";
import { Logs } from "./logs";
import type { LogsArgs } from "./logs.args";
import { usual } from "./logs.fixtures";
import { releaseType } from "./logs.kind";
import { logsSignals } from "./logs.signals";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const deployment = "kubernetes:apps/v1:Deployment";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (given: Partial<LogsArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Logs("logs", usual(given)), mode);
/** What stands at a path of an input, whatever it is. */
const at = (from: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null ? Object.getOwnPropertyDescriptor(found, key)?.value : undefined,
    from,
  );
const values = (recording: Recording, name: string) => recording.one(releaseType, name).inputs.values;
const text = (found: unknown): string => (typeof found === "string" ? found : "");

describe("a place for logs", () => {
  it("is three whole Lokis, one in each zone, with pinned chart and program", async () => {
    const recording = await made();
    const { chart, version, namespace, atomic } = recording.one(releaseType, "logs-loki").inputs;
    assert.deepEqual(
      { chart, version, namespace, atomic },
      { chart: "loki", version: "12.0.1", namespace: "logs", atomic: true },
    );
    const given = values(recording, "logs-loki");
    assert.equal(at(given, "loki", "image", "tag"), "3.7.8");
    assert.equal(at(given, "singleBinary", "replicas"), 3);
    const apart = ["affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution", 0, "topologyKey"];
    assert.equal(at(given, "singleBinary", ...apart), "kubernetes.io/hostname");
    const spread = ["singleBinary", "topologySpreadConstraints", 0] as const;
    assert.deepEqual(
      [at(given, ...spread, "topologyKey"), at(given, ...spread, "whenUnsatisfiable")],
      ["topology.kubernetes.io/zone", "DoNotSchedule"],
    );
    const configuration: unknown = parse(text(at(given, "loki", "config")));
    assert.equal(at(configuration, "common", "replication_factor"), 3);
    // The chart refuses a configuration whose schema it does not see by itself.
    assert.deepEqual(at(given, "loki", "structuredConfig", "schema_config"), at(configuration, "schema_config"));
    assert.equal(at(configuration, "schema_config", "configs", 0, "schema"), "v13");
    assert.equal(at(configuration, "limits_config", "retention_period"), "720h");
    assert.equal(at(configuration, "auth_enabled"), true);
    assert.equal(at(configuration, "ruler", "remote_write", "clients", "amp", "sigv4", "region"), "eu-central-1");
    assert.match(
      text(at(configuration, "ruler", "remote_write", "clients", "amp", "url")),
      /\/workspaces\/ws-1\/api\/v1\/remote_write$/,
    );
  });

  it("keeps its chunks in a bucket with its own key, and its pods may use both and write to AMP, and nothing else", async () => {
    const recording = await made();
    const { Statement } = recording.document(rolePolicy, "logs", "policy") as {
      Statement: { Sid: string; Action: unknown }[];
    };
    assert.deepEqual(
      Statement.map(({ Sid, Action }) => [Sid, Action]),
      [
        ["List", "s3:ListBucket"],
        ["Chunks", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]],
        ["Key", ["kms:Decrypt", "kms:GenerateDataKey"]],
        ["Write", "aps:RemoteWrite"],
      ],
    );
    assert.equal(recording.one("aws:kms/key:Key", "logs").inputs.enableKeyRotation, true);
    assert.equal(recording.ofType("aws:kms/key:Key").length, 1);
    const association = recording.one("aws:eks/podIdentityAssociation:PodIdentityAssociation", "logs").inputs;
    assert.equal(association.serviceAccount, "logs-loki");
    assert.equal(at(values(recording, "logs-loki"), "serviceAccount", "name"), "logs-loki");
  });

  it("is entered by TLS and a password only: boards read, shippers write", async () => {
    const recording = await made();
    const { internal } = recording.one("aws:lb/loadBalancer:LoadBalancer", "logs").inputs;
    assert.equal(internal, true);
    // Without its tag, EKS would not put pods into the group.
    const group = recording.one("aws:lb/targetGroup:TargetGroup", "logs-loki").inputs;
    assert.deepEqual(group.tags, { "eks:eks-cluster-name": "main" });
    assert.equal(recording.one("aws:lb/listener:Listener", "logs").inputs.protocol, "HTTPS");
    const binding = recording.one("kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", "logs-gateway-targets");
    assert.deepEqual(binding.madeFrom.spec, ["logs-loki"]);
    const nginx = text(at(recording.one("kubernetes:core/v1:ConfigMap", "logs-gateway").inputs, "data", "nginx.conf"));
    assert.match(nginx, /location = \/loki\/api\/v1\/push \{[^}]*\{[^}]*\}[^}]*writers;/);
    assert.equal(nginx.match(/proxy_set_header X-Scope-OrgID platform;/g)?.length, 2);
    assert.doesNotMatch(nginx, /delete|config_inspect|flush/);
    const secret = recording.one("aws:secretsmanager/secret:Secret", "logs-reader");
    assert.deepEqual(secret.madeFrom.kmsKeyId, ["logs"]);
    assert.deepEqual(recording.one("kubernetes:core/v1:Secret", "logs-gateway-users").madeFrom.stringData, [
      "logs-reader",
      "logs-writer",
    ]);
  });

  it("holds pods that need no more to the strictest standard", async () => {
    const recording = await made();
    const pod = at(recording.one(deployment, "logs-gateway").inputs, "spec", "template", "spec");
    assert.equal(at(pod, "securityContext", "runAsNonRoot"), true);
    assert.equal(at(pod, "automountServiceAccountToken"), false);
    const loki = values(recording, "logs-loki");
    assert.equal(at(loki, "loki", "podSecurityContext", "runAsNonRoot"), true);
    for (const context of [
      at(pod, "containers", 0, "securityContext"),
      at(loki, "loki", "containerSecurityContext"),
      at(values(recording, "logs-shipper"), "alloy", "securityContext"),
    ]) {
      assert.equal(at(context, "readOnlyRootFilesystem"), true);
      assert.equal(at(context, "allowPrivilegeEscalation"), false);
      assert.deepEqual(at(context, "capabilities"), { drop: ["ALL"] });
    }
  });

  it("lets only the load balancer, the collector and each other through", async () => {
    const recording = await made();
    const ways = (name: string, way: string) => {
      const found = at(recording.one(policy, name).inputs, "spec", way);
      return (Array.isArray(found) ? found : []).map((one) => JSON.stringify(one));
    };
    assert.equal(recording.ofType(policy).length, 3);
    const [fromAlb, ...others] = ways("logs-gateway", "ingress");
    assert.match(fromAlb ?? "", /"cidr":"10\.0\.0\.0\/16".*3100/);
    assert.deepEqual(others, []);
    assert.equal(ways("logs-gateway", "egress").length, 1);
    assert.match(ways("logs-loki", "ingress").join(), /logs-gateway.*monitoring/);
    assert.equal(recording.one(policy, "logs-shipper").inputs.metadata && ways("logs-shipper", "ingress").length, 1);
  });

  it("reads the pods of each node, and keeps trace and request beside the line, not as labels", async () => {
    const recording = await made();
    const given = values(recording, "logs-shipper");
    assert.equal(at(given, "controller", "type"), "daemonset");
    const alloy = text(at(given, "alloy", "configMap", "content"));
    assert.match(alloy, /url {8}= "https:\/\/logs\.internal\.example\.com\/loki\/api\/v1\/push"/);
    assert.match(alloy, /stage\.structured_metadata \{\s+values = \{\s+level[^}]+trace_id[^}]+request_id[^}]+pod/);
    assert.doesNotMatch(alloy, /stage\.labels/);
    // The chart reads its values as a template.
    assert.doesNotMatch(alloy, /\{\{/);
    assert.deepEqual(
      at(recording.one("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "logs-shipper").inputs, "rules"),
      [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
    );
    assert.equal(at(given, "rbac", "create"), false);
  });

  it("has the rules on logs below the tenant, and starts the pods anew when they change", async () => {
    const recording = await made();
    const map = recording.one("kubernetes:core/v1:ConfigMap", "logs-rules");
    assert.match(text(at(map.inputs, "data", "rules.yaml")), /service="logs-gateway"/);
    const given = values(recording, "logs-loki");
    assert.equal(at(given, "singleBinary", "extraVolumes", 0, "configMap", "items", 0, "path"), "platform/rules.yaml");
    assert.match(text(at(given, "singleBinary", "podAnnotations", "vigia/rules")), /^[0-9a-f]{64}$/);
  });

  it("is protected where its data cannot be made again, unless somebody says otherwise", async () => {
    const kept = await made();
    assert.equal(kept.one("aws:secretsmanager/secret:Secret", "logs-reader").inputs.recoveryWindowInDays, 30);
    const loose = await made({ protect: false });
    assert.equal(loose.one("aws:secretsmanager/secret:Secret", "logs-reader").inputs.recoveryWindowInDays, 0);
    assert.equal(loose.one("aws:lb/loadBalancer:LoadBalancer", "logs").inputs.enableDeletionProtection, false);
  });

  it("is watched by rules that name it, in a preview already, whatever is not known yet", async () => {
    const workspace = { arn: output(unknown).apply(String), endpoint: output(unknown).apply(String) };
    for (const recording of [await made(), await made({ workspace }, "preview")]) {
      const data = text(recording.one(rules, "logs").inputs.data);
      for (const [id, signal] of Object.entries(logsSignals))
        assert.equal(data.includes(`signal: ${id}`), "alarm" in signal, id);
      assert.match(data, /up\{job="loki",logs="logs"\}|up\{logs="logs", job="loki"\}/);
    }
  });

  it("gives each Loki an address before it is ready, by which they find each other and are read", async () => {
    const recording = await made();
    const { inputs } = recording.one("kubernetes:core/v1:Service", "logs-loki-members");
    assert.equal(at(inputs, "spec", "clusterIP"), "None");
    assert.equal(at(inputs, "spec", "publishNotReadyAddresses"), true);
    assert.deepEqual(at(inputs, "spec", "selector"), {
      "app.kubernetes.io/name": "loki",
      "app.kubernetes.io/instance": "logs-loki",
    });
    const configuration: unknown = parse(text(at(values(recording, "logs-loki"), "loki", "config")));
    assert.deepEqual(at(configuration, "memberlist", "join_members"), [
      "dns+logs-loki-members.logs.svc.cluster.local:7946",
    ]);
  });

  it("lets one Loki go at a time", async () => {
    const { inputs } = (await made()).one("kubernetes:policy/v1:PodDisruptionBudget", "logs-loki");
    assert.equal(at(inputs, "spec", "maxUnavailable"), 1);
    assert.equal(at(values(await made(), "logs-loki"), "singleBinary", "podDisruptionBudget", "enabled"), false);
  });

  it("tells a collector what to read", async () => {
    const kept: unknown[] = [];
    await record(() => {
      const logs = new Logs("logs", usual());
      kept.push(logs.scraped, logs.url);
      return logs;
    });
    assert.deepEqual(at(kept, 0, "loki", "service"), "logs-loki-members");
    assert.deepEqual(at(kept, 0, "shipper", "labels"), { logs: "logs" });
    assert.equal(kept[1], "https://logs.internal.example.com");
    const keep = new RegExp(`^(?:${text(at(kept, 0, "loki", "keep"))}|${text(at(kept, 0, "shipper", "keep"))})$`);
    const read = Object.values(logsSignals).flatMap(({ source }) => source.query.match(/\bloki_[a-z_]+(?=\{)/g) ?? []);
    assert.ok(read.length > 8);
    for (const metric of read) assert.match(metric, keep);
  });
});
