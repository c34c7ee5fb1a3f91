import { type Commands, changed, logs } from "./runbook.command";
/** Of what keeps and carries data. */
export const dataCommands: Commands = {
  queue: [
    [
      "aws sqs get-queue-attributes --queue-url <queue> --attribute-names All",
      "how many wait, are in flight and are delayed, its policy and its dead-letter queue",
    ],
    [
      "aws sqs receive-message --queue-url <queue> --attribute-names All --message-attribute-names All --visibility-timeout 30",
      "one message, which comes back after half a minute; each look counts as a try",
    ],
    changed("<queue>"),
  ],
  topic: [
    ["aws sns list-subscriptions-by-topic --topic-arn <topic> --output table", "who gets it, and who never confirmed"],
    ["aws sns get-subscription-attributes --subscription-arn <subscription>", "its filter and its dead-letter queue"],
    ["aws sns get-topic-attributes --topic-arn <topic>", "its policy and its key"],
    changed("<topic>"),
  ],
  broker: [
    [
      "aws mq describe-broker --broker-id <broker> --query '[BrokerState,ActionsRequired,PendingEngineVersion,MaintenanceWindowStartTime]'",
      "its state, and what AWS is about to do",
    ],
    [
      "curl -su <user> '<console>/api/queues?sort=messages&sort_reverse=true&page=1&page_size=20&columns=vhost,name,messages_ready,messages_unacknowledged,consumers' | jq .items",
      "the longest queues and who works on them, from inside the VPC",
    ],
    [
      "curl -su <user> '<console>/api/nodes?columns=name,running,mem_alarm,disk_free_alarm,mem_used,mem_limit,disk_free,fd_used' | jq",
      "its nodes, their memory, disk and alarms",
    ],
    logs("/aws/amazonmq/broker/<broker>/general"),
  ],
  database: [
    [
      "aws rds describe-db-instances --db-instance-identifier <database> --query 'DBInstances[0].[DBInstanceStatus,AllocatedStorage,MaxAllocatedStorage,PendingModifiedValues,MultiAZ]'",
      "its state, its storage, and what waits for the next maintenance",
    ],
    [
      "aws rds describe-events --source-type db-instance --source-identifier <database> --duration 180",
      "failovers, restarts and backups of three hours",
    ],
    [
      "psql -c \"select pid, usename, state, wait_event_type, wait_event, now() - xact_start as open, left(query, 80) from pg_stat_activity where state <> 'idle' order by xact_start limit 20\"",
      "who does what, the longest transaction first, and what each waits for",
    ],
    [
      'psql -c "select pid, pg_blocking_pids(pid) as blocked_by, left(query, 80) from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0"',
      "who waits for whose lock",
    ],
    logs("/aws/rds/instance/<database>/postgresql"),
  ],
  kafka: [
    [
      "aws kafka describe-cluster-v2 --cluster-arn <cluster> --query 'ClusterInfo.[State,StateInfo,ActiveOperationArn]'",
      "its state, and whether AWS works on it",
    ],
    [
      "kafka-topics.sh --bootstrap-server <bootstrap> --command-config client.properties --describe --under-replicated-partitions",
      "partitions that lack replicas, and on which brokers; --unavailable-partitions for those without a leader",
    ],
    [
      "kafka-metadata-quorum.sh --bootstrap-server <bootstrap> --command-config client.properties describe --status",
      "its controllers, where it runs in KRaft mode",
    ],
  ],
  bucket: [
    ["aws s3api get-bucket-policy --bucket <bucket> --query Policy --output text | jq", "who may do what"],
    ["aws s3api get-bucket-replication --bucket <bucket>", "what is copied, where, and by which role"],
    changed("<bucket>"),
  ],
  "backup-vault": [
    [
      "aws backup list-backup-jobs --by-backup-vault-name <vault> --by-state FAILED --query 'BackupJobs[].[CreationDate,ResourceArn,StatusMessage]' --output table",
      "what failed, and why",
    ],
    [
      "aws backup list-copy-jobs --by-state FAILED --query 'CopyJobs[].[CreationDate,ResourceArn,StatusMessage]' --output table",
      "which copies failed, and why",
    ],
    [
      "aws backup list-recovery-points-by-backup-vault --backup-vault-name <vault> --query 'reverse(sort_by(RecoveryPoints,&CreationDate))[:10].[CreationDate,ResourceType,Status]' --output table",
      "the newest of what there is",
    ],
  ],
};
