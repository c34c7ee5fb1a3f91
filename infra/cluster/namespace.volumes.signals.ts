import { prometheus, signals } from "../signal/signal";
import type { NamespaceSize, NamespaceSubject } from "./namespace.signals";
import { falling, steady } from "./series";

/** The size at which limits are proven. */
const example: NamespaceSize = { scraped: true };

const when = { holds: (size: NamespaceSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

/** What every query names. One side of an expression does: the other side has the same labels. */
const here = 'cluster="{cluster}", namespace="{namespace}"';
const cluster = 'cluster="other", namespace="{namespace}"';
const namespace = 'cluster="{cluster}", namespace="other"';

const of = (metric: string, labels: string, where = here) => `${metric}{${where}, ${labels}}`;
const volume = (what: "available" | "capacity", where = here, claim = "data-0") =>
  of(`kubelet_volume_stats_${what}_bytes`, `persistentvolumeclaim="${claim}"`, where);

/** Room on the volumes of a namespace. */
export const namespaceVolumeSignals = signals<"namespace", NamespaceSubject, NamespaceSize>()({
  "namespace-volume-full": {
    title: "A volume is nearly full",
    golden: "saturation",
    unit: "percent",
    role: "namespace",
    source: prometheus(`100 * kubelet_volume_stats_available_bytes{${here}} / kubelet_volume_stats_capacity_bytes`),
    when,
    alarm: { below: "5 %", for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("16 minutes", { [volume("capacity")]: 2_000 }),
          [volume("available")]: ["900 for 10 minutes", "99.9 for 6 minutes"],
        },
      ],
      fine: [
        {
          ...steady("30 minutes", {
            [volume("capacity")]: 2_000,
            [volume("capacity", cluster)]: 2_000,
            [volume("available", cluster)]: 0,
            [volume("capacity", namespace)]: 2_000,
            [volume("available", namespace)]: 0,
          }),
          [volume("available")]: ["100 for 10 minutes", "0 for 5 minutes", "100 for 15 minutes"],
        },
      ],
      healed: steady("3 minutes", { [volume("available")]: 1_000, [volume("capacity")]: 2_000 }),
    },
    runbook: {
      means:
        "A volume has less than a twentieth left. When it is full its pod cannot write: what arrives then is lost.",
      felt: "Nothing yet. Once it is full, what this service is sent is refused or lost.",
      check: [
        "`kubectl -n <namespace> get pvc` and `kubectl -n <namespace> exec <pod> -- df -h`",
        "`predict_linear(kubelet_volume_stats_available_bytes{...}[1h], 3600)`: minutes or days?",
        "What grew: data that belongs there, or what should have been deleted (retention, compaction that stands still)?",
      ],
      fix: [
        '`kubectl -n <namespace> patch pvc <pvc> -p \'{"spec":{"resources":{"requests":{"storage":"<size>"}}}}\'`: the volume grows while in use; then set it in the program.',
        "Let retention or compaction run again.",
      ],
    },
  },
  "namespace-volume-filling": {
    title: "A volume will be full within four days",
    golden: "saturation",
    unit: "bytes",
    role: "namespace",
    // What will be free in four days at the pace of the last six hours, where little is left already.
    source: prometheus(
      `predict_linear(kubelet_volume_stats_available_bytes{${here}}[6h], 345600)
        and kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.2`,
    ),
    when,
    alarm: { below: "0 B", for: "1 hour", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      // It loses a byte a second; the third one lost a little some hours ago, and nothing since.
      bad: [
        { ...steady("91 minutes", { [volume("capacity")]: 3_000_000 }), [volume("available")]: falling(347_399.5, 91) },
        { ...steady("91 minutes", { [volume("capacity")]: 1_699_970 }), [volume("available")]: falling(341_793, 91) },
        {
          ...steady("300 minutes", { [volume("capacity")]: 3_000_000 }),
          [volume("available")]: ["320000 for 45 minutes", "310000 for 45 minutes", "300000 for 210 minutes"],
        },
      ],
      fine: [
        {
          ...steady("120 minutes", {
            [volume("capacity")]: 3_000_000,
            [volume("capacity", cluster)]: 3_000_000,
            [volume("capacity", namespace)]: 3_000_000,
          }),
          [volume("available")]: [...falling(347_400.5, 91), "2000000 for 29 minutes"],
          [volume("available", cluster)]: falling(300_000, 120),
          [volume("available", namespace)]: falling(300_000, 120),
          // Full already, which is not a forecast: namespace-volume-full pages.
          ...steady("120 minutes", {
            [volume("available", here, "full")]: 0,
            [volume("capacity", here, "full")]: 3_000_000,
          }),
        },
        {
          ...steady("120 minutes", { [volume("capacity")]: 1_699_970 }),
          [volume("available")]: [...falling(341_794, 91), "1500000 for 29 minutes"],
        },
        {
          ...steady("580 minutes", { [volume("capacity")]: 3_000_000 }),
          [volume("available")]: ["2500000 for 90 minutes", "601000 for 370 minutes", "599000 for 120 minutes"],
        },
      ],
      healed: steady("3 minutes", { [volume("available")]: 1_500_000, [volume("capacity")]: 3_000_000 }),
    },
    runbook: {
      means:
        "Less than a fifth of a volume is free, and at the pace of the last six hours it is full within four days.",
      check: [
        "`kubectl -n <namespace> get pvc` and `kubectl -n <namespace> exec <pod> -- df -h`",
        "Is it growth that was to be expected, or has retention or compaction stopped?",
        "Does its storage class let it grow (allowVolumeExpansion)?",
      ],
      fix: ["Declare a larger volume in the program: it grows while in use.", "Shorten retention."],
    },
  },
});
