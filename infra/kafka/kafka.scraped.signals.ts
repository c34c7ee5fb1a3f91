import { prometheus, repeat, signals } from "../signal/signal";
import { example, type KafkaSize, type KafkaSubject } from "./kafka.size";

const scraped = {
  holds: (size: KafkaSize) => size.scraped,
  otherwise: "no Prometheus that this project knows scrapes its brokers",
};

/**
 * What CloudWatch cannot say, from the JMX exporter of each broker ("Monitor with Prometheus", MSK Developer Guide, 2026-11). It keeps the spelling of Kafka's own metrics,
 * and puts their names into a label.
 */
export const scrapedSignals = signals<"cluster", KafkaSubject, KafkaSize>()({
  "kafka-isr-shrinking": {
    title: "Replicas fall out of sync again and again",
    golden: "errors",
    unit: "count/second",
    role: "cluster",
    // CloudWatch has no counter of it: partitions that lose a replica for a minute at a time never are under-replicated for half an hour.
    source: prometheus('sum(rate(kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec"}[10m]))'),
    when: scraped,
    alarm: { above: 0.05, every: "5 minutes", for: "1 hour", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-1"}': [
            "+0 for 30 minutes",
            ...repeat(6, "+20 for 1 minute", "+0 for 9 minutes"),
            "+20 for 1 minute",
            "+0 for 4 minutes",
          ],
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-2"}': [
            "+0 for 30 minutes",
            ...repeat(6, "+20 for 1 minute", "+0 for 9 minutes"),
            "+20 for 1 minute",
            "+0 for 4 minutes",
          ],
        },
      ],
      fine: [
        {
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-1"}': [
            "+3 for 170 minutes",
          ],
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-2"}': [
            "+0 for 170 minutes",
          ],
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrExpandsPerSec",instance="b-1"}': [
            "+9 for 170 minutes",
          ],
          'kafka_server_ReplicaManager_Count{kafka="other",name="IsrShrinksPerSec",instance="b-1"}': [
            "+9 for 170 minutes",
          ],
        },
        {
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-1"}': [
            "+0 for 30 minutes",
            "+60 for 52 minutes",
            "+0 for 60 minutes",
          ],
          'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-2"}': [
            "+0 for 142 minutes",
          ],
        },
      ],
      healed: {
        'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-1"}': [
          "+0 for 30 minutes",
        ],
        'kafka_server_ReplicaManager_Count{kafka="{kafka}",name="IsrShrinksPerSec",instance="b-2"}': [
          "+0 for 30 minutes",
        ],
      },
    },
    runbook: {
      means:
        "For an hour replicas have kept leaving and joining. Every time the writes of those partitions stall, and a failure at that moment costs a copy.",
      check: [
        'Prometheus: `sum by (instance) (rate(kafka_server_ReplicaManager_Count{name="IsrShrinksPerSec"}[10m]))`: one broker, or all?',
        "Broker log: `filter @message like /Shrinking ISR/ | parse @message /partition (?<topic>\\S+)/ | stats count() by topic`: which topics?",
        "Garbage collection (heap after GC), shaped traffic, or a disk at its limit on that broker?",
      ],
      fix: [
        "Move leaders away from the broker, or reboot it once the others are in sync.",
        "Slow the producer down that fills its network or disk; then choose a larger class.",
      ],
    },
  },
  "kafka-broker-silent": {
    title: "A broker does not answer Prometheus",
    golden: "availability",
    unit: "count",
    role: "cluster",
    // The alarms over all brokers do not see that one of them went silent.
    source: prometheus('count(kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions"})'),
    when: scraped,
    alarm: { below: ({ brokers }) => brokers, for: "30 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-1"}': [
            "0 for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-2"}': [
            "2 for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-3"}': [
            "0 for 10 minutes",
            "missing for 35 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="PartitionCount",instance="b-1"}': [
            "90 for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="other",name="UnderReplicatedPartitions",instance="b-9"}': [
            "0 for 45 minutes",
          ],
        },
        {
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-1"}': [
            "missing for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-2"}': [
            "missing for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-3"}': [
            "missing for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="PartitionCount",instance="b-1"}': [
            "90 for 45 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="other",name="UnderReplicatedPartitions",instance="b-9"}': [
            "0 for 45 minutes",
          ],
        },
      ],
      fine: [
        {
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-1"}': [
            "0 for 98 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-2"}': [
            "0 for 98 minutes",
          ],
          'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-3"}': [
            "0 for 10 minutes",
            "missing for 34 minutes",
            "0 for 10 minutes",
            "missing for 34 minutes",
            "0 for 10 minutes",
          ],
        },
      ],
      healed: {
        'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-1"}': [
          "0 for 10 minutes",
        ],
        'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-2"}': [
          "0 for 10 minutes",
        ],
        'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="UnderReplicatedPartitions",instance="b-3"}': [
          "0 for 10 minutes",
        ],
        'kafka_server_ReplicaManager_Value{kafka="{kafka}",name="PartitionCount",instance="b-1"}': [
          "90 for 10 minutes",
        ],
        'kafka_server_ReplicaManager_Value{kafka="other",name="UnderReplicatedPartitions",instance="b-9"}': [
          "0 for 10 minutes",
        ],
      },
    },
    runbook: {
      means:
        "For half an hour Prometheus has had nothing from a broker: it is away, or what watches it is blind. The alarms over all brokers do not show one that is silent.",
      check: [
        'Prometheus: `count by (instance) (kafka_server_ReplicaManager_Value{name="UnderReplicatedPartitions"})`: which broker is missing?',
        "Are there under-replicated partitions? Then the broker is away, and that alarm leads.",
        "Does the security group of the brokers let the scraper reach ports 11001 and 11002, and does the scraper know every broker?",
      ],
      fix: [
        "`aws kafka reboot-broker` for a broker that serves clients but answers no scrape.",
        "Mend the scraper's targets or the rule of the security group.",
      ],
    },
  },
});
