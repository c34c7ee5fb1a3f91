import type { Dashboard as Json } from "@grafana/grafana-foundation-sdk/dashboard";
import { Dashboard } from "@pulumiverse/grafana/oss/dashboard.js";
import { Folder } from "@pulumiverse/grafana/oss/folder.js";
import { boardOf } from "../infra/signal/board";
import { catalogue } from "../infra/signal/catalogue";
import { homeBoard } from "./home";
import type { Login } from "./login";
import { marked } from "./marks";
import { requestsBoard, serviceBoard } from "./service";
import type { Shown } from "./shown";
import { dataSources } from "./sources";

/** The boards of a stack by folder, from the highest to the lowest: the whole, each service, each kind of thing. */
export function boardsOf(shown: Shown): readonly (readonly [folder: string, title: string, boards: readonly Json[]])[] {
  const { services, region, runbooks, logs } = shown.grafana;
  const withLogs = logs !== undefined;
  const names = Object.keys(services);
  const ofServices = Object.entries(services).map(([name, service]) =>
    serviceBoard(name, service, { region, runbooks, withLogs }),
  );
  const ofKinds = catalogue.kinds.map((kind) => marked(boardOf(kind, { runbooks }), names));
  return [
    ["vigia", "Vigia", [homeBoard(shown), ...(withLogs ? [requestsBoard(names)] : [])]],
    ["vigia-services", "Vigia: services", ofServices],
    ["vigia-kinds", "Vigia: kinds", ofKinds],
  ];
}

/**
 * Registers data sources, folders and boards. By the default provider, which has address and token from the environment of the engine: an explicit one would
 * write both into the state.
 * @param reader how boards log in to Loki, where the stack has it
 */
export function publish(shown: Shown, reader?: Login): void {
  const sources = dataSources(shown, reader);
  for (const [uid, title, boards] of boardsOf(shown)) {
    const folder = new Folder(uid, { uid, title });
    for (const board of boards) {
      if (!board.uid)
        throw new TypeError(`board "${board.title}" has no uid: its address would change with each update`);
      new Dashboard(
        board.uid,
        // Boards are code: what somebody saved under the same id is replaced.
        { folder: folder.uid, configJson: JSON.stringify(board), overwrite: true },
        { dependsOn: [...sources] },
      );
    }
  }
}
