// The same queues and alarms with aws-cdk-lib and cdk-monitoring-constructs: `cdk.cjs <dashboards|no-dashboards> <queues>`.
// Plain JavaScript: the two are installed by the bench only, and the project's compiler does not know them.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { App, Duration, Stack } = require("aws-cdk-lib");
const { TreatMissingData } = require("aws-cdk-lib/aws-cloudwatch");
const { Topic } = require("aws-cdk-lib/aws-sns");
const { Queue, QueueEncryption } = require("aws-cdk-lib/aws-sqs");
const { MonitoringFacade, notifySns } = require("cdk-monitoring-constructs");

const place = { account: "123456789012", region: "eu-central-1" };
const runbooks = "https://github.com/example/vigia/blob/main/generated/runbooks";

// CloudFormation takes 500 resources in a stack: seven for each queue, and the dashboard.
const queuesOfStack = 70;

function watchedQueue(stack, monitoring, name) {
  const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
  const deadLetterQueue = new Queue(stack, `${name}-dead-letters`, { ...common, retentionPeriod: Duration.days(14) });
  const queue = new Queue(stack, name, {
    ...common,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.seconds(30),
    deliveryDelay: Duration.seconds(0),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 5 },
  });
  const alarm = (id, title, means) => ({
    alarmDescriptionOverride: `${title}: ${name}. ${means} Runbook: ${runbooks}/${id}.md`,
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    datapointsToAlarm: 1,
    period: Duration.minutes(1),
  });
  monitoring.monitorSqsQueueWithDlq({
    queue,
    deadLetterQueue,
    humanReadableName: name,
    alarmFriendlyName: name,
    addQueueMaxMessageAgeAlarm: {
      Page: {
        ...alarm(
          "queue-oldest-message",
          "Messages wait too long",
          "Work arrives later than users accept; one poison message alone does not cause it.",
        ),
        datapointsToAlarm: 15,
        maxAgeInSeconds: 600,
      },
    },
    addDeadLetterQueueMaxSizeAlarm: {
      Page: {
        ...alarm(
          "queue-dead-letters",
          "Dead letters waiting",
          "A message could not be processed as often as it may be tried: somebody waits until a person acts.",
        ),
        maxMessageCount: 0,
      },
    },
    addDeadLetterQueueMaxMessageAgeAlarm: {
      Page: {
        ...alarm(
          "queue-dead-letters-expiring",
          "Dead letters about to be lost",
          "The oldest one has used three quarters of the time that it can stay; SQS then deletes it.",
        ),
        period: Duration.minutes(5),
        maxAgeInSeconds: 648_000,
      },
    },
  });
}

function synthesise(dashboards, queues, outdir) {
  const app = new App({ outdir });
  for (let first = 1; first <= queues; first += queuesOfStack) {
    const stack = new Stack(app, `queues-${first}`, { env: place });
    const page = Topic.fromTopicArn(stack, "page", `arn:aws:sns:${place.region}:${place.account}:page`);
    const monitoring = new MonitoringFacade(stack, "monitoring", {
      alarmFactoryDefaults: { actionsEnabled: true, alarmNamePrefix: "vigia", action: notifySns(page, page) },
      ...(!dashboards && { dashboardFactory: { addDynamicSegment() {}, getDashboard() {} } }),
    });
    const last = Math.min(queues, first + queuesOfStack - 1);
    for (let at = first; at <= last; at += 1) watchedQueue(stack, monitoring, `queue-${at}`);
  }
  const resources = {};
  for (const { template } of app.synth().stacks) {
    for (const { Type } of Object.values(template.Resources)) resources[Type] = (resources[Type] ?? 0) + 1;
  }
  return resources;
}

const outdir = mkdtempSync(join(tmpdir(), "vigia-bench-cdk-"));
try {
  const resources = synthesise(process.argv[2] === "dashboards", Number(process.argv[3]), outdir);
  process.stdout.write(`${JSON.stringify({ resources })}\n`);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
