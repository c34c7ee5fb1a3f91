import { type Precondition, prometheus, type Stretch, signals } from "../signal/signal";
import type { BrokerRole } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

export const scraped: Precondition<BrokerSize> = {
  holds: ({ scraped }) => scraped,
  otherwise: "its endpoint for Prometheus is not read",
};
const scrapedCluster: Precondition<BrokerSize> = {
  holds: ({ scraped, nodes }) => scraped && nodes > 1,
  otherwise: "it has a single node, or its endpoint for Prometheus is not read",
};

/** Nodes that must be up for quorum queues and for the broker's own data to be written. */
const majority = ({ nodes }: BrokerSize) => Math.floor(nodes / 2) + 1;

const broker = "{broker}";
/** A node that answers the scraper. */
const answers = (instance: string, stretches: readonly Stretch[], of = broker) => ({
  [`rabbitmq_connections{broker="${of}", instance="${instance}"}`]: stretches,
});
/** What a node says of its link to another: 3 is up. */
const link = (instance: string, peer: string, stretches: readonly Stretch[], of = broker) => ({
  [`erlang_vm_dist_node_state{broker="${of}", instance="${instance}", peer="${peer}"}`]: stretches,
});
/** What the nodes "a", "b" and "c" say of every link but the one from "a" to "b". */
const otherLinks = (stretches: readonly Stretch[]) => ({
  ...link("a", "c", stretches),
  ...link("b", "a", stretches),
  ...link("b", "c", stretches),
  ...link("c", "a", stretches),
  ...link("c", "b", stretches),
});

/**
 * What the nodes tell of themselves (`/metrics`, "Monitoring with Prometheus and Grafana", RabbitMQ documentation, 2026-11). Every series has the label
 * `broker`, and `instance` for the node.
 */
