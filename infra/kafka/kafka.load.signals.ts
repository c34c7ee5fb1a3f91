import { signals } from "../signal/signal";
import {
  atPerBroker,
  example,
  type KafkaSize,
  type KafkaSubject,
  ofBrokers,
  onePerBroker,
  onStandard,
} from "./kafka.size";

/** How full processors, memory and threads are ("Best practices for Standard brokers", MSK Developer Guide, 2026-11, where a row names nothing else). */
export const loadSignals = signals<"cluster", KafkaSubject, KafkaSize>()({
  "kafka-cpu": {
    title: "A broker has too little processor left",
    golden: "saturation",
    unit: "percent",
    role: "cluster",
    // AWS wants user and system time under 60 % together, so that the others can take the load of a broker that fails. Two metrics need metric math, which names each
    // broker; what is idle says the same in one, and counts waiting for the disk as busy.
    source: ofBrokers("CpuIdle", "Minimum"),
    alarm: { below: "40 %", for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["70 for 30 minutes", "39.9/80 for 15 minutes"]],
      fine: [
        ["40 for 1 hour"],
        ["missing for 1 hour"],
        ["5 for 14 minutes", "41 for 1 minute", "5 for 14 minutes", "60 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "A broker is busy for more than 60 %. When another one fails or is patched, its load comes on top, and latency rises for everybody.",
      check: [
        "CpuUser, CpuSystem and CpuIoWait of each broker: which part grew, and is one broker hotter than the others (leaders)?",
        "Did connections, small batches or compression by the broker grow (connection rate, messages against bytes)?",
        "Number of partitions on the broker against what AWS recommends for its class.",
      ],
      fix: [
        "Spread leaders (kafka-leader-election.sh --election-type PREFERRED) or move partitions, with a throttle.",
        "Let producers batch (linger.ms, batch.size) and compress themselves.",
        "Choose the next class of brokers: MSK changes one after the other.",
      ],
    },
  },
  "kafka-heap": {
    title: "A broker runs out of heap",
    golden: "saturation",
    unit: "percent",
    role: "cluster",
    source: ofBrokers("HeapMemoryAfterGC", "Maximum"),
    when: onStandard,
    alarm: { above: "60 %", for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["40 for 30 minutes", "30/60.1 for 15 minutes"]],
      fine: [
        ["60 for 1 hour"],
        ["missing for 1 hour"],
        ["80 for 14 minutes", "59 for 1 minute", "80 for 14 minutes", "40 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "More than 60 % of the heap is in use right after garbage collection. Pauses grow, replicas fall out of sync, in the end the broker stops.",
      check: [
        "Number of partitions, connections and transactional ids: did one of them grow?",
        "Broker log: `filter @message like /OutOfMemory|GC overhead/ | stats count() by @logStream`.",
        "Do producers open a new transactional.id for each message or each start?",
      ],
      fix: [
        "Remove unused topics and partitions, or close idle connections.",
        "Lower transactional.id.expiration.ms if transactional ids pile up.",
        "Choose the next class of brokers.",
      ],
    },
  },
  "kafka-partitions": {
    title: "More partitions than a broker should hold",
    golden: "saturation",
    unit: "count",
    role: "cluster",
    source: ofBrokers("PartitionCount", "Maximum"),
    when: onStandard,
    alarm: {
      above: ({ partitions }) => partitions,
      every: "5 minutes",
      for: "1 hour",
      severity: "ticket",
      whenMissing: "ok",
      analysed: onePerBroker,
    },
    proof: {
      size: example,
      bad: [["900 for 1 hour", "900/1001 for 1 hour"]],
      fine: [
        ["1000 for 3 hours"],
        ["missing for 3 hours"],
        ["1100 for 50 minutes", "999 for 10 minutes", "1100 for 50 minutes", "900 for 10 minutes"],
      ],
      healed: ["missing for 90 minutes"],
    },
    runbook: {
      means:
        "A broker holds more partitions, replicas included, than AWS recommends for its class. At half as many again MSK refuses updates and metrics go missing.",
      check: [
        "`kafka-topics.sh --bootstrap-server $BROKERS --command-config iam.properties --describe | sort | less`: which topic has far more partitions than consumers?",
        "Are the replicas spread evenly over the brokers?",
        "Does Kafka Streams or Connect make topics of its own?",
      ],
      fix: [
        "Delete topics that nobody uses, or move partitions to other brokers.",
        "Choose the next class, or add brokers (a multiple of the zones).",
      ],
    },
  },
  "kafka-request-threads": {
    title: "Request handlers are busy",
    golden: "saturation",
    unit: "ratio",
    role: "cluster",
    // A share of 1, as Kafka's own metric is, and as the threshold of AWS's reference is written.
    source: ofBrokers("RequestHandlerAvgIdlePercent", "Minimum"),
    when: atPerBroker,
    alarm: { below: 0.3, for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["0.8 for 30 minutes", "0.299/0.9 for 15 minutes"]],
      fine: [
        ["0.3 for 1 hour"],
        ["missing for 1 hour"],
        ["0.1 for 14 minutes", "0.4 for 1 minute", "0.1 for 14 minutes", "0.8 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "The threads that work on requests are idle for less than 30 % of the time on a broker: requests queue, and latency rises.",
      check: [
        "CPU and disk of that broker: are the threads busy, or do they wait (CpuIoWait, VolumeQueueLength)?",
        "Which clients ask most: fetches without data (fetch.min.bytes=1), tiny produce requests?",
        "Do old clients make the broker convert messages (ProduceMessageConversionsPerSec)?",
      ],
      fix: [
        "Let clients ask less often: linger.ms and batch.size of producers, fetch.min.bytes of consumers.",
        "Spread leaders; then choose a larger class.",
      ],
    },
  },
  "kafka-network-threads": {
    title: "Network threads are busy",
    golden: "saturation",
    unit: "ratio",
    role: "cluster",
    source: ofBrokers("NetworkProcessorAvgIdlePercent", "Minimum"),
    when: atPerBroker,
    alarm: { below: 0.3, for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["0.8 for 30 minutes", "0.299/0.9 for 15 minutes"]],
      fine: [
        ["0.3 for 1 hour"],
        ["missing for 1 hour"],
        ["0.1 for 14 minutes", "0.4 for 1 minute", "0.1 for 14 minutes", "0.8 for 5 minutes"],
      ],
      healed: ["missing for 20 minutes"],
    },
    runbook: {
      means:
        "The threads that read and write connections are idle for less than 30 % of the time on a broker: everybody connected to it waits.",
      check: [
        "ConnectionCreationRate and ConnectionCount: does a client reconnect for each message? TLS handshakes cost most.",
        "Bytes in and out of that broker: is it the leader of the busiest partitions?",
        "Is the number of small requests growing (RequestBytesMean)?",
      ],
      fix: [
        "Mend the client that reconnects; reuse one producer for each process.",
        "Spread leaders; then choose a larger class.",
      ],
    },
  },
});
