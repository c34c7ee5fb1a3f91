import assert from "node:assert/strict";
import { parse } from "yaml";
import { Problems } from "../../kit/problems";
import { catalogue } from "../../signal/catalogue";
import { addresses, fullPlan } from "./alerting.testing";
import { causes, inhibitRules } from "./causes";
import { type AlertingPlan, alertmanagerConfig, checkDefinition, definition } from "./definition";
import { nodesIn, type Route } from "./routes";

const rootless = ({ routes = [] }: Route): Route[] => routes.flatMap((route) => [route, ...rootless(route)]);
const secondsOf = (text = "") => {
  const [, count, unit = "s"] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return Number(count) * ({ s: 1, m: 60, h: 3_600, d: 86_400 }[unit] ?? Number.NaN);
};

describe("the definition of the alert manager", () => {
  const config = alertmanagerConfig(fullPlan, addresses);

  it("is a text within a text, as AMP takes it, the same for the same input", () => {
    const text = definition(fullPlan, addresses);
    const document = parse(text);
    assert.deepEqual(Object.keys(document), ["alertmanager_config", "template_files"]);
    assert.deepEqual(parse(document.alertmanager_config), JSON.parse(JSON.stringify(config)));
    assert.deepEqual(config.templates, Object.keys(document.template_files));
    assert.equal(definition(fullPlan, addresses), text);
  });

  it("has nothing that AMP refuses", () => {
    const text = definition(fullPlan, addresses);
    assert.doesNotMatch(text, /api_url|http_config|_file:|toJson/);
    for (const { sns_configs, pagerduty_configs = [] } of config.receivers) {
      for (const { sigv4 } of sns_configs) assert.equal(sigv4.region, "eu-central-1");
      for (const { routing_key } of pagerduty_configs) assert.ok(routing_key.aws_secrets_manager.secret_arn);
    }
    for (const { repeat_interval, group_interval } of [config.route, ...rootless(config.route)]) {
      if (repeat_interval === undefined) continue;
      assert.ok(secondsOf(repeat_interval) <= 5 * 86_400);
      assert.ok(secondsOf(repeat_interval) >= secondsOf(group_interval));
    }
  });

  it("lets each receiver be reached, and each route reach one", () => {
    const used = new Set([config.route, ...rootless(config.route)].map(({ receiver }) => receiver));
    assert.deepEqual([...used].sort(), config.receivers.map(({ name }) => name).sort());
  });

  it("tells PagerDuty of everything, and of a service those who are for it", () => {
    const keys = Object.fromEntries(
      config.receivers.map(({ name, pagerduty_configs = [] }) => [
        name,
        pagerduty_configs.map(({ routing_key }) => routing_key.aws_secrets_manager.secret_arn.split(":").at(-1)),
      ]),
    );
    assert.deepEqual(keys, {
      page: ["page-all-AbCdEf"],
      "page-shop": ["page-all-AbCdEf", "page-shop-AbCdEf"],
      ticket: [],
      "ticket-crm": ["ticket-crm-AbCdEf"],
      watchdog: [],
    });
  });

  it("mutes what the calendar says, on every node, and never the Watchdog", () => {
    const muted = rootless(config.route).map(({ matchers, mute_time_intervals = [] }) => [
      matchers?.join(),
      mute_time_intervals.join(),
    ]);
    assert.deepEqual(muted, [
      ['alertname="Watchdog"', ""],
      ['severity="page"', "move"],
      ['service="crm"', "patches,move"],
      ['service="shop"', "move"],
      ['service!=""', "move"],
      ['severity="ticket"', "move"],
      ['service="crm"', "patches,move"],
      ['service!=""', "move"],
    ]);
    assert.equal(config.route.mute_time_intervals, undefined);
  });

  it("is refused before AMP would: too many nodes, and too many inhibitions", () => {
    const told = (plan: Partial<AlertingPlan>) => {
      const problems = new Problems("alerting");
      checkDefinition(problems, { ...fullPlan, ...plan });
      problems.throwIfAny();
    };
    assert.doesNotThrow(() => told({}));
    const services = Array.from({ length: 60 }, (_, index) => `service-${index}`);
    const everybody = [{ name: "all", services }];
    assert.throws(
      () => told({ pagerDuty: { page: everybody, ticket: everybody } }),
      /at most 100 routing nodes: .*, got 12\d/,
    );
    const [cause] = causes;
    assert.ok(cause);
    assert.throws(
      () => told({ causes: Array.from({ length: 50 }, () => cause) }),
      /at most 100 rules of inhibition, got 101/,
    );
    assert.ok(nodesIn(config.route) < 20);
  });
});

describe("causes", () => {
  const ruled = new Map(
    catalogue.kinds.flatMap(({ signals, ruleTest }) =>
      signals
        .filter(({ backend, severity }) => backend === "amp" && severity !== undefined)
        .map((info) => [info.id, { info, test: ruleTest(info.id) }] as const),
    ),
  );

  for (const { signal, explains, alike } of causes) {
    it(`${signal} explains rules of the same backend, by labels that both have`, () => {
      for (const id of [signal, ...explains]) {
        const found = ruled.get(id);
        assert.ok(found, `${id} is no rule of Prometheus in the catalogue`);
        const labels = alike.filter((label) => !["component", "kind", "service"].includes(label));
        // What the query groups by, or does not group at all, from series that have the label.
        const text = JSON.stringify(found.test);
        for (const label of labels) assert.match(text, new RegExp(`\\b${label}\\b`), `${id} has no label ${label}`);
      }
      assert.ok(!explains.includes(signal));
      assert.ok(alike.includes("component"), "alerts of two components are two incidents");
    });
  }

  it("are of one kind, or of one service", () => {
    for (const { signal, explains, alike } of causes)
      for (const id of explains)
        assert.ok(
          ruled.get(id)?.info.kind === ruled.get(signal)?.info.kind || alike.includes("service"),
          `${signal} explains ${id}`,
        );
  });

  it("never let a ticket, which is read by day, keep a page back, even where an instance made it one", () => {
    for (const { source_matchers, target_matchers } of inhibitRules())
      assert.ok(source_matchers.includes('severity="page"') || target_matchers.includes('severity="ticket"'));
    const severityOf = (id: string) => ruled.get(id)?.info.severity;
    for (const { signal, explains } of causes)
      for (const id of explains)
        assert.ok(severityOf(signal) === "page" || severityOf(id) === "ticket", `${signal} is a ticket, ${id} a page`);
  });

  it("need no row for what the page of the same component keeps back in any case", () => {
    const severityOf = (id: string) => ruled.get(id)?.info.severity;
    for (const { signal, explains } of causes)
      for (const id of explains) assert.equal(severityOf(signal), severityOf(id), `${signal} explains ${id}`);
  });

  it("explain nothing in a circle", () => {
    const below = (signal: string): string[] =>
      causes
        .filter((row) => row.signal === signal)
        .flatMap(({ explains }) => explains.flatMap((id) => [id, ...below(id)]));
    for (const { signal } of causes) assert.ok(!below(signal).includes(signal));
  });

  it("come after the rule that a page silences the tickets of its component", () => {
    const [first, ...others] = inhibitRules();
    assert.deepEqual(first, {
      source_matchers: ['severity="page"'],
      target_matchers: ['severity="ticket"'],
      equal: ["kind", "component"],
    });
    assert.equal(others.length, 2 * causes.length);
  });
});