export const clusterSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-quorum-lost": {
    title: "Most nodes of the broker are gone",
    golden: "availability",
    unit: "count",
    role: "rabbitmq",
    source: prometheus('count(rabbitmq_connections{broker="{broker}"})'),
    when: scrapedCluster,
    alarm: { below: majority, for: "5 minutes", severity: "page", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          ...answers("a", ["40 for 19 minutes"]),
          ...answers("b", ["40 for 9 minutes", "missing for 10 minutes"]),
          ...answers("c", ["40 for 9 minutes", "missing for 10 minutes"]),
          ...answers("d", ["40 for 19 minutes"], "other"),
        },
      ],
      fine: [
        {
          ...answers("a", ["1 for 40 minutes"]),
          ...answers("b", ["0 for 40 minutes"]),
          ...answers("c", ["0 for 5 minutes", "missing for 35 minutes"]),
          ...answers("d", ["1 for 40 minutes"], "other"),
        },
        {
          ...answers("a", ["40 for 40 minutes"]),
          // The value of the last scrape counts for five minutes more: the node is gone for five of these ten.
          ...answers("b", ["40 for 9 minutes", "missing for 9 minutes", "40 for 22 minutes"]),
        },
      ],
      healed: {
        ...answers("a", ["1 for 1 minute"]),
        ...answers("b", ["0 for 1 minute"]),
        ...answers("c", ["missing for 1 minute"]),
        ...answers("d", ["40 for 1 minute"], "other"),
      },
    },
    runbook: {
      means:
        "Fewer nodes answer than quorum queues need. They take no message and hand none out until a second node is back.",
      felt: "Requests that publish fail or hang, and nothing that is done in the background moves.",
      check: [
        "aws mq describe-broker --broker-id <id>: BrokerState and ActionsRequired. AWS Health: is there an event in the region?",
        'Does the scraper reach the others: up{broker="<name>"}, and its log? Then it is the network and not the broker.',
        'Log group of the broker in CloudWatch: search for "partition", "node down" and "ra" since the alert began.',
      ],
      fix: [
        "Amazon MQ replaces failed nodes by itself: watch rabbitmq_build_info come back, and call AWS Support after a quarter of an hour.",
        "An invalid key (RABBITMQ_INVALID_KMS_KEY): enable the KMS key of the broker again.",
      ],
    },
    drill: "broker-node-down",
  },
  "broker-node-missing": {
    title: "A node of the broker is missing",
    golden: "availability",
    unit: "count",
    role: "rabbitmq",
    // A gauge of the node itself, not `up`, of which there is one for each path that is scraped.
    source: prometheus('count(rabbitmq_connections{broker="{broker}"})'),
    when: scraped,
    // Nodes are patched one after the other, each for some minutes.
    alarm: { below: ({ nodes }) => nodes, for: "15 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: exampleSize,
      bad: [
        {
          ...answers("a", ["40 for 29 minutes"]),
          ...answers("b", ["40 for 29 minutes"]),
          ...answers("c", ["40 for 9 minutes", "missing for 20 minutes"]),
          ...answers("d", ["40 for 29 minutes"], "other"),
        },
      ],
      fine: [
        {
          ...answers("a", ["1 for 60 minutes"]),
          ...answers("b", ["0 for 60 minutes"]),
          ...answers("c", ["1 for 9 minutes", "missing for 19 minutes", "0 for 32 minutes"]),
          ...answers("d", ["1 for 10 minutes", "missing for 50 minutes"], "other"),
        },
      ],
      healed: {
        ...answers("a", ["1 for 1 minute"]),
        ...answers("b", ["0 for 1 minute"]),
        ...answers("c", ["0 for 1 minute"]),
        ...answers("d", ["40 for 1 minute"], "other"),
      },
    },
    runbook: {
      means:
        "Fewer nodes answer the scraper than the broker has. The others go on, but a second failure stops every quorum queue. No answer at all: nobody sees its queues.",
      check: [
        "Is it the maintenance window (aws mq describe-broker)? Then nodes restart in turn.",
        'up{broker="<name>"} by instance, and the scraper\'s log: 401 means the password of the monitoring user, a time-out the network or the node.',
        "aws mq describe-broker --broker-id <id>: ActionsRequired, and events of AWS Health.",
      ],
      fix: [
        "The node is gone outside its window: Amazon MQ replaces it; call AWS Support after half an hour.",
        "Only the scraper is locked out: start the rotation of the monitoring secret again, and restart the scraper.",
      ],
    },
  },
  "broker-partitioned": {
    title: "Nodes of the broker do not see each other",
    golden: "availability",
    unit: "count",
    role: "rabbitmq",
    // Of the nodes that answer, each should have a link that is up (3) to each other; a node that is gone is told by broker-node-missing.
    source: prometheus(
      'count(rabbitmq_connections{broker="{broker}"}) * (count(rabbitmq_connections{broker="{broker}"}) - 1) - (count(erlang_vm_dist_node_state{broker="{broker}"} == 3) or vector(0))',
    ),
    when: scrapedCluster,
    alarm: { above: 0, for: "10 minutes", severity: "ticket", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        // One link is not up, seen from one side.
        {
          ...answers("a", ["40 for 16 minutes"]),
          ...answers("b", ["0 for 16 minutes"]),
          ...answers("c", ["7 for 16 minutes"]),
          ...answers("d", ["7 for 16 minutes"], "other"),
          ...link("a", "b", ["3 for 5 minutes", "1 for 11 minutes"]),
          ...otherLinks(["3 for 16 minutes"]),
          ...link("d", "e", ["3 for 16 minutes"], "other"),
        },
        // Two nodes answer, and have no link at all.
        {
          ...answers("a", ["40 for 16 minutes"]),
          ...answers("b", ["0 for 16 minutes"]),
          ...answers("c", ["missing for 16 minutes"]),
          ...answers("d", ["7 for 16 minutes"], "other"),
          ...link("a", "b", ["missing for 16 minutes"]),
          ...otherLinks(["missing for 16 minutes"]),
          ...link("d", "e", ["missing for 16 minutes"], "other"),
        },
      ],
      fine: [
        {
          ...answers("a", ["40 for 30 minutes"]),
          ...answers("b", ["2 for 30 minutes"]),
          ...answers("c", ["9 for 30 minutes"]),
          ...link("a", "b", ["3 for 5 minutes", "1 for 10 minutes", "3 for 15 minutes"]),
          ...otherLinks(["3 for 30 minutes"]),
          ...answers("d", ["7 for 30 minutes"], "other"),
          ...answers("e", ["7 for 30 minutes"], "other"),
        },
        // A single one answers: it has nobody to see.
        { ...answers("a", ["40 for 30 minutes"]) },
      ],
      healed: {
        ...answers("a", ["40 for 1 minute"]),
        ...answers("b", ["0 for 1 minute"]),
        ...answers("c", ["0 for 1 minute"]),
        ...answers("d", ["7 for 1 minute"], "other"),
        ...link("a", "b", ["3 for 1 minute"]),
        ...otherLinks(["3 for 1 minute"]),
        ...link("d", "e", ["missing for 1 minute"], "other"),
      },
    },
    runbook: {
      means:
        "Two nodes answer the scraper but not each other. Whoever is connected to the smaller side is refused or sees old queues.",
      check: [
        'erlang_vm_dist_node_state{broker="<name>"} by instance and peer: which link is not 3?',
        'Log group of the broker in CloudWatch: search for "partition" and "rabbit on node".',
        "AWS Health: is there a network event in one of its zones?",
      ],
      fix: [
        "It heals when the network does. If it stays: aws mq reboot-broker in the next quiet hour.",
        "Clients that hang on the smaller side: restart their pods, so that they connect anew.",
      ],
    },
  },
});
