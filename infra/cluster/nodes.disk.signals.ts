import { prometheus, repeat, signals } from "../signal/signal";
import type { NodesSize } from "./nodes.signals";
import { falling, steady } from "./series";

/** The size at which limits are proven. */
const example: NodesSize = { scraped: true, cpuLimit: 32 };

const when = { holds: (size: NodesSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

/** File systems on disks. One side of an expression names them: the other side has the same labels. */
const disks = 'cluster="{cluster}", fstype=~"ext4|xfs"';
/** What is mounted read-only, as Bottlerocket's root is, is always full. */
const writable = "node_filesystem_readonly == 0";

/** One file system in a proof. */
const mounted = (mountpoint: string, fstype = "xfs", cluster = "{cluster}", device = mountpoint) => {
  const labels = `cluster="${cluster}", node="a", device="${device}", fstype="${fstype}", mountpoint="${mountpoint}"`;
  return {
    free: `node_filesystem_avail_bytes{${labels}}`,
    size: `node_filesystem_size_bytes{${labels}}`,
    readonly: `node_filesystem_readonly{${labels}}`,
    freeFiles: `node_filesystem_files_free{${labels}}`,
    files: `node_filesystem_files{${labels}}`,
  };
};
const local = mounted("/local");
const data = mounted("/data", "ext4");
/** A part of the same disk with room of its own. */
const part = mounted("/local/part", "xfs", "{cluster}", "/local");
const root = mounted("/");
const memory = mounted("/run", "tmpfs");
const foreign = mounted("/local", "xfs", "other");
const busy = (node: string, cluster = "{cluster}") =>
  `node_disk_io_time_weighted_seconds_total{cluster="${cluster}", node="${node}", device="nvme1n1"}`;

const writableDisks = {
  [local.size]: 200,
  [local.readonly]: 0,
  [part.size]: 200,
  [part.readonly]: 0,
  [data.size]: 200,
  [data.readonly]: 0,
};

const freshNode = "`kubectl delete nodeclaim <name>`: a fresh node takes over within minutes.";

/** The nodes' disks. */
export const nodeDiskSignals = signals<"nodes", "cluster", NodesSize>()({
  "nodes-disk-space": {
    title: "A node's disk is nearly full",
    golden: "saturation",
    unit: "percent",
    role: "nodes",
    source: prometheus(
      `min by (node, device) (100 * node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes and ${writable})`,
    ),
    when,
    alarm: { below: "10 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("22 minutes", { ...writableDisks, [data.free]: 150, [part.free]: 150 }),
          [local.free]: ["50 for 6 minutes", "19.9 for 16 minutes"],
        },
        {
          ...steady("22 minutes", { ...writableDisks, [local.free]: 150, [part.free]: 150 }),
          [data.free]: ["50 for 6 minutes", "19.9 for 16 minutes"],
        },
      ],
      fine: [
        // One disk after the other, each for a while; and what is no disk, cannot be written to, or is elsewhere.
        {
          ...steady("40 minutes", { ...writableDisks, [part.free]: 20 }),
          ...steady("40 minutes", { [root.free]: 0, [root.size]: 200, [root.readonly]: 1 }),
          ...steady("40 minutes", { [memory.free]: 0, [memory.size]: 200, [memory.readonly]: 0 }),
          ...steady("40 minutes", { [foreign.free]: 0, [foreign.size]: 200, [foreign.readonly]: 0 }),
          [local.free]: ["20 for 5 minutes", "2 for 15 minutes", "20 for 20 minutes"],
          [data.free]: ["20 for 19 minutes", "2 for 15 minutes", "20 for 6 minutes"],
        },
      ],
      healed: steady("3 minutes", { ...writableDisks, [local.free]: 90, [data.free]: 90, [part.free]: 90 }),
    },
    runbook: {
      means:
        "Less than a tenth of a node's disk is free. The kubelet evicts pods and deletes images; pods that write fail.",
      check: [
        "`kubectl describe node <node>`: DiskPressure, and evictions among its events.",
        "Who writes? `kubectl get --raw /api/v1/nodes/<node>/proxy/stats/summary | jq '.pods[] | {pod: .podRef.name, bytes: .[\"ephemeral-storage\"].usedBytes}'`",
        "Does a pod log more than the kubelet rotates, or write into an emptyDir without a sizeLimit?",
      ],
      fix: [
        freshNode,
        "Give the pod a limit of ephemeral storage, or a volume.",
        "Raise cluster.nodes.disk in the stack's settings.",
      ],
    },
  },
  "nodes-disk-filling": {
    title: "A node's disk will be full within four hours",
    golden: "saturation",
    unit: "bytes",
    role: "nodes",
    // What will be free in four hours at the pace of the last six, where little is left already.
    source: prometheus(
      `predict_linear(node_filesystem_avail_bytes{${disks}}[6h], 14400)
        and node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.2`,
    ),
    when,
    alarm: { below: "0 B", for: "1 hour", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      // It loses a byte a second; the third one lost much some hours ago, and nothing since.
      bad: [
        {
          ...steady("91 minutes", { [local.size]: 100_000, [data.size]: 100_000, [data.free]: 90_000 }),
          [local.free]: falling(16_199.5, 91),
        },
        {
          ...steady("91 minutes", { [local.size]: 100_000, [data.size]: 69_970, [local.free]: 90_000 }),
          [data.free]: falling(15_793, 91),
        },
        {
          ...steady("300 minutes", { [local.size]: 100_000, [data.size]: 100_000, [data.free]: 90_000 }),
          [local.free]: ["90000 for 45 minutes", "50000 for 45 minutes", "9000 for 210 minutes"],
        },
      ],
      fine: [
        {
          ...steady("120 minutes", { [local.size]: 100_000, [foreign.size]: 100_000, [memory.size]: 100_000 }),
          [local.free]: [...falling(16_200.5, 91), "90000 for 29 minutes"],
          [foreign.free]: falling(14_000, 120),
          [memory.free]: falling(14_000, 120),
          // Always full, as what nobody can write to.
          ...steady("120 minutes", { [root.free]: 0, [root.size]: 100_000 }),
        },
        {
          ...steady("120 minutes", { [local.size]: 69_970 }),
          [local.free]: [...falling(15_794, 91), "60000 for 29 minutes"],
        },
        {
          ...steady("580 minutes", { [local.size]: 100_000 }),
          [local.free]: ["90000 for 90 minutes", "25000 for 370 minutes", "19900 for 120 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        [local.free]: 65_000,
        [local.size]: 100_000,
        [data.free]: 65_000,
        [data.size]: 100_000,
      }),
    },
    runbook: {
      means: "Less than a fifth of a disk is free, and at the pace of the last six hours it is full within four.",
      check: [
        "`kubectl get --raw /api/v1/nodes/<node>/proxy/stats/summary`: which pod's ephemeral storage grows?",
        "`predict_linear(node_filesystem_avail_bytes{...}[1h], 14400)`: does it still fall, or was it one copy?",
        "Does a pod log much more since its last deployment?",
      ],
      fix: ["Stop or roll back the pod that writes.", freshNode, "Give it a limit of ephemeral storage, or a volume."],
    },
  },
  "nodes-disk-files": {
    title: "A node's disk takes hardly any more files",
    golden: "saturation",
    unit: "percent",
    role: "nodes",
    source: prometheus(`100 * node_filesystem_files_free{${disks}} / node_filesystem_files and ${writable}`),
    when,
    alarm: { below: "5 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("22 minutes", { [local.files]: 200, [local.readonly]: 0, [data.files]: 200, [data.readonly]: 0 }),
          [local.freeFiles]: ["50 for 6 minutes", "9.95 for 16 minutes"],
          [data.freeFiles]: ["50 for 22 minutes"],
        },
        {
          ...steady("22 minutes", { [local.files]: 200, [local.readonly]: 0, [data.files]: 200, [data.readonly]: 0 }),
          [local.freeFiles]: ["50 for 22 minutes"],
          [data.freeFiles]: ["50 for 6 minutes", "9.95 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", { [local.files]: 200, [local.readonly]: 0 }),
          ...steady("40 minutes", { [root.freeFiles]: 0, [root.files]: 200, [root.readonly]: 1 }),
          ...steady("40 minutes", { [memory.freeFiles]: 0, [memory.files]: 200, [memory.readonly]: 0 }),
          ...steady("40 minutes", { [foreign.freeFiles]: 0, [foreign.files]: 200, [foreign.readonly]: 0 }),
          [local.freeFiles]: ["10 for 20 minutes", "2 for 15 minutes", "10 for 5 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        [local.freeFiles]: 90,
        [local.files]: 200,
        [local.readonly]: 0,
        [data.freeFiles]: 90,
        [data.files]: 200,
        [data.readonly]: 0,
      }),
    },
    runbook: {
      means: "Space is left, but no inodes: new files fail with the same error as on a full disk.",
      check: [
        'Which mount? `node_filesystem_files_free{cluster="<cluster>", node="<node>"}`',
        "Which pod writes millions of small files: caches, sessions, uploads?",
        "Do jobs clean up what they leave behind?",
      ],
      fix: [freshNode, "Let the pod keep such files in S3 or in a volume of its own."],
    },
  },
  "nodes-disk-busy": {
    title: "A node's disk cannot keep up",
    golden: "saturation",
    unit: "ratio",
    role: "nodes",
    // Requests that wait on average: the weighted time grows by one second a second for each.
    source: prometheus('rate(node_disk_io_time_weighted_seconds_total{cluster="{cluster}"}[5m])'),
    when,
    alarm: { above: 10, for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [busy("a")]: [
            "+0 for 8 minutes",
            ...repeat(8, "+1200.06 for 2 minutes", "+0 for 2 minutes"),
            "+1200.06 for 2 minutes",
            "+0 for 1 minute",
          ],
        },
      ],
      fine: [
        {
          [busy("a")]: ["+600 for 20 minutes", "+900 for 27 minutes", "+600 for 28 minutes"],
          [busy("a", "other")]: ["+3000 for 75 minutes"],
        },
      ],
      healed: { [busy("a")]: ["+60 for 10 minutes"] },
    },
    runbook: {
      means: "On average more than ten requests wait for a disk: whatever writes or starts on that node is slow.",
      check: [
        'How long does a request take? `rate(node_disk_write_time_seconds_total{node="<node>"}[5m]) / rate(node_disk_writes_completed_total{node="<node>"}[5m])`',
        "VolumeIOPSExceededCheck and VolumeThroughputExceededCheck of the volume (AWS/EBS): is it at its limit?",
        'Who? `topk(5, sum by (namespace, pod) (rate(container_fs_writes_bytes_total{node="<node>"}[5m])))`',
      ],
      fix: [
        "Move the writer to a volume of its own.",
        "Give nodes more IOPS and throughput (NodeClass, ephemeralStorage).",
      ],
    },
  },
  "nodes-disk-latency": {
    title: "Time of a write to a node's disk",
    golden: "latency",
    unit: "seconds",
    role: "nodes",
    source: prometheus(
      'rate(node_disk_write_time_seconds_total{cluster="{cluster}"}[5m]) / rate(node_disk_writes_completed_total{cluster="{cluster}"}[5m])',
    ),
    runbook: { means: "A gp3 volume writes within a few milliseconds; more means that it is at its limit." },
  },
});
