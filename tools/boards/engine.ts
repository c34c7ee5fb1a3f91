import { createRequire } from "node:module";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import {
  type InlineProgramArgs,
  LocalWorkspace,
  type LocalWorkspaceOptions,
} from "@pulumi/pulumi/automation/localWorkspace";
import type { Stack } from "@pulumi/pulumi/automation/stack";
import { loginVariable, type Login as Reader } from "../../boards/login";
import { root } from "../build.cjs";
import { CommandFailed, runner } from "../engine/command";
import { pulumiCli } from "../toolchain/pulumi";

/** How to get in. */
export interface Login {
  /** What the Grafana provider reads of its environment: nothing of it is written anywhere. */
  readonly url: string;
  readonly key: string;
  /** What Grafana logs in to Loki with: it is kept in Grafana, and encrypted in the state. */
  readonly reader?: Reader;
}

/** The Pulumi of the user: backend, login and plugins are theirs. */
export interface Engine {
  /** Outputs of a stack of this project. */
  outputs(stack: string): Promise<unknown>;
  /** Writes the boards of a stack, or shows what would change. */
  publish(stack: string, login: Login, preview: boolean, out: (text: string) => void): Promise<void>;
}

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** By the entry that the official CLI takes: compiled when it is called. */
const programWith =
  (reader: Reader | undefined): PulumiFn =>
  () =>
    createRequire(join(root, "package.json"))("./boards/main.cjs")(
      reader ? { [loginVariable]: JSON.stringify(reader) } : {},
    );

/** The stack, which the first run makes. The API's own way to do so knows only the failures of its own runner. */
async function opened(args: InlineProgramArgs, options: LocalWorkspaceOptions): Promise<Stack> {
  try {
    return await LocalWorkspace.selectStack(args, options);
  } catch (error) {
    if (!(error instanceof CommandFailed && error.stderr.includes("no stack named"))) throw error;
    return LocalWorkspace.createStack(args, options);
  }
}

/**
 * Finds the Pulumi CLI.
 * @param log takes one line for a person, while that takes minutes
 * @param folder of the Pulumi.yaml of the boards, where the settings of their stacks are written
 */
export async function userEngine(log: (line: string) => void, folder = join(root, "boards")): Promise<Engine> {
  const cli = await pulumiCli({ log });
  const withEnvironment = (env: Readonly<Record<string, string>>) => runner({ cli, env, onSignal: "let it end" });
  return {
    async outputs(stack) {
      const pulumi = withEnvironment(ownEnvironment());
      const { stdout } = await pulumi.run(["stack", "output", "--json", "--stack", stack], root, {});
      return JSON.parse(stdout);
    },
    async publish(stack, { url, key, reader }, preview, out) {
      const env = { ...ownEnvironment(), GRAFANA_URL: url, GRAFANA_AUTH: key };
      const made = await opened(
        { stackName: stack, projectName: "vigia-boards", program: programWith(reader) },
        { workDir: folder, pulumiCommand: withEnvironment(env) },
      );
      const options = { onOutput: out, color: "never" } as const;
      if (preview) await made.preview(options);
      // Somebody may have changed a board by hand: what is written is what the sources say.
      else await made.up({ ...options, refresh: true });
    },
  };
}
