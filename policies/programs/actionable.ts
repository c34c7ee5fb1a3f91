import { CompositeAlarm } from "@pulumi/aws/cloudwatch/compositeAlarm.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { interpolate } from "@pulumi/pulumi";
import { watchQueue } from "../../infra/queue/queue";
import { watchTopic } from "../../infra/topic/topic";
import { IncidentBook } from "../../infra/watch/incidents/book";
import { Incidents } from "../../infra/watch/incidents/incidents";
import { expected, handMade, pageTopic, pair, watchedPair, watcher } from "./parts";

const told = {
  alarmActions: [pageTopic],
  alarmDescription: "Orders stand still. See https://wiki.example.com/orders.",
  tags: { severity: "page", signal: "orders" },
};
/** A queue and its dead-letter queue, whose alarms are noted in a book. */
function gatheredPair(name: string): IncidentBook {
  const { queue, deadLetters } = pair(name);
  const book = new IncidentBook();
  const noting = { ...watcher, book: book.of({ name: "shop", about: "the shop" }) };
  watchQueue(name, queue, { ...expected, deadLetters, watcher: noting });
  return book;
}

const silent = { alarmActions: undefined, alarmDescription: undefined, tags: undefined };

/** Alarms that tell somebody in every way there is, and silent ones for which another speaks. */
export function passes(): void {
  const { queue } = watchedPair("told");
  const dimensions = { QueueName: queue.name };
  handMade("by-arn", { dimensions });
  const topic = new Topic("pagers");
  watchTopic("pagers", topic, { publishesPerDay: 10, watcher });
  handMade("by-topic", { dimensions, alarmActions: [topic.arn] });
  handMade("by-our-page", {
    dimensions,
    threshold: 600,
    alarmDescription: "Too old: https://example.com/runbooks/queue-oldest-message.md.",
    tags: { severity: "ticket", signal: "queue-oldest-message" },
  });
  const children = [600, 900, 1_800].map((threshold) =>
    handMade(`child-${threshold}`, { dimensions, threshold, ...silent }),
  );
  const [first, ...others] = children.map(({ name }) => interpolate`ALARM(${name})`);
  const nested = new CompositeAlarm("nested", {
    alarmName: "nested",
    alarmRule: interpolate`${first} AND ${others[0]}`,
  });
  handMade("literal-child", { dimensions, name: "literal-child", ...silent });
  new CompositeAlarm("spokesman", {
    alarmName: "spokesman",
    alarmRule: interpolate`(${others[1]} OR ALARM("literal-child")) AND ALARM(${nested.alarmName})`,
    ...told,
  });
  new Incidents("incidents", { book: gatheredPair("gathered"), watcher, prefix: "rules" });
}

/** Each alarm leaves its reader with another question. */
export function fails(): void {
  const { queue } = watchedPair("untold");
  const dimensions = { QueueName: queue.name };
  handMade("mute", { dimensions, alarmActions: undefined }); // wrong: no action
  handMade("switched-off", { dimensions, actionsEnabled: false }); // wrong
  handMade("to-a-queue", { dimensions, alarmActions: [queue.arn] }); // wrong: a queue is no topic
  handMade("to-a-reboot", { dimensions, alarmActions: ["arn:aws:automate:eu-central-1:ec2:reboot"] }); // wrong: tells nobody
  handMade("mute-child", { dimensions, name: "mute-child", ...silent }); // wrong: its composite is mute too
  new CompositeAlarm("mute-parent", { alarmName: "mute-parent", alarmRule: 'ALARM("mute-child")' }); // wrong: no action, no words
  gatheredPair("forgotten"); // wrong: no incidents are made of it
  handMade("no-severity", { dimensions, tags: { signal: "orders" } }); // wrong
  handMade("odd-severity", { dimensions, tags: { severity: "critical", signal: "orders" } }); // wrong: not a word of this project
  handMade("no-signal", { dimensions, tags: { severity: "page" } }); // wrong
  handMade("no-words", { dimensions, alarmDescription: undefined }); // wrong
  handMade("no-link", { dimensions, alarmDescription: "Orders wait." }); // wrong
  handMade("other-page", {
    dimensions,
    alarmDescription: "See https://example.com/runbooks/queue-in-flight.md", // wrong: another signal's page
    tags: { severity: "page", signal: "queue-oldest-message" },
  });
}
