import type { RuleSeries } from "../signal/rule.record";
import { prometheus, repeat, type Stretch, signals } from "../signal/signal";
import type { NodesSize } from "./nodes.signals";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: NodesSize = { scraped: true, cpuLimit: 32 };

const when = { holds: (size: NodesSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

/** Network cards, without the pods' own ends and the loopback. */
const cards = 'cluster="{cluster}", device=~"e(th|n).*"';

const cpu = (node: string, core: number, mode = "idle", cluster = "{cluster}") =>
  `node_cpu_seconds_total{cluster="${cluster}", node="${node}", cpu="${core}", mode="${mode}"}`;
const memory = (what: "MemAvailable" | "MemTotal", node: string, cluster = "{cluster}") =>
  `node_memory_${what}_bytes{cluster="${cluster}", node="${node}"}`;
const card = (what: string, node: string, device = "eth0", cluster = "{cluster}") =>
  `node_network_${what}_total{cluster="${cluster}", node="${node}", device="${device}"}`;
const tracked = (what: "entries" | "entries_limit", node: string, cluster = "{cluster}") =>
  `node_nf_conntrack_${what}{cluster="${cluster}", node="${node}"}`;

/** Packets of a card in waves of nine minutes, a thousand a minute on average. */
const waves: RuleSeries = {
  [card("receive_packets", "a")]: [
    ...repeat(5, "+240 for 5 minutes", "+1050 for 4 minutes"),
    "+240 for 5 minutes",
    "+1050 for 1 minute",
  ],
  [card("transmit_packets", "a")]: [
    ...repeat(5, "+160 for 5 minutes", "+700 for 4 minutes"),
    "+160 for 5 minutes",
    "+700 for 1 minute",
  ],
};
/** A little more than one of a hundred of them. */
const failing: readonly Stretch[] = [
  "+0 for 9 minutes",
  ...repeat(4, "+4 for 5 minutes", "+17.51 for 4 minutes"),
  "+4 for 5 minutes",
  "+17.51 for 1 minute",
];

/** Processors, memory and network of the nodes. */
export const nodeLoadSignals = signals<"nodes", "cluster", NodesSize>()({
  "nodes-cpu": {
    title: "A node's processors are busy",
    golden: "saturation",
    unit: "percent",
    role: "nodes",
    // From idle time alone: an average over the seven busy modes could never pass a seventh.
    source: prometheus(
      '100 * (1 - avg by (node) (rate(node_cpu_seconds_total{cluster="{cluster}", mode="idle"}[5m])))',
    ),
    when,
    alarm: { above: "95 %", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("44 minutes", { [cpu("a", 1)]: "+0", [cpu("a", 0, "user")]: "+54", [cpu("b", 0)]: "+50" }),
          [cpu("a", 0)]: [
            "+30 for 10 minutes",
            ...repeat(8, "+11.88 for 2 minutes", "+0 for 2 minutes"),
            "+11.88 for 2 minutes",
          ],
        },
      ],
      fine: [
        {
          ...steady("80 minutes", { [cpu("a", 1)]: "+0", [cpu("a", 0, "steal")]: "+0" }),
          ...steady("80 minutes", { [cpu("b", 0, "idle", "other")]: "+0" }),
          [cpu("a", 0)]: ["+6.06 for 40 minutes", "+0 for 30 minutes", "+30 for 10 minutes"],
        },
      ],
      healed: steady("8 minutes", {
        [cpu("a", 0)]: "+30",
        [cpu("a", 1)]: "+30",
        [cpu("a", 0, "user")]: "+30",
        [cpu("b", 0)]: "+50",
      }),
    },
    runbook: {
      means: "For half an hour a node had hardly any idle time: its pods get less than they want, and answer late.",
      check: [
        'Who? `topk(5, sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{node="<node>", container!=""}[5m])))`',
        'Is it stolen, or does it wait? `rate(node_cpu_seconds_total{node="<node>", mode=~"steal|iowait"}[5m])`',
        "Do these pods have requests that fit their use, so that the scheduler would spread them?",
      ],
      fix: ["Raise the pods' CPU requests to what they use.", "Raise the autoscaler's maximum, or mend the loop."],
    },
  },
  "nodes-memory": {
    title: "A node is short of memory",
    golden: "saturation",
    unit: "percent",
    role: "nodes",
    source: prometheus('100 * node_memory_MemAvailable_bytes{cluster="{cluster}"} / node_memory_MemTotal_bytes'),
    when,
    alarm: { below: "8 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [memory("MemAvailable", "a")]: ["8000 for 5 minutes", "1276 for 16 minutes"],
          [memory("MemTotal", "a")]: ["16000 for 21 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", { [memory("MemTotal", "a")]: 16_000, [memory("MemTotal", "b", "other")]: 16_000 }),
          [memory("MemAvailable", "a")]: ["1280 for 10 minutes", "200 for 15 minutes", "1280 for 15 minutes"],
          [memory("MemAvailable", "b", "other")]: ["200 for 40 minutes"],
        },
      ],
      healed: steady("3 minutes", { [memory("MemAvailable", "a")]: 4_000, [memory("MemTotal", "a")]: 16_000 }),
    },
    runbook: {
      means:
        "Less than a twelfth of a node's memory is available: soon the kernel kills processes, or the kubelet evicts pods.",
      check: [
        'Who? `topk(5, sum by (namespace, pod) (container_memory_working_set_bytes{node="<node>", container!=""}))`',
        "Do these pods use more than they request? Then too many of them were put on one node.",
        "Does one grow without end since its last deployment (a leak)?",
      ],
      fix: ["Raise memory requests to what is used, so that pods spread.", "Restart or roll back what leaks."],
    },
  },
  "nodes-network-errors": {
    title: "A node's network card reports errors",
    golden: "errors",
    unit: "percent",
    role: "nodes",
    source: prometheus(
      `100 * (rate(node_network_receive_errs_total{${cards}}[10m]) + rate(node_network_transmit_errs_total[10m]))
        / (rate(node_network_receive_packets_total[10m]) + rate(node_network_transmit_packets_total[10m]))`,
    ),
    when,
    alarm: { above: "1 %", for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      // Traffic comes in waves, errors with it: in each direction alone it is enough.
      bad: [
        { ...waves, [card("receive_errs", "a")]: failing, [card("transmit_errs", "a")]: ["+0 for 51 minutes"] },
        { ...waves, [card("transmit_errs", "a")]: failing, [card("receive_errs", "a")]: ["+0 for 51 minutes"] },
      ],
      fine: [
        {
          ...steady("90 minutes", {
            [card("transmit_errs", "a")]: "+4",
            [card("receive_packets", "a")]: "+600",
            [card("transmit_packets", "a")]: "+400",
            [card("receive_errs", "a", "veth1")]: "+9",
            [card("transmit_errs", "a", "veth1")]: "+9",
            [card("receive_packets", "a", "veth1")]: "+60",
            [card("transmit_packets", "a", "veth1")]: "+40",
            [card("receive_errs", "b", "eth0", "other")]: "+9",
            [card("transmit_errs", "b", "eth0", "other")]: "+9",
            [card("receive_packets", "b", "eth0", "other")]: "+60",
            [card("transmit_packets", "b", "eth0", "other")]: "+40",
          }),
          [card("receive_errs", "a")]: ["+6 for 30 minutes", "+9 for 24 minutes", "+5 for 36 minutes"],
        },
      ],
      healed: steady("15 minutes", {
        [card("receive_errs", "a")]: "+0",
        [card("transmit_errs", "a")]: "+0",
        [card("receive_packets", "a")]: "+600",
        [card("transmit_packets", "a")]: "+400",
      }),
    },
    runbook: {
      means: "More than one of a hundred packets of a network card is broken: calls are repeated, and slow.",
      check: [
        'Which direction? `rate(node_network_receive_errs_total{node="<node>"}[10m])` and the same of transmit; drops beside them.',
        'Is the instance at its allowance? `rate(node_network_receive_bytes_total{node="<node>"}[5m])` against the baseline of its type.',
        "Is it one node, or all nodes of a zone (AWS Health Dashboard)?",
      ],
      fix: [
        "`kubectl delete nodeclaim <name>`: another host takes over.",
        "Allow larger instances, which have more bandwidth.",
      ],
    },
  },
  "nodes-connections": {
    title: "A node tracks nearly as many connections as it can",
    golden: "saturation",
    unit: "percent",
    role: "nodes",
    source: prometheus('100 * node_nf_conntrack_entries{cluster="{cluster}"} / node_nf_conntrack_entries_limit'),
    when,
    alarm: { above: "75 %", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [tracked("entries", "a")]: ["1000 for 5 minutes", "6004 for 11 minutes"],
          [tracked("entries_limit", "a")]: ["8000 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("30 minutes", {
            [tracked("entries_limit", "a")]: 8_000,
            [tracked("entries", "b", "other")]: 8_000,
            [tracked("entries_limit", "b", "other")]: 8_000,
          }),
          [tracked("entries", "a")]: ["6000 for 5 minutes", "8000 for 10 minutes", "6000 for 15 minutes"],
        },
      ],
      healed: steady("3 minutes", { [tracked("entries", "a")]: 2_000, [tracked("entries_limit", "a")]: 8_000 }),
    },
    runbook: {
      means:
        "When the table of connections is full, new connections of every pod on the node are dropped without a word.",
      check: [
        'Did it jump or creep? `node_nf_conntrack_entries{node="<node>"}` over a day.',
        "Which pod opens a connection for each call instead of keeping them? Look at those with the most traffic on the node.",
        "Are many connections waiting to end (node_sockstat_TCP_tw)?",
      ],
      fix: ["Let the client keep its connections (pooling, keep-alive).", "Spread the pods over more nodes."],
    },
  },
  "nodes-traffic": {
    title: "Bytes through the nodes' network cards",
    golden: "traffic",
    unit: "bytes/second",
    role: "nodes",
    source: prometheus(
      `sum by (node) (rate(node_network_receive_bytes_total{${cards}}[5m]) + rate(node_network_transmit_bytes_total{${cards}}[5m]))`,
    ),
    runbook: { means: "What nodes send and receive. An instance type has a baseline that it cannot exceed for long." },
  },
});
