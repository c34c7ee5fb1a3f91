/**
 * Six hours of a platform on which something goes wrong, as series that a Prometheus would have: forty minutes before the end a new version of the shop comes, five
 * minutes later four of a hundred of its requests fail, and it pages. Another service and the business go on.
 */
import { buckets, businessMetrics, metrics } from "../infra/service/metrics";
import type { Timeline } from "./samples.testing";

const step = 60;
const hours = 6;
const points = (hours * 3_600) / step + 1;

/** When, in minutes before the end. */
export const story = { deployed: 40, failing: 35, paged: 30 } as const;
/** Requests a second of the shop that fail since then. */
const failing = 1.6;

const at = (minutesBefore: number): number => points - 1 - minutesBefore;
const labelled = (metric: string, labels: Readonly<Record<string, string>>): string =>
  `${metric}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;

/** A day's swing, the same at each run. */
const swing = (point: number, of: number): number => 1 + of * Math.sin((2 * Math.PI * (point + 40)) / points);

const gauge = (of: (point: number) => number | undefined): (number | undefined)[] =>
  Array.from({ length: points }, (_, point) => of(point));

/** What a counter shows that grows at a rate a second. */
function counter(rate: (point: number) => number): number[] {
  let total = 1_000;
  return Array.from({ length: points }, (_, point) => {
    total += rate(point) * step;
    return total;
  });
}

const here = (service: string, pod: string) => ({ cluster: "main", namespace: "platform", service, pod });

interface Series {
  readonly series: string;
  readonly values: readonly (number | undefined)[];
}

/** What a service tells of its requests. @param perSecond of each pod */
function requests(service: string, pods: readonly string[], perSecond: number, fails: boolean): Series[] {
  const rate = (point: number) => perSecond * swing(point, 0.35);
  const bad = (point: number) => (fails && point >= at(story.failing) ? failing / pods.length : 0);
  const slow = (point: number) => (fails && point >= at(story.failing) ? 0.2 : 0);
  return pods.flatMap((pod) => {
    const labels = here(service, pod);
    const count = (route: string, code: string, of: (point: number) => number) => ({
      series: labelled(`${metrics.duration.name}_count`, { ...labels, route, method: "GET", code }),
      values: counter(of),
    });
    /** Share of requests that take no longer: nine of ten 0.1 seconds, less where it is slow. */
    const share = (edge: number, point: number) =>
      Math.min(1, (edge / 0.25) ** 0.35) * (edge >= 2.5 ? 1 : 1 - slow(point));
    return [
      count("/orders", "200", (point) => 0.7 * rate(point) - bad(point)),
      count("/orders", "500", bad),
      count("/articles/:id", "200", (point) => 0.28 * rate(point)),
      count("/articles/:id", "404", (point) => 0.02 * rate(point)),
      ...[...buckets.map((edge) => [edge, String(edge)] as const), [1_000, "+Inf"] as const].map(([edge, le]) => ({
        series: labelled(`${metrics.duration.name}_bucket`, { ...labels, route: "/orders", method: "GET", le }),
        values: counter((point) => rate(point) * share(edge, point)),
      })),
      {
        series: labelled(metrics.inFlight.name, labels),
        values: gauge((point) => Math.round(3 * swing(point, 0.4) * (1 + 6 * slow(point)))),
      },
    ];
  });
}

/** What Kubernetes tells of the pods of a service. */
function pods(
  service: string,
  names: readonly string[],
  versions: readonly (readonly [string, number, number])[],
): Series[] {
  const place = { cluster: "main", namespace: "platform" };
  return [
    ...versions.map(([hash, from, until]) => ({
      series: labelled("kube_pod_owner", {
        ...place,
        pod: `${service}-${hash}-abcde`,
        owner_kind: "ReplicaSet",
        owner_name: `${service}-${hash}`,
      }),
      values: gauge((point) => (point >= from && point < until ? 1 : undefined)),
    })),
    ...(["kube_deployment_spec_replicas", "kube_deployment_status_replicas_available"] as const).map((metric) => ({
      series: labelled(metric, { ...place, deployment: service }),
      values: gauge((point) =>
        metric.endsWith("available") && versions.some(([, from]) => from > 0 && Math.abs(point - from) < 3)
          ? names.length - 1
          : names.length,
      ),
    })),
    ...names.flatMap((pod) => {
      const labels = { ...place, pod, container: service };
      return [
        {
          series: labelled("container_cpu_usage_seconds_total", labels),
          values: counter((point) => 0.25 * swing(point, 0.35)),
        },
        {
          series: labelled("container_memory_working_set_bytes", labels),
          values: gauge((point) => 2 ** 28 * (1 + 0.4 * (point / points))),
        },
        {
          series: labelled("kube_pod_container_resource_limits", { ...labels, resource: "memory" }),
          values: gauge(() => 2 ** 29),
        },
      ];
    }),
  ];
}

const alert = (labels: Readonly<Record<string, string>>, from = 0): Series => ({
  series: labelled("ALERTS", { ...labels, alertstate: "firing" }),
  values: gauge((point) => (point >= from ? 1 : undefined)),
});

/** The series. @param end in seconds since 1970 */
export function world(end: number): readonly Timeline[] {
  const shop = ["shop-a", "shop-b"];
  const planning = "production-planning-and-scheduling";
  const business = Object.values(businessMetrics).map(({ name, labels: [label] }, index) => ({
    series: labelled(name, { ...here("shop", "shop-a"), [label]: "one" }),
    values: counter((point) => ((index + 1) / 5) * swing(point, 0.5)),
  }));
  const series: readonly Series[] = [
    ...requests("shop", shop, 20, true),
    ...requests(planning, ["planning-a"], 4, false),
    ...pods("shop", shop, [
      ["7d9f4c", 0, at(story.deployed - 2)],
      ["84bb16", at(story.deployed), points],
    ]),
    ...pods(planning, ["planning-a"], [["5c66d8", 0, points]]),
    ...business,
    alert({ alertname: "Watchdog", severity: "none", signal: "watchdog", kind: "alert-manager", component: "alerts" }),
    alert(
      {
        alertname: "ServiceErrors",
        severity: "page",
        signal: "service-errors",
        kind: "service",
        component: "shop",
        service: "shop",
      },
      at(story.paged),
    ),
    ...["a", "b"].map((node) =>
      alert(
        {
          alertname: "NodesDisk",
          severity: "ticket",
          signal: "nodes-disk",
          kind: "nodes",
          component: "main",
          service: "platform",
          node,
        },
        at(200),
      ),
    ),
  ];
  return series.map((one) => ({ ...one, start: end - (points - 1) * step, step }));
}
