import { type Diagnostic, stackType, type Violation } from "./record";

/** Why a run failed. */
export type CauseKind =
  | "policy"
  | "program"
  | "resource"
  | "cli-missing"
  | "language-host-missing"
  | "language-host-too-old"
  | "pack-runner-missing"
  | "pack-failed"
  | "provider-missing"
  | "passphrase"
  | "config"
  | "no-stack"
  | "locked"
  | "login"
  | "credentials"
  | "protected"
  | "hanging"
  | "other";

/** Why a run failed, in one kind for a script and one text for a person. */
export interface Cause {
  readonly kind: CauseKind;
  /** What, where, and the way out. */
  readonly message: string;
}

interface Row {
  readonly kind: CauseKind;
  readonly pattern: RegExp;
  readonly says: (match: RegExpExecArray, stack: string) => string;
}

/** By the engine's own words, the surest first. */
const rows: readonly Row[] = [
  {
    kind: "hanging",
    pattern: /no sign of life for (\d+) s/,
    says: ([, seconds]) =>
      `the engine did nothing for ${seconds} s and was ended: the program waits for something that never comes`,
  },
  {
    kind: "cli-missing",
    pattern: /spawn \S*pulumi\S* (ENOENT|EACCES)|ENOENT: pulumi version/,
    says: () => "the Pulumi CLI could not be started: run the command again, it finds or builds one",
  },
  {
    kind: "language-host-too-old",
    pattern: /could not read plugin \[([^\]]*)\].*: not supported/,
    says: ([, plugin]) =>
      `the plugin ${plugin} is older than the engine: remove it from PATH or update it with the CLI`,
  },
  {
    kind: "language-host-missing",
    pattern: /no language plugin 'pulumi-language-(\w+)'/,
    says: ([, language]) =>
      `there is no pulumi-language-${language} beside the Pulumi CLI: install the official CLI (https://www.pulumi.com/docs/install/)`,
  },
  {
    kind: "pack-runner-missing",
    pattern:
      /built-in analyzer plugin that runs policy plugins is missing|could not start policy pack.*executable file not found/,
    says: () =>
      "there is nothing to start the policy pack with: install the official Pulumi CLI, or leave out the pack",
  },
  {
    kind: "pack-failed",
    pattern:
      /(?:failed to load policy pack|policy pack "[^"]*" failed to start|failed to load Pulumi policy project)[^\n]*/,
    says: ([words], _stack) => `the policy pack does not start: ${words}`,
  },
  {
    kind: "provider-missing",
    pattern:
      /no resource plugin '(?:pulumi-resource-)?([\w-]+)'(?: found in the workspace)?(?: or on your \$PATH)?(?: at version (\S+?))?[,\s]/,
    says: ([, name, version]) =>
      `there is no provider "${name}"${version ? ` ${version}` : ""}: the stand-in does not serve it, or \`pulumi plugin install resource ${name}\` has not been run`,
  },
  {
    kind: "passphrase",
    pattern: /incorrect passphrase|passphrase must be set/,
    says: (_match, stack) => `PULUMI_CONFIG_PASSPHRASE is not the passphrase of stack ${stack}`,
  },
  {
    kind: "no-stack",
    pattern: /no stack named '([^']+)' found/,
    says: ([, stack]) => `your Pulumi backend has no stack "${stack}": make it with \`pulumi stack init ${stack}\``,
  },
  {
    kind: "locked",
    pattern: /the stack is currently locked by|Another update is currently in progress/,
    says: (_match, stack) =>
      `another update of stack ${stack} is going on: wait for it, or end it with \`pulumi cancel\``,
  },
  {
    kind: "login",
    pattern: /PULUMI_ACCESS_TOKEN must be set|not logged in|please run `?pulumi login/i,
    says: () => "you are not logged in to a Pulumi backend: run `pulumi login` (or `pulumi login s3://...`)",
  },
  {
    kind: "credentials",
    pattern:
      /No valid credential sources|unable to validate AWS credentials|no EC2 IMDS role|ExpiredToken|InvalidClientTokenId/i,
    says: ([words]) => `AWS refuses the credentials or there are none (${words}): log in, as with \`aws sso login\``,
  },
  {
    kind: "config",
    pattern: /Missing required configuration variable '([^']+)'/,
    says: ([, key], stack) => `the setting ${key} is missing from Pulumi.${stack}.yaml`,
  },
  {
    kind: "protected",
    pattern: /resource "([^"]+)" cannot be deleted|unable to (?:delete|replace) resource "([^"]+)"/,
    says: ([, deleted, replaced]) =>
      `${deleted ?? replaced} is protected, and this would delete or replace it: unprotect it first, in the program and by an update`,
  },
];

/** What the cause of a failed run is looked for in. */
export interface Failure {
  readonly stack: string;
  /** The failed command's or exception's own words. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly violations: readonly Violation[];
}

/** An error of the engine that says no more than that there was one. */
const onlySays = /^(preview|update|refresh|destroy) failed$/;

/** The cause of a failed run, from its events first and its text second. */
export function causeOf({ stack, text, diagnostics, violations }: Failure): Cause {
  const errors = diagnostics.filter(({ severity, message }) => severity === "error" && !onlySays.test(message));
  const all = [...errors.map(({ message }) => message), text].join("\n");
  for (const { kind, pattern, says } of rows) {
    const match = pattern.exec(all);
    if (!match) continue;
    // What a pack said before it ended is on its standard error only.
    const said = kind === "pack-failed" ? diagnostics.find(({ message }) => /^\w*Error: /.test(message)) : undefined;
    return { kind, message: [says(match, stack), said?.message].filter(Boolean).join(": ") };
  }
  const program = errors.find(({ urn }) => urn === undefined || urn.split("::")[2] === stackType);
  const resource = errors.find((error) => error !== program && error.urn !== undefined);
  if (resource?.urn)
    return { kind: "resource", message: `${resource.urn.split("::").slice(2).join("::")}: ${resource.message}` };
  if (program) return { kind: "program", message: ownFrames(program.message) };
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  if (mandatory.length > 0) {
    const rules = [...new Set(mandatory.map(({ policy }) => policy))].join(", ");
    return { kind: "policy", message: `${mandatory.length} × a mandatory rule is broken (${rules})` };
  }
  return { kind: "other", message: text.trim() };
}

/** An error's text without the frames of packages and of Node: what remains is the project's. */
const ownFrames = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !/^\s+at .*(node_modules\/|node:)/.test(line))
    .join("\n");
