/** Why AWS could not be asked: in one kind for a script, and one text for a person. */

export type TroubleKind = "credentials" | "denied" | "throttled" | "unreachable" | "gone" | "other";

/** A call that failed. The message says what, where, and the way out. */
export class Trouble extends Error {
  override readonly name = "Trouble";
  constructor(
    readonly kind: TroubleKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface Row {
  readonly kind: TroubleKind;
  /** Names that services give it: each protocol has its own. */
  readonly names: RegExp;
  readonly says: (action: string, message: string) => string;
}

const rows: readonly Row[] = [
  {
    kind: "credentials",
    names: /^(CredentialsProviderError|CredentialsError|TokenProviderError|ProviderError)$/,
    says: (_, message) =>
      `there are no AWS credentials (${message}): log in, as with \`aws sso login\`, and set AWS_PROFILE`,
  },
  {
    kind: "credentials",
    names:
      /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|AuthFailure|MissingAuthenticationToken|InvalidToken)(Exception)?$/,
    says: (_, message) => `AWS refuses the credentials (${message}): log in again, as with \`aws sso login\``,
  },
  {
    kind: "throttled",
    names: /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|RequestThrottled)/,
    says: (action) => `AWS throttles ${action}, and did so at every try: run it again in a few minutes`,
  },
  {
    kind: "denied",
    names: /^(AccessDenied|AuthorizationError|NotAuthorized|UnauthorizedOperation|Forbidden)/,
    says: (action, message) =>
      `these credentials may not ${deniedIn(message) ?? action}: allow it (docs/verify.md has the policy)`,
  },
  {
    kind: "gone",
    names: /(NotFound|NonExistent|DoesNotExist)/,
    says: (action, message) => `what ${action} asks for is not there (${message}): deploy the stack again, it makes it`,
  },
];

/** The action that AWS's own words name. */
const deniedIn = (message: string): string | undefined =>
  /not authorized to perform:? ([a-z0-9-]+:\w+)/.exec(message)?.[1];

const network =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|UND_ERR_.*|CERT_.*|.*_CERT.*)$/;

const textOf = (value: unknown, key: string): string | undefined => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "string" ? found : undefined;
};

function networkWords(error: unknown): string | undefined {
  const chain = [error, error instanceof Error ? error.cause : undefined];
  for (const one of chain) {
    const code = textOf(one, "code");
    if (code !== undefined && network.test(code)) return one instanceof Error && one.message ? one.message : code;
  }
  const name = textOf(error, "name");
  return name === "TimeoutError" || name === "AbortError" ? "no answer in time" : undefined;
}

/** @param action as IAM names it */
export function troubleOf(action: string, error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const name = textOf(error, "name") ?? "";
  const message = error instanceof Error ? error.message : String(error);
  const unreached = networkWords(error);
  if (unreached !== undefined)
    return new Trouble(
      "unreachable",
      `AWS is not reached for ${action} (${unreached}): look at the network, a proxy and the region`,
      { cause: error },
    );
  const row = rows.find(({ names }) => names.test(name));
  if (row) return new Trouble(row.kind, row.says(action, message || name), { cause: error });
  return new Trouble("other", `${action} failed: ${[name, message].filter(Boolean).join(": ")}`, { cause: error });
}

/** Asks AWS, and says in words why it could not be. @throws Trouble */
export async function ask<Answer>(action: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw troubleOf(action, error);
  }
}
