import { z } from "zod";

const address = z.string().regex(/^https:\/\/\S+$/);

/** A service, and what it waits for. */
const service = z.object({
  /** Share of requests in percent that is promised to be answered. */
  availability: z.number().gt(0).lt(100),
  /** Name of its objective, where it has one: what is left of its budgets is recorded under it. */
  objective: z.string().min(1).optional(),
  /** Names of the queues that it reads, as SQS knows them. */
  queues: z.array(z.string().min(1)).optional(),
  /** Identifier of its database, as RDS knows it. */
  database: z.string().min(1).optional(),
});

/** What there is to show of a service. */
export type ShownService = z.infer<typeof service>;

/** What a stack of vigia tells of what there is to show, in its outputs. */
const shown = z.object({
  /** Address of the Prometheus workspace, with a slash at the end. */
  prometheus: z.string().regex(/^https:\/\/\S+\/$/),
  paging: z.object({ page: z.string().regex(/^arn:aws:sns:/), ticket: z.string().regex(/^arn:aws:sns:/) }),
  grafana: z.object({
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    /** Where the runbook pages lie, without a slash at the end. */
    runbooks: address,
    /** By name. Each is a board of its own. */
    services: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), service),
    /** Loki, where the stack has one: its address, and the secret in Secrets Manager with the login of boards as JSON (username, password). */
    logs: z.object({ url: address, secretArn: z.string().regex(/^arn:aws:secretsmanager:/) }).optional(),
  }),
});

/** What there is to show of a stack. */
export type Shown = z.infer<typeof shown>;

/**
 * Reads the outputs of a stack.
 * @throws Error with one line where they are of another version of the project
 */
export function shownOf(stack: string, outputs: unknown): Shown {
  const read = shown.safeParse(outputs);
  if (read.success) return read.data;
  const what = read.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new Error(`the outputs of stack ${stack} lack ${what}, or have it in another form: deploy it again`);
}
