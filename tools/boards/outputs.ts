import { z } from "zod";

/** What a stack tells of its Grafana workspace, in its outputs. */
const grafana = z.object({
  workspace: z.string().regex(/^g-[0-9a-f]+$/),
  url: z.string().regex(/^https:\/\/[^\s/]+$/),
  serviceAccount: z.string().min(1),
  region: z.string().min(1),
  /** Where the stack has Loki: the secret by which boards log in to it. */
  logs: z.object({ secretArn: z.string().min(1) }).optional(),
});

/** Where boards are written, and by whom. */
export type Target = z.infer<typeof grafana>;

/**
 * Reads the outputs of a stack, as `pulumi stack output --json` writes them.
 * @throws Error with one line where there is no workspace
 */
export function targetOf(stack: string, outputs: unknown): Target {
  const given = z.object({ grafana: z.unknown() }).safeParse(outputs).data?.grafana;
  if (given === undefined)
    throw new Error(
      `stack ${stack} has no Grafana workspace: set vigia:grafana.enabled in Pulumi.${stack}.yaml, and deploy`,
    );
  const read = grafana.safeParse(given);
  if (read.success) return read.data;
  const what = read.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new Error(
    `stack ${stack} was deployed by another version of this project: grafana.${what} of its outputs is not what it should be; deploy it again`,
  );
}
