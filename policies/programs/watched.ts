import { Table } from "@pulumi/aws/dynamodb/table.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { Queue, watchQueue } from "../../infra/queue/queue";
import { expected, handMade, pair, standsFor } from "./parts";

/** Everything is watched: by a component, by watchQueue, by hand, or off with a reason. */
export function passes(): void {
  new Queue("orders", expected);
  new Queue("invoices", { ...expected, changes: { "queue-in-flight": { off: "one consumer at a time" } } });
  const existing = pair("existing");
  watchQueue("existing", existing.queue, { ...expected, deadLetters: existing.deadLetters });
  new Role("reader", { assumeRolePolicy: "{}" });
  new Key("own", {});
}

/** Each queue lacks something else. */
export function fails(): void {
  const unwatched = pair("unwatched");
  watchQueue("unwatched", unwatched.queue, expected); // wrong: its dead-letter queue has no alarm
  const misspelt = new SqsQueue("misspelt", { name: "misspelt" });
  handMade("misspelt-age", { metricName: "ApproximateAgeOfOldestMesage", dimensions: { QueueName: misspelt.name } }); // wrong: no such metric
  const literal = new SqsQueue("literal", { name: "literal-orders" });
  handMade("literal-age", { dimensions: { QueueName: "literal-orders" }, ...standsFor("queue-oldest-message") });
  const inFlight = {
    ...standsFor("queue-in-flight"),
    metricName: "ApproximateNumberOfMessagesNotVisible",
    threshold: 100_000,
  };
  handMade("literal-in-flight", { ...inFlight, dimensions: { QueueName: "literal-order" } }); // wrong: another queue's name
  const waiting = { metricName: "ApproximateNumberOfMessagesVisible", threshold: 5_000 };
  handMade("literal-backlog", { ...waiting, dimensions: { QueueName: literal.name } }); // wrong: another signal
  new Table("carts", { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" }); // wrong: unknown to the catalogue
}
