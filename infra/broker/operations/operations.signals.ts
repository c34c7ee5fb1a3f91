import { cloudwatch, repeat, signals } from "../../signal/signal";
import { namespace } from "./metrics";

/** How often a broker is compared with what is declared, in minutes: the step of its metrics. */
export const comparedEvery = 15;

/** A topology that was imported into a broker. */
export interface TopologySize {
  /** It is one: other programs invoke functions for other purposes. */
  readonly topology: boolean;
}

/** The rotation of a secret. */
export interface RotationSize {
  /** Seconds between two rotations; 0 where the age of the secret is not published. */
  readonly every: number;
}

const metric = (name: string, statistic: "Maximum" | "Sum") =>
  cloudwatch(namespace, name, statistic, { Broker: "broker" });

const imported = {
  holds: ({ topology }: TopologySize) => topology,
  otherwise: "it does not import the topology of a broker",
};

const readLog =
  "Which ones: CloudWatch Logs Insights on the log of the broker's compare function, filter @message like / is (missing|changed|unknown)/ | sort @timestamp desc.";

/** Whether a broker is as declared. */
export const topologySignals = signals<"topology", "broker", TopologySize>()({
  "topology-differs": {
    title: "A broker is not as declared",
    golden: "errors",
    unit: "count",
    role: "topology",
    source: metric("TopologyDifferences", "Maximum"),
    when: imported,
    alarm: { above: 0, every: "15 minutes", for: "30 minutes", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: { topology: true },
      bad: [["0 for 1 hour", "1 for 30 minutes"], ["3 for 30 minutes"]],
      fine: [["0 for 1 hour", "12 for 15 minutes", "0 for 15 minutes", "12 for 15 minutes", "0 for 15 minutes"]],
      healed: ["0 for 15 minutes"],
    },
    runbook: {
      means:
        "Somebody or something changed queues, exchanges, policies, permissions or users by hand. Messages may go nowhere, or without a dead-letter queue.",
      check: [
        readLog,
        "Who did it: the broker's log (/aws/amazonmq/broker/<id>/general), or the console's users?",
        "Do messages get lost meanwhile: is a binding missing, or a queue's policy with its dead-letter exchange?",
      ],
      fix: [
        "What is missing or changed: deploy the stack, or invoke the import function; it adds and mends, and deletes nothing.",
        "What is unknown: declare it in the settings, or delete it by hand once it is empty.",
        "A password that is not that of its secret: aws secretsmanager rotate-secret --secret-id <secret>.",
      ],
    },
    drill: "topology-changed-by-hand",
  },
  "topology-not-exported": {
    title: "The topology of a broker is not exported",
    golden: "availability",
    unit: "count",
    role: "topology",
    source: metric("TopologyExports", "Sum"),
    when: imported,
    alarm: { atMost: 0, every: "15 minutes", for: "2 hours", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: { topology: true },
      bad: [
        ["1 for 1 hour", "missing for 3 hours"],
        ["1 for 1 hour", "0 for 2 hours"],
      ],
      fine: [["1 for 1 hour", "missing for 105 minutes", "1 for 15 minutes", "0 for 105 minutes", "1 for 15 minutes"]],
      healed: ["1 for 15 minutes"],
    },
    runbook: {
      means:
        "For two hours nobody compared the broker with what is declared, nor kept its definitions. A broker that is lost now comes back as it was declared, without what was changed since.",
      check: [
        'Why does the compare function fail: CloudWatch Logs Insights on its log, filter level = "ERROR" | sort @timestamp desc?',
        "Is the broker reachable: aws mq describe-broker --broker-id <id> (BrokerState), and the management API on 443 from the functions' subnets?",
        "May the function write to the bucket and use its key (CloudTrail: PutObject, GenerateDataKey)?",
        "Does the administrator's secret still let it in? 401 in the log says that it does not.",
      ],
      fix: [
        "Mend what the log names; then aws lambda invoke --function-name <compare function> /dev/stdout.",
        "Restore the security group's rule or the role by deploying the stack again.",
      ],
    },
  },
});

/** Whether a secret is rotated in time. */
export const rotationSignals = signals<"rotation", "secret", RotationSize>()({
  "secret-rotation-overdue": {
    title: "A secret was not rotated in time",
    golden: "errors",
    unit: "seconds",
    role: "rotation",
    source: cloudwatch(namespace, "SecretAge", "Maximum", { SecretArn: "secret" }),
    when: { holds: ({ every }) => every > 0, otherwise: "the age of this secret is not published" },
    // A rotation may start at any hour of its day, and Secrets Manager tries one that failed again on the days that follow.
    alarm: {
      above: ({ every }) => every + 3 * 86_400,
      every: "15 minutes",
      for: "1 hour",
      severity: "ticket",
      whenMissing: "keep",
    },
    proof: {
      size: { every: 30 * 86_400 },
      bad: [["30 days for 1 day", "32 days / 2851201 seconds for 1 hour"]],
      fine: [
        ["1 day for 1 hour", "30 days for 1 day", "33 days for 1 hour"],
        [...repeat(3, "2851201 for 45 minutes", "2851200 for 15 minutes")],
      ],
      healed: ["900 seconds for 1 hour"],
    },
    runbook: {
      means: "A password of the broker is older than it may be: the rotation fails, or does not start.",
      check: [
        "What does the last try say: aws secretsmanager describe-secret --secret-id <secret> (LastRotatedDate, VersionIdsToStages)?",
        'Why did the rotate function fail: CloudWatch Logs Insights on its log, filter level = "ERROR" | sort @timestamp desc?',
        "Are services still connected with the user whose turn is next? The log counts them: they did not read the secret since the last rotation.",
      ],
      fix: [
        "Restart the services that are still connected with the old user, then aws secretsmanager rotate-secret --secret-id <secret>.",
        "A version that stays AWSPENDING: aws secretsmanager cancel-rotate-secret, then rotate-secret; the password in use goes on working.",
      ],
    },
  },
});
