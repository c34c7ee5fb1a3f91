import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { place, record } from "../kit/recorder";
import { Service } from "./service";
import type { ServiceArgs } from "./service.args";
import { serviceKind } from "./service.kind";
import type { ServiceUses } from "./service.uses";
import { usual } from "./testing";

const deployment = "kubernetes:apps/v1:Deployment";
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const arn = (service: string, name: string) => `arn:aws:${service}:${place.region}:${place.account}:${name}`;
const uses: ServiceUses = {
  sendsTo: { orders: { arn: arn("sqs", "orders"), url: "https://sqs/orders", key: arn("kms", "key/orders") } },
  receivesFrom: { payments: { arn: arn("sqs", "payments"), url: "https://sqs/payments" } },
  publishesTo: { "order-events": { arn: arn("sns", "order-events"), key: arn("kms", "key/events") } },
  buckets: { documents: { arn: "arn:aws:s3:::documents", bucketName: "documents", writes: true } },
  database: {
    loginArn: arn("rds-db", "dbuser:db-1/shop"),
    address: "db.internal",
    port: 5432,
    databaseName: "shop",
    user: "shop",
  },
  broker: {
    endpoint: "amqps://broker:5671",
    virtualHost: "shop",
    secret: { arn: arn("secretsmanager", "secret:app-1"), key: arn("kms", "key/broker") },
  },
  kafka: {
    clusterArn: arn("kafka", "cluster/main/1"),
    brokers: "b-1:9098,b-2:9098",
    writes: ["order-history"],
  },
};

const service = (changed: Partial<ServiceArgs> = {}, mode: "update" | "preview" = "update") =>
  record(() => void new Service("shop", usual(changed)), mode);

const specOf = async (changed: Partial<ServiceArgs> = {}) => {
  const { inputs } = (await service(changed)).one(deployment, "shop");
  assert(inputs.spec !== null && typeof inputs.spec === "object");
  // What was sent to the engine, as plain data.
  return JSON.parse(JSON.stringify(inputs.spec));
};

