/** Every alert that a rule of the catalogue can raise: whom it reaches, and what keeps it back, as the real Alertmanager says with the very definition that AMP gets. */
import assert from "node:assert/strict";
import { parse } from "yaml";
import type { KnownAlert } from "../../../tools/live/alertmanager";
import { orSkipped } from "../../../tools/live/unavailable";
import { catalogue } from "../../signal/catalogue";
import { type AlertingLab, eventually, startLab } from "./alerting.lab";

type Labels = Readonly<Record<string, string>>;
interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert?: string; readonly labels: Labels }[] }[];
}

/** All alerts of all kinds, with the labels of their rules. */
const alerts = catalogue.kinds.flatMap(({ signals, ruleTest }) =>
  signals.flatMap(({ id, severity }) => {
    const test = severity === undefined ? undefined : ruleTest(id);
    const { groups } = test === undefined ? { groups: [] } : (parse(test.rules) as RuleFile);
    return groups
      .flatMap(({ rules }) => rules)
      .flatMap(({ alert, labels }) => (alert === undefined ? [] : [{ ...labels, alertname: alert } as Labels]));
  }),
);
/** Kinds whose components have the same names are looked at together: a service and what it promises. */
const together = ["service", "objective"];
const families = [
  ...[...new Set(alerts.map(({ kind = "" }) => kind))].filter((kind) => !together.includes(kind)).map((kind) => [kind]),
  together,
];

/** Whom an alert reaches, by severity and service: in the plan of these tests PagerDuty has a crew for pages of shop and one for tickets of crm. */
const receivers: Readonly<Record<string, Labels>> = {
  page: { none: "page", shop: "page-shop", crm: "page", mes: "page" },
  ticket: { none: "ticket", shop: "ticket", crm: "ticket-crm", mes: "ticket" },
};

/** Pages that another page of the same component keeps back, as a person would say it: what is not here is told by itself. */
const keptBack: Readonly<Record<string, readonly string[]>> = {
  "broker-queue-abandoned": ["broker-quorum-lost"],
  "broker-queue-waiting": ["broker-quorum-lost", "broker-queue-abandoned"],
  "service-errors": ["service-down", "objective-errors-1h", "objective-errors-6h"],
  "service-slow": ["service-down", "objective-latency-1h", "objective-latency-6h"],
  "service-orders-silent": [
    "service-down",
    "service-errors",
    "service-slow",
    "objective-errors-1h",
    "objective-errors-6h",
    "objective-latency-1h",
    "objective-latency-6h",
  ],
  "objective-errors-1h": ["service-down"],
  "objective-errors-6h": ["service-down", "objective-errors-1h"],
  "objective-latency-1h": ["service-down"],
  "objective-latency-6h": ["service-down", "objective-latency-1h"],
};
/** The same of tickets that another ticket keeps back. A page keeps every ticket of the same kind and component back. */
const ticketsKeptBack: Readonly<Record<string, readonly string[]>> = {
  "nodes-disk-filling": ["nodes-disk-space"],
  "namespace-replicas-missing": ["namespace-down"],
  "namespace-pods-waiting": ["namespace-not-starting"],
  "namespace-crash-looping": ["namespace-out-of-memory"],
  "database-exporter-errors": ["database-exporter-blind"],
  "database-lock-waits": ["database-long-transaction"],
  "database-dead-rows": ["database-long-transaction"],
  "kafka-isr-shrinking": ["kafka-broker-silent"],
  "objective-errors-3d": ["objective-errors-1d"],
  "objective-latency-3d": ["objective-latency-1d"],
};

describe("every alert of Prometheus on a real Alertmanager", function () {
  this.timeout(120_000);
  let lab: AlertingLab;

  /** What the manager knows, by component and name. */
  const known = async (): Promise<ReadonlyMap<string, KnownAlert>> =>
    new Map(
      (await lab.manager.alerts()).map((alert) => [`${alert.labels.component} ${alert.labels.alertname}`, alert]),
    );

  before(async function () {
    lab = await orSkipped(this, () => startLab());
    console.log(`Alertmanager ${lab.manager.version}, ${alerts.length} alerts`);
  });

  after(() => lab?.stop());

  it("reaches the receiver of its severity and service, and nobody else", async () => {
    assert.ok(alerts.length > 90);
    const cases = alerts.flatMap((labels) =>
      ["none", "shop", "crm", "mes"].map((service) => {
        const component = `${labels.alertname}-of-${service}`;
        const all: Labels = { ...labels, component, ...(service !== "none" && { service }) };
        return { service, component, labels: all };
      }),
    );
    await lab.manager.post(...cases);
    await eventually(async () => {
      const seen = await known();
      for (const { service, component, labels } of cases) {
        const found = seen.get(`${component} ${labels.alertname}`);
        const names = found?.receivers.map(({ name }) => name);
        assert.deepEqual(names, [receivers[labels.severity ?? ""]?.[service]], component);
        assert.deepEqual([found?.status.state, found?.status.inhibitedBy], ["active", []], component);
      }
    });
  });

  /** Both alerts of each pair, by themselves: whether the one keeps the other back. */
  async function inPairs(own: readonly Labels[], explained: (source: Labels, target: Labels) => boolean) {
    const pairs = own.flatMap((source) =>
      own
        .filter(({ signal }) => signal !== source.signal)
        .map((target) => ({
          source,
          target,
          component: `${source.severity}-${source.alertname}-and-${target.severity}-${target.alertname}`,
        })),
    );
    await lab.manager.post(
      ...pairs.flatMap(({ source, target, component }) => [
        { labels: { ...source, component } },
        { labels: { ...target, component } },
      ]),
    );
    await eventually(async () => {
      const seen = await known();
      for (const { source, target, component } of pairs) {
        const [from, to] = [source, target].map(({ alertname }) => seen.get(`${component} ${alertname}`));
        assert.ok(from && to && to.status.state !== "unprocessed", component);
        const by = explained(source, target) ? [from.fingerprint] : [];
        assert.deepEqual(to.status.inhibitedBy, by, `${target.signal} beside ${source.signal}`);
      }
    });
  }
  const isPage = ({ severity }: Labels) => severity === "page";
  const listed = (table: typeof keptBack, { signal: cause = "" }: Labels, { signal: effect = "" }: Labels) =>
    table[effect]?.includes(cause) ?? false;

  for (const family of families) {
    it(`is kept back by what explains it, and by nothing else: ${family.join(" and ")}`, () =>
      inPairs(
        alerts.filter(({ kind = "" }) => family.includes(kind)),
        (source, target) =>
          (isPage(source) && !isPage(target) && source.kind === target.kind) ||
          listed(isPage(target) ? keptBack : ticketsKeptBack, source, target),
      ));
  }

  it("is never kept back by a ticket where it pages, whatever an instance made of the severities", () =>
    inPairs(
      alerts
        .filter(({ kind = "" }) => together.includes(kind))
        .map((labels): Labels => (isPage(labels) ? { ...labels, severity: "ticket" } : labels))
        .concat(alerts.filter(({ signal }) => signal === "service-orders-silent")),
      (source, target) =>
        isPage(source)
          ? !isPage(target) && source.kind === target.kind
          : !isPage(target) && (listed(keptBack, source, target) || listed(ticketsKeptBack, source, target)),
    ));
});
