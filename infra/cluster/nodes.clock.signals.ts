import { prometheus, signals } from "../signal/signal";
import type { NodesSize } from "./nodes.signals";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: NodesSize = { scraped: true, cpuLimit: 32 };

const when = { holds: (size: NodesSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

const offset = (node: string, cluster = "{cluster}") =>
  `node_timex_offset_seconds{cluster="${cluster}", node="${node}"}`;
const drift = (node: string, cluster = "{cluster}") =>
  `node_timex_maxerror_seconds{cluster="${cluster}", node="${node}"}`;

/** The nodes' clocks. */
export const nodeClockSignals = signals<"nodes", "cluster", NodesSize>()({
  "nodes-clock": {
    title: "A node's clock is wrong",
    golden: "errors",
    unit: "seconds",
    role: "nodes",
    source: prometheus('abs(node_timex_offset_seconds{cluster="{cluster}"})'),
    when,
    alarm: { above: "0.05 seconds", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [{ [offset("a")]: ["0 for 5 minutes", "-0.0505 for 11 minutes"], [offset("b")]: ["0.001 for 16 minutes"] }],
      fine: [
        {
          [offset("a")]: ["0.05 for 5 minutes", "0.4 for 10 minutes", "-0.05 for 15 minutes"],
          [offset("c", "other")]: ["3 for 30 minutes"],
        },
      ],
      healed: steady("3 minutes", { [offset("a")]: 0.001, [offset("b")]: 0.001 }),
    },
    runbook: {
      means:
        "A clock is off by more than 50 ms: signatures of AWS calls, tokens and the order of events begin to go wrong.",
      check: [
        'Which node, and since when? `node_timex_offset_seconds{cluster="<cluster>"}` over a day.',
        "Is it one node (its time daemon) or all of them (the source 169.254.169.123 of the VPC)?",
        "Did it start with a new node image? `kubectl get nodes -o wide`, column OS-IMAGE.",
      ],
      fix: [
        "`kubectl delete nodeclaim <name>`: a node is replaced faster than it is mended.",
        "If all nodes are off: open a case with AWS.",
      ],
    },
  },
  "nodes-clock-adrift": {
    title: "Nothing corrects a node's clock",
    golden: "errors",
    unit: "seconds",
    role: "nodes",
    // The kernel lets the possible error of a clock that nothing corrects grow to 16 seconds ("adjtimex(2)", Linux man-pages).
    source: prometheus('node_timex_maxerror_seconds{cluster="{cluster}"}'),
    when,
    alarm: { atLeast: "16 seconds", for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [{ [drift("a")]: ["0.01 for 5 minutes", "16 for 11 minutes"] }],
      fine: [
        {
          [drift("a")]: ["16 for 10 minutes", "15.9 for 20 minutes"],
          [drift("c", "other")]: ["16 for 30 minutes"],
        },
      ],
      healed: { [drift("a")]: ["0.02 for 3 minutes"] },
    },
    runbook: {
      means: "A node's clock no longer follows its source, so that it will be wrong sooner or later.",
      check: [
        'Which nodes? `node_timex_maxerror_seconds{cluster="<cluster>"} >= 16`, and node_timex_sync_status of the same.',
        "Is it one node (its time daemon) or all of them (the source 169.254.169.123 of the VPC)?",
        "Did it start with a new node image? `kubectl get nodes -o wide`, column OS-IMAGE.",
      ],
      fix: [
        "`kubectl delete nodeclaim <name>`: a node is replaced faster than it is mended.",
        "If all nodes drift: open a case with AWS.",
      ],
    },
  },
});
