/** What the compared programs have in common. */

/** Account and region of all that they register. */
export const place = { account: "123456789012", region: "eu-central-1" } as const;

const topic = (name: string) => `arn:aws:sns:${place.region}:${place.account}:${name}`;

/** Who is told, by severity. */
export const topics = { page: topic("page"), ticket: topic("ticket") } as const;

/** Address of the runbook pages. */
export const runbooks = "https://github.com/example/vigia/blob/main/generated/runbooks";

/** The names of the queues: each has its dead-letter queue and three alarms. */
export const queueNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `queue-${at + 1}`);
