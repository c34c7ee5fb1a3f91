/** A stack's state, as `pulumi stack export` writes it. Secrets in it stay encrypted: nothing here needs one. */
import { z } from "zod";

const values = z.record(z.string(), z.unknown());

const exported = z.object({
  deployment: z.object({
    manifest: z.object({ time: z.string() }).optional(),
    // Absent, or null, where nothing was ever deployed.
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          id: z.string().optional(),
          inputs: values.default({}),
          outputs: values.default({}),
          /** It was replaced, and waits to be deleted. */
          delete: z.boolean().optional(),
          created: z.string().optional(),
        }),
      )
      .nullish(),
  }),
});

/** A resource of a state. */
export interface StateResource {
  readonly name: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** When it was made, in milliseconds; absent where an older engine wrote the state. */
  readonly created?: number;
}

/** What a state holds. */
export interface State {
  /** When it was last written. */
  readonly written?: string;
  readonly resources: readonly StateResource[];
}

/**
 * Reads a state.
 * @throws Error with one line: what is wrong with it, and the way out
 */
export function readState(stack: string, text: string, from: string): State {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${from} is not JSON (${error instanceof Error ? error.message : error}): write it with \`pulumi stack export\``,
    );
  }
  const { success, data } = exported.safeParse(content);
  if (!success)
    throw new Error(`${from} is no state of a stack: write it with \`pulumi stack export --stack ${stack}\``);
  const { manifest, resources } = data.deployment;
  const kept = (resources ?? []).filter((resource) => resource.delete !== true);
  const own = kept[0]?.urn.split("::")[0]?.split(":").pop();
  if (own !== undefined && own !== stack) throw new Error(`${from} is the state of stack ${own}, not of ${stack}`);
  if (!kept.some(({ id }) => id !== undefined))
    throw new Error(
      `stack ${stack} has no resources: it was never deployed, or was destroyed; deploy it with \`pulumi up --stack ${stack}\``,
    );
  return {
    ...(manifest && { written: manifest.time }),
    resources: kept.map(({ urn, type, id = "", inputs, outputs, created }) => {
      const made = created === undefined ? Number.NaN : Date.parse(created);
      return { name: urn.split("::").pop() ?? urn, type, id, inputs, outputs, ...(made > 0 && { created: made }) };
    }),
  };
}
