import assert from "node:assert/strict";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { output, unknown } from "@pulumi/pulumi";
import { parse } from "yaml";
import { watcher } from "../cluster/inside.fixtures";
import { type Recording, record } from "../kit/recorder";
import { Collector, watchCollector } from "./collector";
import type { CollectorArgs } from "./collector.args";
import { usual } from "./collector.fixtures";
import { collectorKind, statefulSetType } from "./collector.kind";
import { collectorSignals } from "./collector.signals";
import { renewLogin } from "./exporter";

const set = statefulSetType;
const deployment = "kubernetes:apps/v1:Deployment";
const map = "kubernetes:core/v1:ConfigMap";
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const service = "kubernetes:core/v1:Service";
const budget = "kubernetes:policy/v1:PodDisruptionBudget";
const provided = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const association = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (given: Partial<CollectorArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Collector("agents", usual(given)), mode);
/** What stands at a path of an input, whatever it is. */
const at = (from: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null ? Object.getOwnPropertyDescriptor(found, key)?.value : undefined,
    from,
  );
const pod = (recording: Recording, type = set, name = "agents") =>
  at(recording.one(type, name).inputs, "spec", "template", "spec");
const list = (found: unknown): readonly unknown[] => (Array.isArray(found) ? found : []);

describe("a collector", () => {
  it("is a pair in two zones, of which an update or a drain takes one at a time", async () => {
    const recording = await made();
    const { spec } = recording.one(set, "agents").inputs;
    assert.equal(at(spec, "replicas"), 2);
    assert.equal(at(spec, "minReadySeconds"), 60);
    const apart = at(
      pod(recording),
      "affinity",
      "podAntiAffinity",
      "requiredDuringSchedulingIgnoredDuringExecution",
      0,
    );
    assert.equal(at(apart, "topologyKey"), "topology.kubernetes.io/zone");
    assert.equal(at(recording.one(budget, "agents").inputs, "spec", "minAvailable"), 1);
    assert.equal(at(recording.one(service, "agents").inputs, "spec", "publishNotReadyAddresses"), true);
  });

  it("is held to the strictest standard, and has no secret in its environment", async () => {
    const recording = await made();
    const pods = [pod(recording), pod(recording, deployment, "agents-shop")];
    for (const spec of pods) {
      assert.equal(at(spec, "securityContext", "runAsNonRoot"), true);
      assert.equal(at(spec, "securityContext", "seccompProfile", "type"), "RuntimeDefault");
      assert.equal(at(spec, "automountServiceAccountToken"), false);
      const containers = [...list(at(spec, "containers")), ...list(at(spec, "initContainers"))];
      for (const container of containers) {
        assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
        assert.equal(at(container, "securityContext", "allowPrivilegeEscalation"), false);
        assert.deepEqual(at(container, "securityContext", "capabilities"), { drop: ["ALL"] });
        assert.ok(at(container, "resources", "limits", "memory"));
        for (const { name } of list(at(container, "env")).map((one) => ({ name: String(at(one, "name")) })))
          assert.doesNotMatch(name, /PASS(WORD)?$|SECRET|TOKEN/);
      }
    }
  });

  it("may write to its workspace and read its brokers' secrets, and nothing else", async () => {
    const recording = await made();
    assert.deepEqual(recording.document(rolePolicy, "agents", "policy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Sid: "Write",
          Action: "aps:RemoteWrite",
          Resource: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
        },
        {
          Effect: "Allow",
          Sid: "Secrets",
          Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
          Resource: ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:monitoring"],
        },
        {
          Effect: "Allow",
          Sid: "Keys",
          Action: "kms:Decrypt",
          Resource: ["arn:aws:kms:eu-central-1:123456789012:key/broker"],
          Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
        },
      ],
    });
    assert.equal(recording.one(association, "agents").inputs.serviceAccount, "agents");
    assert.ok(recording.one(set, "agents").dependsOn.includes("agents"));
  });

  it("gets the password of a broker as a file, where the configuration looks for it", async () => {
    const recording = await made();
    const { spec } = recording.one(provided, "agents").inputs;
    assert.equal(at(spec, "parameters", "usePodIdentity"), "true");
    assert.deepEqual(JSON.parse(String(at(spec, "parameters", "objects"))), [
      {
        objectName: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:monitoring",
        objectType: "secretsmanager",
        objectAlias: "broker.json",
        jmesPath: [{ path: "password", objectAlias: "broker" }],
      },
    ]);
    const mounted = list(at(pod(recording), "containers", 0, "volumeMounts")).find(
      (one) => at(one, "name") === "secrets",
    );
    const text = parse(String(at(recording.one(map, "agents").inputs, "data", "prometheus.yaml")));
    assert.equal(text.scrape_configs[1].basic_auth.password_file, `${String(at(mounted, "mountPath"))}/broker`);
  });

  it("starts its pods anew when what they are configured with changes", async () => {
    const checksum = async (given: Partial<CollectorArgs>) =>
      at(
        (await made(given)).one(set, "agents").inputs,
        "spec",
        "template",
        "metadata",
        "annotations",
        "vigia/configuration",
      );
    const before = await checksum({});
    assert.match(String(before), /^[0-9a-f]{64}$/);
    assert.equal(await checksum({}), before);
    assert.notEqual(await checksum({ probes: { gateway: { url: "https://api.example.com/other" } } }), before);
    assert.notEqual(
      await checksum({ probes: { gateway: { url: "https://api.example.com/health", status: [204] } } }),
      before,
    );
  });

  it("has an exporter for each database that logs in by IAM and trusts only what RDS signed", async () => {
    const recording = await made();
    const spec = pod(recording, deployment, "agents-shop");
    const env = Object.fromEntries(
      list(at(spec, "containers", 0, "env")).map((one) => [String(at(one, "name")), at(one, "value")]),
    );
    assert.deepEqual(env, {
      DATA_SOURCE_NAME:
        "postgresql://monitor@shop.rds.amazonaws.com:5432/shop?sslmode=verify-full&sslrootcert=/run/login/authorities.pem&connect_timeout=10&application_name=postgres_exporter",
      PGPASSFILE: "/run/login/pgpass",
    });
    assert.deepEqual(
      list(at(spec, "initContainers")).map((one) => [at(one, "name"), at(one, "restartPolicy")]),
      [
        ["authorities", undefined],
        ["login", "Always"],
      ],
    );
    assert.deepEqual(at(recording.document(rolePolicy, "agents-shop", "policy"), "Statement"), [
      {
        Effect: "Allow",
        Sid: "Login",
        Action: "rds-db:connect",
        Resource: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-1/monitor",
      },
    ]);
    assert.match(renewLogin, /sed 's\/\[\\\\:\]\/\\\\&\/g'/);
  });

  it("reaches what it reads and nothing else, and is reached by its own agents alone", async () => {
    const recording = await made();
    const egress = list(at(recording.one(policy, "agents").inputs, "spec", "egress"));
    const ports = egress.map((one) => list(at(one, "ports")).map((port) => at(port, "port")));
    assert.deepEqual(ports, [[9_090], [443], [16_001, 16_002, 16_003], [9_187], [3_100]]);
    const itself = {
      podSelector: { matchLabels: { "app.kubernetes.io/component": "collector", "app.kubernetes.io/name": "agents" } },
    };
    for (const name of ["agents", "agents-shop"]) {
      const { spec } = recording.one(policy, name).inputs;
      assert.deepEqual(at(spec, "ingress", 0, "from"), [itself]);
      assert.deepEqual(at(spec, "policyTypes"), ["Ingress", "Egress"]);
    }
  });

  it("does without secrets, prober and exporters where there is nothing for them", async () => {
    const recording = await made({ brokers: {}, databases: {}, probes: {}, pods: {} });
    assert.equal(recording.ofType(provided).length, 0);
    assert.equal(recording.ofType(deployment).length, 0);
    assert.equal(list(at(pod(recording), "containers")).length, 1);
    assert.equal(list(at(pod(recording), "volumes")).length, 2);
    assert.equal(list(at(recording.document(rolePolicy, "agents", "policy"), "Statement")).length, 1);
  });

  it("is shown in a preview though neither broker nor database are there", async () => {
    const later = output(unknown).apply((): readonly string[] => []);
    const recording = await made(
      { brokers: { broker: { targets: later, secretArn: "arn:secret", keyArn: "arn:key" } } },
      "preview",
    );
    assert.equal(recording.ofType(set).length, 1);
    assert.equal(recording.ofType(deployment).length, 1);
  });

  it("has rules that find what its configuration labels", async () => {
    const recording = await made();
    const text = String(recording.one(rules, "agents").inputs.data);
    for (const [id, { alarm }] of Object.entries(collectorSignals).map(
      ([id, signal]) => [id, { alarm: "alarm" in signal }] as const,
    ))
      assert.equal(text.includes(`signal: ${id}\n`), alarm, id);
    assert.match(text, /collector="agents"/);
    const without = await made({ probes: {} });
    assert.doesNotMatch(String(without.one(rules, "agents").inputs.data), /collector-probe/);
  });

  it("can be watched where it exists already", async () => {
    const recording = await record(() => {
      const existing = new StatefulSet("existing", { spec: { serviceName: "a", selector: {}, template: {} } });
      watchCollector("existing", existing, { watcher, probes: 1 });
    });
    assert.match(String(recording.one(rules, "existing").inputs.data), /collector-probe-failing/);
  });

  it("is told from other sets of pods by a label", async () => {
    const recording = await made();
    const [seen] = recording.graph.resources.filter(({ type }) => type === set);
    assert.ok(seen);
    assert.equal(collectorKind.view(seen, recording.graph).role, "agents");
    const { spec, metadata } = seen.known;
    assert.equal(collectorKind.view({ ...seen, known: {} }, recording.graph).role, "agents");
    const urn = "urn:pulumi:test::shop::kubernetes:apps/v1:StatefulSet::agents";
    for (const known of [{ spec }, { metadata }])
      assert.equal(collectorKind.view({ ...seen, urn, known }, recording.graph).role, "agents");
    const other = collectorKind.view({ ...seen, urn, known: { spec: {} } }, recording.graph);
    assert.deepEqual([other.role, other.signals], ["workload", []]);
  });
});