describe("Service", () => {
  it("runs pods that may do nothing to the node", async () => {
    const { template } = await specOf();
    const { spec } = template;
    const [container] = spec.containers;
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.deepEqual(spec.securityContext.seccompProfile, { type: "RuntimeDefault" });
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    assert.deepEqual(container.resources, {
      requests: { cpu: "0.5", memory: "256Mi" },
      limits: { memory: "512Mi" },
    });
  });

  it("limits processor time only where it is told to", async () => {
    const { template } = await specOf({ cpu: { request: 0.5, limit: 2 } });
    assert.equal(template.spec.containers[0].resources.limits.cpu, "2");
  });

  it("loses no request when a pod ends", async () => {
    const spec = await specOf({ drain: "45 seconds" });
    const pod = spec.template.spec;
    const farewell = pod.containers[0].lifecycle.preStop.sleep.seconds;
    assert(pod.terminationGracePeriodSeconds >= farewell + 45, "the load balancer is done before the pod is killed");
    assert.deepEqual(spec.strategy.rollingUpdate, { maxUnavailable: 0, maxSurge: "25%" });
    assert(spec.minReadySeconds >= 20, "the load balancer takes two checks of ten seconds");
  });

  it("spreads pods over zones, and counts no zone that is gone", async () => {
    const { template } = await specOf();
    const [zone, host] = template.spec.topologySpreadConstraints;
    assert.equal(zone.topologyKey, "topology.kubernetes.io/zone");
    assert.equal(zone.whenUnsatisfiable, "DoNotSchedule");
    assert.equal(zone.nodeTaintsPolicy, "Honor");
    assert.equal(host.topologyKey, "kubernetes.io/hostname");
  });

  it("leaves the number of pods to the autoscaler", async () => {
    const recording = await service();
    assert.equal((await specOf()).replicas, undefined);
    const { inputs } = recording.one("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "shop");
    assert.deepEqual(
      (({ minReplicas, maxReplicas, scaleTargetRef }) => ({ minReplicas, maxReplicas, scaleTargetRef }))(
        JSON.parse(JSON.stringify(inputs.spec)),
      ),
      { minReplicas: 3, maxReplicas: 12, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" } },
    );
    const budget = recording.one("kubernetes:policy/v1:PodDisruptionBudget", "shop");
    assert.deepEqual(budget.inputs.spec, {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
    });
  });

  it("is found by the collector under the labels that its rules name", async () => {
    const { template } = await specOf();
    assert.equal(template.metadata.labels["app.kubernetes.io/name"], "shop");
    assert.equal(template.spec.containers[0].name, "shop");
    assert.deepEqual(template.metadata.annotations, {
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "8080",
      "prometheus.io/path": "/metrics",
    });
  });

  it("writes a digest as a label that Kubernetes takes", async () => {
    const { template } = await specOf({ version: `sha256:${"0a".repeat(32)}` });
    assert.match(template.metadata.labels["app.kubernetes.io/version"], /^[0-9a-f]{63}$/);
  });

  it("may do what it uses, and nothing else", async () => {
    const recording = await service({ uses });
    const document = recording.document("aws:iam/rolePolicy:RolePolicy", "shop", "policy");
    const { Statement } = document as { Statement: { Sid: string; Action: string[]; Resource: string[] }[] };
    assert.deepEqual(Object.fromEntries(Statement.map(({ Sid, Resource }) => [Sid, Resource])), {
      Send: [arn("sqs", "orders")],
      Receive: [arn("sqs", "payments")],
      QueueKeys: [arn("kms", "key/orders")],
      Publish: [arn("sns", "order-events")],
      TopicKeys: [arn("kms", "key/events")],
      List: ["arn:aws:s3:::documents"],
      Read: ["arn:aws:s3:::documents/*"],
      Write: ["arn:aws:s3:::documents/*"],
      LogIn: [arn("rds-db", "dbuser:db-1/shop")],
      DescribeKafka: [arn("kafka", "cluster/main/1")],
      Secrets: [arn("secretsmanager", "secret:app-1")],
      SecretKeys: [arn("kms", "key/broker")],
    });
    const kafka = recording.document("aws:iam/rolePolicy:RolePolicy", "shop-kafka", "policy");
    assert.match(JSON.stringify(kafka), /kafka-cluster:WriteData/);
  });

  it("waits for its rights, its secrets and its network before it begins", async () => {
    const { dependsOn } = (await service({ uses })).one(deployment, "shop");
    for (const needed of ["shop", "shop-kafka", "cluster-shop-deny"]) assert(dependsOn.includes(needed), needed);
  });

  it("reads secrets from files, never from its environment", async () => {
    const recording = await service({ uses });
    const files = recording.one("kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass", "shop");
    const { parameters } = JSON.parse(JSON.stringify(files.inputs.spec));
    assert.equal(parameters.usePodIdentity, "true");
    assert.deepEqual(JSON.parse(parameters.objects), [
      { objectName: arn("secretsmanager", "secret:app-1"), objectType: "secretsmanager", objectAlias: "broker" },
    ]);
    const { template } = await specOf({ uses });
    const [container] = template.spec.containers;
    const env = Object.fromEntries(container.env.map(({ name, value }: Record<string, string>) => [name, value]));
    assert.equal(env.QUEUE_ORDERS_URL, "https://sqs/orders");
    assert.equal(env.QUEUE_PAYMENTS_URL, "https://sqs/payments");
    assert.equal(env.TOPIC_ORDER_EVENTS_ARN, arn("sns", "order-events"));
    assert.equal(env.DATABASE_PORT, "5432");
    assert.equal(env.BROKER_SECRET_FILE, "/var/run/secrets/vigia/broker");
    assert(container.env.every((variable: object) => !("valueFrom" in variable)));
    assert(
      container.volumeMounts.some(({ mountPath }: Record<string, string>) => mountPath === "/var/run/secrets/vigia"),
    );
  });

  it("has no role, no secret and no way out when it uses nothing", async () => {
    const recording = await service();
    assert.deepEqual(recording.ofType("aws:iam/role:Role"), []);
    assert.deepEqual(recording.ofType("kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass"), []);
    const { spec } = recording.one(policy, "shop").inputs;
    assert.deepEqual(spec, {
      podSelector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [],
    });
  });

  it("lets its network through what it uses, and never to the node's metadata", async () => {
    const { spec } = (await service({ uses, targetGroupArn: "arn:group" })).one(policy, "shop").inputs;
    const { ingress, egress } = JSON.parse(JSON.stringify(spec));
    assert.deepEqual(ingress, [
      { from: [{ ipBlock: { cidr: "10.0.0.0/20" } }], ports: [{ protocol: "TCP", port: 8080 }] },
    ]);
    assert.deepEqual(egress[0].to, [{ ipBlock: { cidr: "10.0.64.0/20" } }]);
    assert.deepEqual(
      egress[0].ports.map(({ port }: { port: number }) => port),
      [5432, 5671, 9098],
    );
    assert.deepEqual(egress[1], {
      to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }],
      ports: [{ protocol: "TCP", port: 443 }],
    });
  });

  it("joins the group of its load balancer, which then says itself that no pod is healthy", async () => {
    const recording = await service({ targetGroupArn: output("arn:group") });
    const binding = recording.one("kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", "shop-targets");
    assert.deepEqual(binding.inputs.spec, {
      serviceRef: { name: "shop", port: 80 },
      targetGroupARN: "arn:group",
      targetType: "ip",
    });
    const rules = (await service({ targetGroupArn: "arn:group" })).one(
      "aws:amp/ruleGroupNamespace:RuleGroupNamespace",
      "shop",
    );
    assert.doesNotMatch(String(rules.inputs.data), /ServiceDown/);
    const alone = (await service()).one("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "shop");
    assert.match(String(alone.inputs.data), /ServiceDown/);
  });

  for (const mode of ["update", "preview"] as const)
    it(`has rules that depend on the deployment and name it, in ${mode === "update" ? "an update" : "a preview"}`, async () => {
      const recording = await service({}, mode);
      const rules = recording.one("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "shop");
      const [made, watched] = ["aws:amp/ruleGroupNamespace:RuleGroupNamespace", deployment].map((type) =>
        recording.graph.resources.find((resource) => resource.type === type && resource.name === "shop"),
      );
      assert(watched && made?.dependsOn.includes(watched.urn));
      assert.match(String(rules.inputs.data), /cluster=\\?"main\\?", namespace=\\?"shop\\?", service=\\?"shop\\?"/);
      assert.match(String(rules.inputs.data), /severity: page/);
    });

  it("asks of sales only where the business expects them", async () => {
    const rules = async (changed: Partial<ServiceArgs>) =>
      String((await service(changed)).one("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "shop").inputs.data);
    assert.doesNotMatch(await rules({}), /shop_orders_sold_total/);
    const orders = { perHour: 300, hours: "6-22", days: "Monday to Saturday" } as const;
    const asked = await rules({ business: { orders } });
    assert.match(asked, /increase\(shop_orders_sold_total\{[^}]*\}\[20m\]\)\) \/ 100/);
    assert.match(asked, />= 6 and .*< 22 and .*<= 5/);
  });

  it("has no rules where nothing is scraped", async () => {
    const { prometheus: _, ...silent } = usual().watcher;
    const recording = await record(() => {
      const args = usual();
      new Service("shop", { ...args, watcher: silent });
    });
    assert.equal(
      recording.ofType("aws:amp/ruleGroupNamespace:RuleGroupNamespace").some(({ name }) => name === "shop"),
      false,
    );
  });

  it("is watched by the catalogue as what it is", async () => {
    const { graph } = await service();
    const [resource] = graph.resources.filter(({ type }) => type === deployment);
    assert(resource);
    assert.equal(serviceKind.view(resource, graph).role, "api");
  });
});
