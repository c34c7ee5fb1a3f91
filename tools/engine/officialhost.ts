import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPackagesResponse,
  type LanguageHandshakeRequest,
  LanguageHandshakeResponse,
  type RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

/** A stand-in for pulumi-language-nodejs, the program of the official CLI that starts a Node.js program. */
export interface OfficialHost {
  /** For the engine's environment variable PULUMI_DEBUG_LANGUAGES. */
  readonly debugLanguages: string;
  /** The command lines that it started, without the addresses. */
  readonly started: readonly (readonly string[])[];
  close(): void;
}

/** The exit code of the SDK that says: the person has been told. */
const alreadyTold = 32;

/**
 * Starts programs as the official language host does: with @pulumi/pulumi's own `cmd/run`, found from the program's folder.
 * Arguments, environment and exit codes are those of pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs/main.go, functions
 * Run, execRuntime, constructArguments and constructConfig (2026). Left out are its forwarding of the monitor, tracing and
 * the attaching of a debugger.
 */
export async function startOfficialHost(env: Readonly<Record<string, string>>): Promise<OfficialHost> {
  let engine = "";
  const started: string[][] = [];
  const server = new Server();
  server.addService(LanguageRuntimeService, {
    handshake(
      call: ServerUnaryCall<LanguageHandshakeRequest, unknown>,
      reply: sendUnaryData<LanguageHandshakeResponse>,
    ) {
      engine = call.request.getEngineAddress();
      reply(null, new LanguageHandshakeResponse());
    },
    getPluginInfo(_call: unknown, reply: sendUnaryData<PluginInfo>) {
      reply(null, new PluginInfo().setVersion("3.250.0"));
    },
    getRequiredPackages(_call: unknown, reply: sendUnaryData<GetRequiredPackagesResponse>) {
      reply(null, new GetRequiredPackagesResponse());
    },
    run({ request }: ServerUnaryCall<RunRequest, unknown>, reply: sendUnaryData<RunResponse>) {
      const command = commandOf(request, engine);
      started.push(command.args.slice(1));
      const child = spawn(process.execPath, command.args, { env: { ...env, ...command.env }, stdio: "inherit" });
      child.once("error", (error) => reply(null, new RunResponse().setError(error.message)));
      child.once("exit", (code) => {
        const response = new RunResponse();
        if (code === alreadyTold) response.setBail(true);
        else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
        reply(null, response);
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { debugLanguages: `nodejs:${port}`, started, close: () => server.forceShutdown() };
}

function commandOf(request: RunRequest, engine: string): { args: string[]; env: Record<string, string> } {
  const info = request.getInfo();
  if (!info) throw new Error("the engine sent no program");
  const options = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engine],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info.getRootDirectory()],
    ["stack", request.getStack()],
    ["pwd", info.getProgramDirectory()],
  ].flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
  const { nodeargs = "", typescript = true } = info.getOptions()?.toJavaScript() ?? {};
  const config = request.getConfigMap().getEntryList();
  return {
    args: [
      ...String(nodeargs).split(" ").filter(Boolean),
      createRequire(join(info.getProgramDirectory(), "package.json")).resolve("@pulumi/pulumi/cmd/run"),
      ...options,
      ...(request.getDryrun() ? ["--dry-run"] : []),
      "--parallel",
      String(request.getParallel()),
      info.getEntryPoint(),
      ...request.getArgsList(),
    ],
    env: {
      PULUMI_CONFIG: JSON.stringify(
        Object.fromEntries(config.map(([key, value]) => [key.replace(":", ":config:"), value])),
      ),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    },
  };
}

/**
 * Puts into a Pulumi home what starts a policy pack as the official host does (its function RunPlugin): @pulumi/pulumi's own
 * `cmd/run-policy-pack`, found from the pack's folder and run in it, with the engine's address and the absolute folder.
 */
export function installOfficialPackRunner(home: string): void {
  const folder = join(home, "plugins", "analyzer-policy-nodejs-v0.0.0");
  const file = join(folder, "pulumi-analyzer-policy-nodejs");
  mkdirSync(folder, { recursive: true });
  const find = `require.resolve('@pulumi/pulumi/cmd/run-policy-pack', { paths: [process.cwd()] })`;
  writeFileSync(file, `#!/bin/sh\nexec node "$(node -p "${find}")" "$1" "$PWD"\n`);
  chmodSync(file, 0o755);
}
