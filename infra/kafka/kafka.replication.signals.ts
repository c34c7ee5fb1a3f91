import { signals } from "../signal/signal";
import {
  example,
  type KafkaSize,
  type KafkaSubject,
  ofBrokers,
  ofCluster,
  onePerBroker,
  onStandard,
} from "./kafka.size";

const describe =
  "kafka-topics.sh --bootstrap-server $BROKERS --command-config iam.properties --describe --under-replicated-partitions";

/**
 * Whether the brokers can serve and keep what they hold. Thresholds follow "Best practices for Standard brokers" (MSK Developer Guide, 2026-11) and the reference
 * monitor-and-alarm of aws/agent-toolkit-for-aws (2026-11). The windows of what pages are longer than an election takes; those of tickets longer than a restart of a
 * broker, because MSK restarts one after the other when it patches.
 */
export const replicationSignals = signals<"cluster", KafkaSubject, KafkaSize>()({
  "kafka-no-controller": {
    title: "No active controller",
    golden: "availability",
    unit: "count",
    role: "cluster",
    // Each controller says 1 or 0 of itself: the average is 0 just when none of them leads.
    source: ofCluster("ActiveControllerCount", "Average"),
    alarm: { atMost: 0, for: "5 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        ["0/1 for 20 minutes", "0 for 5 minutes"],
        ["1 for 20 minutes", "missing for 30 minutes"],
      ],
      fine: [
        ["0/1 for 30 minutes"],
        ["1 for 10 minutes", "0 for 4 minutes", "1 for 1 minute", "0 for 4 minutes", "1 for 5 minutes"],
      ],
      healed: ["1 for 1 minute"],
    },
    runbook: {
      means:
        "No broker is elected a leader any more, and no topic can be changed. What has a leader is still served; the next broker that fails takes its partitions offline. Or the whole cluster stopped telling anything.",
      felt: "Nothing while every broker runs. With the next one that fails, part of what is published is refused.",
      check: [
        "`aws kafka describe-cluster-v2 --cluster-arn $ARN --query 'ClusterInfo.State'`: is it ACTIVE, HEALING or MAINTENANCE?",
        "Does the AWS Health Dashboard tell of an event of MSK in this region?",
        "Do services still produce and consume (bytes in and out on the board)?",
      ],
      fix: [
        "KRaft controllers belong to MSK: open a support case of severity critical at once, with the cluster's ARN.",
        "Put off deployments that make or change topics until a controller is back.",
      ],
    },
  },
  "kafka-offline-partitions": {
    title: "Partitions without a leader",
    golden: "availability",
    unit: "count",
    role: "cluster",
    source: ofCluster("OfflinePartitionsCount", "Maximum"),
    when: onStandard,
    alarm: { above: 0, for: "2 minutes", severity: "page", whenMissing: "keep" },
    proof: {
      size: example,
      bad: [
        ["0 for 20 minutes", "0/1 for 2 minutes"],
        ["0 for 20 minutes", "1 for 2 minutes", "missing for 1 hour"],
      ],
      fine: [
        ["missing for 1 hour"],
        ["0 for 30 minutes", "7 for 1 minute", "0 for 1 minute", "7 for 1 minute", "0 for 5 minutes"],
      ],
      healed: ["0 for 2 minutes"],
    },
    runbook: {
      means:
        "Partitions can be neither written nor read: every replica that may lead is away. Producers fail, consumers stand still.",
      felt: "What falls on these partitions, by its key the same users each time, is neither taken nor worked off.",
      check: [
        "`kafka-topics.sh --bootstrap-server $BROKERS --command-config iam.properties --describe --unavailable-partitions`: which topics, and on which brokers are their replicas?",
        "`aws kafka list-nodes --cluster-arn $ARN` and the cluster's state: which brokers are away, and does MSK heal them?",
        'Broker log: `filter @message like /ERROR|FATAL/ | stats count() by bin(5m), @logStream`. Did a disk fill up ("No space left")?',
      ],
      fix: [
        "`aws kafka reboot-broker --cluster-arn $ARN --broker-ids N` for a broker that hangs; one at a time.",
        "Full disk: `aws kafka update-broker-storage`, or shorten the retention of the largest topic.",
        "Never allow an unclean election to get rid of this page: it loses what was acknowledged. Ask AWS support first.",
      ],
    },
  },
  "kafka-under-min-isr": {
    title: "Partitions that refuse to be written",
    golden: "availability",
    unit: "count",
    role: "cluster",
    source: ofBrokers("UnderMinIsrPartitionCount", "Maximum"),
    when: onStandard,
    alarm: { above: 0, for: "3 minutes", severity: "page", whenMissing: "keep", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [
        ["0 for 20 minutes", "0/1 for 3 minutes"],
        ["0 for 20 minutes", "1 for 3 minutes", "missing for 1 hour"],
      ],
      fine: [
        ["missing for 1 hour"],
        ["0 for 20 minutes", "9 for 2 minutes", "0 for 1 minute", "9 for 2 minutes", "0 for 5 minutes"],
      ],
      healed: ["0 for 3 minutes"],
    },
    runbook: {
      means:
        "Fewer replicas are in sync than a write needs (min.insync.replicas): producers with acks=all are refused (NotEnoughReplicas).",
      felt: "Part of what services publish is refused: the requests behind it fail or are tried until they time out.",
      check: [
        "`kafka-topics.sh --bootstrap-server $BROKERS --command-config iam.properties --describe --under-min-isr-partitions`: do they share a broker?",
        "`aws kafka describe-cluster-v2 --cluster-arn $ARN`: does MSK patch a broker while another one is away?",
        "Do followers fall behind for want of disk or network (disk, CPU, shaped traffic on the board)?",
      ],
      fix: [
        "Bring the missing broker back: wait for MSK's healing, or `aws kafka reboot-broker` for one that hangs.",
        "Take load away that keeps followers behind: stop a reassignment, a replay or a batch producer.",
        "Do not lower min.insync.replicas: the next failure would lose acknowledged messages.",
      ],
    },
  },
  "kafka-under-replicated": {
    title: "Partitions with too few copies",
    golden: "saturation",
    unit: "count",
    role: "cluster",
    source: ofBrokers("UnderReplicatedPartitions", "Maximum"),
    when: onStandard,
    alarm: { above: 0, for: "30 minutes", severity: "ticket", whenMissing: "ok", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [["0 for 20 minutes", "0/1 for 30 minutes"]],
      fine: [
        ["missing for 2 hours"],
        ["0 for 5 minutes", "40 for 29 minutes", "0 for 1 minute", "40 for 29 minutes", "0 for 5 minutes"],
      ],
      healed: ["missing for 40 minutes"],
    },
    runbook: {
      means:
        "For half an hour, longer than a restart takes, replicas have not kept up or a broker has been away. One more failure stops writes.",
      check: [
        `\`${describe}\`: is one broker missing in every Isr?`,
        "`aws kafka list-cluster-operations-v2 --cluster-arn $ARN`: is a patch, an upgrade or a reassignment running?",
        "Compare CPU, disk and bytes in of the brokers: is one of them hot, so that its followers cannot keep up?",
      ],
      fix: [
        "`aws kafka reboot-broker` for the broker that hangs, after the others are in sync.",
        "Spread the leaders (kafka-leader-election.sh --election-type PREFERRED) or move partitions from a hot broker, with a throttle.",
        "Choose a larger class of brokers if all of them are busy.",
      ],
    },
  },
});
