import { prometheus, signals } from "../signal/signal";
import { scraped } from "./broker.cluster.signals";
import type { BrokerRole } from "./broker.node.signals";
import type { BrokerSize } from "./sizes";
import { exampleSize } from "./sizes.example";

/** What the nodes tell of those who use them (`/metrics`). */
export const clientSignals = signals<BrokerRole, "broker", BrokerSize>()({
  "broker-file-descriptors": {
    title: "A node is short of file descriptors",
    golden: "saturation",
    unit: "percent",
    role: "rabbitmq",
    // What it is divided by has the same labels, or it is not divided.
    source: prometheus('100 * rabbitmq_process_open_fds{broker="{broker}"} / rabbitmq_process_max_fds'),
    when: scraped,
    alarm: { above: "90 %", for: "10 minutes", severity: "ticket", whenMissing: "unknown" },
    proof: {
      size: exampleSize,
      bad: [
        {
          'rabbitmq_process_open_fds{broker="{broker}", instance="a"}': ["3000 for 5 minutes", "9005 for 11 minutes"],
          'rabbitmq_process_max_fds{broker="{broker}", instance="a"}': ["10000 for 16 minutes"],
        },
      ],
      fine: [
        {
          'rabbitmq_process_open_fds{broker="{broker}", instance="a"}': [
            "9000 for 15 minutes",
            "9990 for 10 minutes",
            "9000 for 5 minutes",
          ],
          'rabbitmq_process_max_fds{broker="{broker}", instance="a"}': ["10000 for 30 minutes"],
          'rabbitmq_process_open_fds{broker="other", instance="b"}': ["9990 for 30 minutes"],
          'rabbitmq_process_max_fds{broker="other", instance="b"}': ["10000 for 30 minutes"],
        },
      ],
      healed: {
        'rabbitmq_process_open_fds{broker="{broker}", instance="a"}': ["8900 for 1 minute"],
        'rabbitmq_process_max_fds{broker="{broker}", instance="a"}': ["10000 for 1 minute"],
      },
    },
    runbook: {
      means:
        "One node has nine tenths of its file descriptors open. Without any left it refuses connections and cannot open a queue's files.",
      check: [
        'Connections or queues: rabbitmq_connections and rabbitmq_queues{broker="<name>"} over the last day.',
        "Management console, Connections: a client that opens them and closes none?",
        "Did the number of queues grow (broker-queues)?",
      ],
      fix: [
        "Restart or roll back the leaking client.",
        "Delete queues that nobody reads, or take the next larger instance type.",
      ],
    },
  },
  "broker-refused-logins": {
    title: "Log-ins to the broker are refused",
    golden: "errors",
    unit: "count",
    role: "rabbitmq",
    source: prometheus('sum(increase(rabbitmq_auth_attempts_failed_total{broker="{broker}"}[10m]))'),
    when: scraped,
    // A client that restarts in the middle of a rotation is refused some times, and gets in.
    alarm: { above: 20, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: exampleSize,
      bad: [
        {
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+1 for 15 minutes",
          ],
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="b", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+1.04 for 15 minutes",
          ],
        },
        // A burst that is over, but not for long.
        {
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+30 for 1 minute",
            "+0 for 8 minutes",
          ],
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="b", protocol="amqp091"}': [
            "0 for 29 minutes",
          ],
        },
      ],
      fine: [
        {
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+1 for 40 minutes",
          ],
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="b", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+0.99 for 40 minutes",
          ],
          'rabbitmq_auth_attempts_failed_total{broker="other", instance="c", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+50 for 40 minutes",
          ],
        },
        {
          'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="a", protocol="amqp091"}': [
            "0 for 20 minutes",
            "+2.05 for 14 minutes",
            "+0 for 26 minutes",
          ],
        },
      ],
      healed: {
        'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="a", protocol="amqp091"}': [
          "+0 for 2 minutes",
        ],
        'rabbitmq_auth_attempts_failed_total{broker="{broker}", instance="b", protocol="amqp091"}': [
          "+0 for 2 minutes",
        ],
      },
    },
    runbook: {
      means:
        "Somebody logs in again and again with a password that the broker does not take: a service that missed a rotation, or a guess.",
      check: [
        'Since when: rabbitmq_auth_attempts_failed_total{broker="<name>"}. Does it fit a rotation of a secret?',
        'Log group of the broker in CloudWatch: filter "ACCESS_REFUSED"; it names the user and the address.',
        "Which pod has that address, and which version of the secret did it mount?",
      ],
      fix: [
        "Restart the pods that hold an old password, so that they read the secret again.",
        "The address is none of ours: look at the security groups, and rotate all secrets of the broker.",
      ],
    },
  },
});
