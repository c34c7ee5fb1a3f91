import * as grpc from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Provider } from "./provider";

/** A provider that the engine can reach. */
export interface Served {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends all connections at once, so that the process can end. */
  close(): void;
}

/** A handler for one method; what it throws becomes the call's error. The engine opens a connection for each instance of a provider. */
function unary<Request, Response>(
  handle: (request: Request, connection: string) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request, call.getPeer()))
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          callback({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
        },
      );
  };
}

/** As the SDK serves a provider: deployments may hold large values. */
const maxMessageBytes = 400 * 1024 * 1024;

/**
 * Serves a provider on a free port of 127.0.0.1.
 * @throws when no port can be had.
 */
export async function serve(provider: Provider): Promise<Served> {
  let engine = "";
  const server = new grpc.Server({ "grpc.max_receive_message_length": maxMessageBytes });
  server.addService(ResourceProviderService, {
    attach: unary((request: PluginAttach) => {
      engine = request.getAddress();
      return new Empty();
    }),
    cancel: unary(() => new Empty()),
    check: unary(provider.check.bind(provider)),
    checkConfig: unary(provider.checkConfig.bind(provider)),
    configure: unary(provider.configure.bind(provider)),
    construct: unary(async (request: ConstructRequest) => {
      // Loaded when needed: a component brings its SDK along.
      const { construct } = require("./construct") as typeof import("./construct");
      return construct(request, engine);
    }),
    create: unary(provider.create.bind(provider)),
    delete: unary(provider.delete.bind(provider)),
    diff: unary(provider.diff.bind(provider)),
    diffConfig: unary(provider.diffConfig.bind(provider)),
    getPluginInfo: unary(provider.getPluginInfo.bind(provider)),
    getSchema: unary(provider.getSchema.bind(provider)),
    handshake: unary(provider.handshake.bind(provider)),
    invoke: unary(provider.invoke.bind(provider)),
    read: unary(provider.read.bind(provider)),
    update: unary(provider.update.bind(provider)),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}
