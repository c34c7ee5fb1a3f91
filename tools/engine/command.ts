import { type ChildProcess, spawn } from "node:child_process";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import type { FoundTool } from "../toolchain/gotool";
import { sdkVersion } from "../toolchain/version";
import { holdSignals, undoAtEnd } from "./cleanup";

/** A Pulumi command that ended badly. */
export class CommandFailed extends Error {
  constructor(
    readonly args: readonly string[],
    readonly exitCode: number,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`pulumi ${args[0]} ended with code ${exitCode}: ${stderr.trim() || stdout.trim()}`);
    this.name = "CommandFailed";
  }
}

/** What a command wrote. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface RunnerOptions {
  readonly cli: Pick<FoundTool, "path" | "version">;
  /** The whole environment: that of this process is not added. */
  readonly env: Readonly<Record<string, string>>;
  /** After how many milliseconds without a sign of life a command is ended as hanging; never where absent. */
  readonly idleLimit?: number;
  /** What a signal to this process does to a command: end it at once (its state is thrown away), or let it write its state. */
  readonly onSignal: "end it" | "let it end";
  /** Answers a command instead of running it; undefined for those to run. */
  readonly answer?: (args: readonly string[]) => string | undefined;
}

/** What the Automation API runs commands with. `run` is a part of its contract that the SDK's types leave out. */
export interface Runner extends PulumiCommand {
  run(
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
  ): Promise<CommandOutput>;
  /** Says that the running command lives. Its output does not: the CLI prints dots while it waits. */
  alive(): void;
}

/**
 * Runs the CLI for the Automation API. The API's own runner adds the whole environment of this process to each command, and
 * with it the user's Pulumi login, backend and token; this one adds nothing.
 */
export function runner({ cli, env: own, idleLimit, onSignal, answer }: RunnerOptions): Runner {
  let lastSign = Date.now();
  const alive = () => {
    lastSign = Date.now();
  };
  return {
    command: cli.path,
    version: sdkVersion(cli.version),
    alive,
    async run(args, cwd, env, onOutput) {
      const answered = answer?.(args);
      if (answered !== undefined) return { stdout: answered, stderr: "", code: 0 };
      alive();
      const child = spawn(cli.path, [...args, "--non-interactive"], {
        cwd,
        env: { ...own, ...env, PULUMI_AUTOMATION_API: "true" },
        stdio: ["ignore", "pipe", "pipe"],
        // A group of its own: it gets the terminal's Ctrl-C from us only, and it ends with all that it has started.
        detached: true,
      });
      const release =
        onSignal === "end it" ? undoAtEnd(() => killGroup(child)) : holdSignals((signal) => void child.kill(signal));
      let hung = false;
      const watch = setInterval(() => {
        if (idleLimit === undefined || Date.now() - lastSign < idleLimit) return;
        hung = true;
        killGroup(child);
      }, 1_000);
      try {
        const output = await ended(child, onOutput);
        if (output.code === 0) return output;
        const note = hung ? `\nno sign of life for ${(idleLimit ?? 0) / 1000} s: ended` : "";
        throw new CommandFailed(args, output.code, output.stdout, `${output.stderr}${note}`);
      } finally {
        clearInterval(watch);
        release();
      }
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

function ended(child: ChildProcess, onOutput?: (text: string) => void): Promise<CommandOutput> {
  return new Promise((resolve, reject) => {
    const text = { stdout: "", stderr: "" };
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text.stdout += part;
      onOutput?.(part);
    });
    child.stderr?.setEncoding("utf8").on("data", (part: string) => {
      text.stderr += part;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...text, code: code ?? -1 }));
  });
}
