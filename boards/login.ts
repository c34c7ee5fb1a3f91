import { z } from "zod";

const login = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** How boards log in to Loki. */
export type Login = z.infer<typeof login>;

/** Where the program finds it, as JSON: `npm run boards` reads it from its secret and hands it on. */
export const loginVariable = "VIGIA_LOGS_LOGIN";

/**
 * Reads a login as its secret holds it.
 * @param where it was found, for a person
 * @throws Error with one line, in which nothing of it stands
 */
export function readLogin(text: string, where: string): Login {
  try {
    return login.parse(JSON.parse(text));
  } catch {
    throw new Error(`${where} is no JSON with username and password`);
  }
}

/**
 * The login in the environment.
 * @throws Error with the way out where there is none
 */
export function loginOf(environment: Readonly<Record<string, string | undefined>>): Login {
  const text = environment[loginVariable];
  if (text === undefined)
    throw new Error(
      `the stack has Loki, and ${loginVariable} is not set: run \`npm run boards -- <stack>\`, which reads it from its secret`,
    );
  return readLogin(text, loginVariable);
}
