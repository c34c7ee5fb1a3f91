import type { Dashboard as Json } from "@grafana/grafana-foundation-sdk/dashboard";
import { Dashboard } from "@pulumiverse/grafana/oss/dashboard.js";
import { Folder } from "@pulumiverse/grafana/oss/folder.js";
import { boardOf } from "../infra/signal/board";
import { catalogue } from "../infra/signal/catalogue";
import { homeBoard } from "./home";
import { requestsBoard, serviceBoard } from "./service";
import type { Shown } from "./shown";
import { dataSources } from "./sources";

/** The boards of a stack by folder, from the highest to the lowest: the whole, each service, each kind of thing. */
export function boardsOf(shown: Shown): readonly (readonly [folder: string, title: string, boards: readonly Json[]])[] {
  const { services, runbooks, logs } = shown.grafana;
  const withLogs = logs !== undefined;
  const ofServices = Object.entries(services).map(([name, { availability }]) =>
    serviceBoard(name, availability, withLogs),
  );
  return [
    ["vigia", "Vigia", [homeBoard(shown), ...(withLogs ? [requestsBoard()] : [])]],
    ["vigia-services", "Vigia: services", ofServices],
    ["vigia-kinds", "Vigia: kinds", catalogue.kinds.map((kind) => boardOf(kind, { runbooks }))],
  ];
}

/**
 * Registers data sources, folders and boards. By the default provider, which has address and token from the environment of the engine: an explicit one would
 * write both into the state.
 */
export function publish(shown: Shown): void {
  const sources = dataSources(shown);
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
