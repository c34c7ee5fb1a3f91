import { signals } from "../signal/signal";
import {
  atPerBroker,
  connectionsPerBroker,
  example,
  type KafkaSize,
  type KafkaSubject,
  ofBrokers,
  onePerBroker,
  onStandard,
} from "./kafka.size";

/** What clients meet: how fast they are served, what is refused, and how much they send. */
export const clientSignals = signals<"cluster", KafkaSubject, KafkaSize>()({
  "kafka-slow-produce": {
    title: "Producers wait for a broker",
    golden: "latency",
    unit: "milliseconds",
    role: "cluster",
    // A ticket: what users feel of it pages where it is felt, at the services that produce.
    source: ofBrokers("ProduceTotalTimeMsMean", "Maximum"),
    alarm: {
      above: ({ produce }) => produce,
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "ok",
      analysed: onePerBroker,
    },
    proof: {
      size: example,
      bad: [["20 for 30 minutes", "20/201 for 15 minutes"]],
      fine: [
        ["200 for 1 hour"],
        ["missing for 1 hour"],
        ["900 for 14 minutes", "150 for 1 minute", "900 for 14 minutes", "20 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "On average a broker takes longer to accept a batch than is expected of it, replication included. Services that wait for the answer slow down.",
      check: [
        "Which part takes the time on that broker: request queue, local time or waiting for followers (ProduceRequestQueueTimeMsMean, ProduceLocalTimeMsMean, ProduceResponseQueueTimeMsMean)?",
        "Disk: VolumeQueueLength, and VolumeWriteBytes against what the volume and the class can take.",
        "Is a follower slow, or away (under-replicated partitions)? acks=all waits for it.",
      ],
      fix: [
        "Take load from the broker: spread leaders, pause a replay or a batch.",
        "Mend or reboot the follower that holds everybody up.",
        "Provision throughput of the volumes, or choose a larger class.",
      ],
    },
  },
  "kafka-produce-throttled": {
    title: "Producers are held back by quotas",
    golden: "latency",
    unit: "milliseconds",
    role: "cluster",
    source: ofBrokers("ProduceThrottleTime", "Maximum"),
    when: atPerBroker,
    alarm: { above: "0.1 seconds", for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["0 for 30 minutes", "0/101 for 15 minutes"]],
      fine: [
        ["100 for 1 hour"],
        ["missing for 1 hour"],
        ["900 for 14 minutes", "50 for 1 minute", "900 for 14 minutes", "0 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "Brokers delay the answers to a producer because it exceeds its quota. It is slowed down on purpose; what it cannot hand over piles up in its memory.",
      check: [
        "`kafka-configs.sh --bootstrap-server $BROKERS --command-config iam.properties --describe --entity-type users --entity-type clients`: which quotas are there?",
        "Which producer sends more than usual (produce-throttle-time-avg in the clients' own metrics)?",
        "Is it growth, a replay, or a loop?",
      ],
      fix: ["Stop the loop or pace the replay.", "Raise the quota if the brokers have room (CPU, network, disk)."],
    },
  },
  "kafka-connections": {
    title: "Connections near the limit of a broker",
    golden: "saturation",
    unit: "count",
    role: "cluster",
    source: ofBrokers("ClientConnectionCount", "Maximum", ["Client Authentication"]),
    when: onStandard,
    alarm: {
      above: 0.8 * connectionsPerBroker,
      for: "5 minutes",
      severity: "ticket",
      whenMissing: "ok",
      analysed: onePerBroker,
    },
    proof: {
      size: example,
      bad: [["900 for 30 minutes", "900/2401 for 5 minutes"]],
      fine: [
        ["2400 for 1 hour"],
        ["missing for 1 hour"],
        ["2900 for 4 minutes", "2000 for 1 minute", "2900 for 4 minutes", "900 for 5 minutes"],
      ],
      healed: ["missing for 10 minutes"],
    },
    runbook: {
      means:
        "Clients hold more than 80 % of the connections that a broker takes with IAM. At 3,000 new ones are refused, also those of services that restart.",
      check: [
        "Which deployment grew, or opens a producer for each request?",
        "`ss -tn dport = :9098 | wc -l` in a suspicious pod.",
        "Is one broker used far more than the others (bootstrap list with a single name)?",
      ],
      fix: [
        "Roll the client back, or restart the pods that leak connections.",
        "Raise listener.name.client_iam.max.connections only after a look at the heap: AWS warns of it.",
      ],
    },
  },
  "kafka-connections-refused": {
    title: "Brokers refuse connections",
    golden: "errors",
    unit: "count",
    role: "cluster",
    source: ofBrokers("IAMTooManyConnections", "Sum"),
    when: atPerBroker,
    // A burst after a deployment is retried by the clients; one that keeps on is not.
    alarm: {
      above: 0,
      for: "15 minutes",
      datapoints: 5,
      severity: "ticket",
      whenMissing: "ok",
      analysed: onePerBroker,
    },
    proof: {
      size: example,
      bad: [
        ["0 for 30 minutes", "0/1 for 4 minutes", "0 for 10 minutes", "0/1 for 1 minute"],
        ["missing for 30 minutes", "1 for 5 minutes"],
      ],
      fine: [
        ["0 for 30 minutes", "50 for 4 minutes", "0 for 30 minutes"],
        ["missing for 1 hour"],
        ["50 for 4 minutes", "0 for 11 minutes", "50 for 1 minute", "missing for 20 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "Clients try to authenticate by IAM faster than brokers take them (100 a second each). They are refused, and wait longer with each try.",
      check: [
        "ConnectionCreationRate by broker: since when, and after which deployment?",
        "Which service logs SaslAuthenticationException or 'Too many connects'?",
        "Do its clients wait before they reconnect (reconnect.backoff.ms, reconnect.backoff.max.ms)?",
      ],
      fix: [
        "Roll the service back, or scale it out in steps.",
        "Set reconnect.backoff.ms to 1000 or more; AWS recommends it with IAM.",
      ],
    },
  },
  "kafka-traffic-shaped": {
    title: "A broker exceeds its network allowance",
    golden: "saturation",
    unit: "count",
    role: "cluster",
    // Packets are shaped for a moment on every busy day: only a quarter of an hour without a break is worth a ticket.
    source: ofBrokers("TrafficShaping", "Sum"),
    when: onStandard,
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["0 for 30 minutes", "0/1 for 15 minutes"]],
      fine: [
        ["0 for 1 hour"],
        ["missing for 1 hour"],
        ["900 for 14 minutes", "0 for 1 minute", "900 for 14 minutes", "0 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "Packets of a broker are dropped or queued all the time because its class has no more network. Replication and clients slow down.",
      check: [
        "BwInAllowanceExceeded, BwOutAllowanceExceeded, PpsAllowanceExceeded and ConntrackAllowanceExceeded: bandwidth, packets or connections?",
        "Bytes out against bytes in: does a replay or a new consumer group read old messages?",
        "Is it one broker (leaders) or all of them?",
      ],
      fix: [
        "Pace the replay, or give it a quota.",
        "Let consumers read from the nearest replica (client.rack): it spreads what goes out.",
        "Spread leaders, or choose a larger class.",
      ],
    },
  },
  "kafka-bytes-in": {
    title: "Bytes in, busiest broker",
    golden: "traffic",
    unit: "bytes/second",
    role: "cluster",
    source: ofBrokers("BytesInPerSec", "Maximum"),
    runbook: {
      means:
        "What clients send to the broker that gets most, without replication. None of it at all, while services produce, is worth a look.",
    },
  },
  "kafka-bytes-out": {
    title: "Bytes out, busiest broker",
    golden: "traffic",
    unit: "bytes/second",
    role: "cluster",
    source: ofBrokers("BytesOutPerSec", "Maximum"),
    runbook: { means: "What clients read from the broker that sends most. A replay shows here first." },
  },
  "kafka-messages-in": {
    title: "Messages in, busiest broker",
    golden: "traffic",
    unit: "count/second",
    role: "cluster",
    source: ofBrokers("MessagesInPerSec", "Maximum"),
    runbook: { means: "Messages that arrive each second. Many of them with few bytes are batches that are too small." },
  },
});
