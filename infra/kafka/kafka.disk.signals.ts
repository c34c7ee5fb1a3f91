import { signals } from "../signal/signal";
import {
  example,
  type KafkaSize,
  type KafkaSubject,
  ofBrokers,
  onePerBroker,
  onStandard,
  storageTarget,
} from "./kafka.size";

/** How full disks are ("Best practices for Standard brokers", MSK Developer Guide, 2026-11): what grows by itself, and what fills faster than it grows. */
export const diskSignals = signals<"cluster", KafkaSubject, KafkaSize>()({
  "kafka-disk": {
    title: "A data disk is nearly full",
    golden: "saturation",
    unit: "percent",
    role: "cluster",
    source: ofBrokers("KafkaDataLogsDiskUsed", "Maximum"),
    when: onStandard,
    alarm: { above: "85 %", for: "5 minutes", severity: "page", whenMissing: "keep", analysed: onePerBroker },
    proof: {
      size: example,
      bad: [
        ["60 for 20 minutes", "50/85.1 for 5 minutes"],
        ["60 for 20 minutes", "86 for 5 minutes", "missing for 1 hour"],
      ],
      fine: [
        ["85 for 2 hours"],
        ["missing for 1 hour"],
        ["86 for 4 minutes", "84 for 1 minute", "86 for 4 minutes", "80 for 5 minutes"],
      ],
      healed: ["84 for 1 minute"],
    },
    runbook: {
      means:
        "A broker whose disk is full stops, and its partitions with it. Storage grows at most once in six hours, so it may not be in time.",
      felt: "Nothing yet. Once a broker's disk is full, part of what services publish is refused.",
      check: [
        "How fast does it fill (disk used over the last hours), and when is it full?",
        "`aws kafka list-cluster-operations-v2 --cluster-arn $ARN`: did storage grow lately, and did it fail? Is the largest size reached?",
        "Which topic grew: bytes in by topic, `kafka-log-dirs.sh --describe`. Is one broker fuller than the others?",
      ],
      fix: [
        'Raise the disks by hand: `aws kafka update-broker-storage --target-broker-ebs-volume-info \'[{"KafkaBrokerNodeId": "All", "VolumeSizeGB": N}]\'`, and `maxStorage` in the settings.',
        "Within six hours of the last growth: shorten retention.ms of the largest topic whose messages are consumed already.",
        "Stop the producer that went wild.",
      ],
    },
  },
  "kafka-disk-not-growing": {
    title: "Storage does not grow although it should",
    golden: "saturation",
    unit: "percent",
    role: "cluster",
    source: ofBrokers("KafkaDataLogsDiskUsed", "Maximum"),
    when: {
      holds: (size) => !size.express && size.scales,
      otherwise: "its storage does not grow by itself",
    },
    // Growing waits six hours after the last time: whoever is still above the target by a tenth after seven is not being helped.
    alarm: {
      above: () => storageTarget + 10,
      every: "5 minutes",
      for: "7 hours",
      severity: "ticket",
      whenMissing: "ok",
      analysed: onePerBroker,
    },
    proof: {
      size: example,
      bad: [["60 for 1 hour", "50/70.1 for 7 hours"]],
      fine: [
        ["70 for 10 hours"],
        ["missing for 10 hours"],
        ["75 for 410 minutes", "69 for 10 minutes", "75 for 410 minutes", "60 for 10 minutes"],
      ],
      healed: ["missing for 8 hours"],
    },
    runbook: {
      means:
        "The disks have been a tenth above the level at which they should grow for seven hours: growing fails, or the largest size is reached.",
      check: [
        "`aws application-autoscaling describe-scaling-activities --service-namespace kafka --resource-id $ARN`: did it try, and what failed?",
        "`aws kafka describe-cluster-v2 --cluster-arn $ARN`: is the volume as large as `maxStorage` in the settings?",
        "Is the cluster ACTIVE? Storage cannot grow while it is updated or heals.",
      ],
      fix: [
        "Raise `maxStorage` in the settings, and deploy.",
        "Shorten the retention of topics that keep more than is read.",
      ],
    },
  },
});
