import assert from "node:assert/strict";
import { watcher } from "../cluster/inside.fixtures";
import { record } from "../kit/recorder";
import { Logs } from "./logs";
import type { LogsArgs } from "./logs.args";
import { usual } from "./logs.fixtures";

const made = (given: Partial<LogsArgs>) => record(() => new Logs("logs", usual(given)));

describe("the arguments of a place for logs", () => {
  it("say all that is wrong at once, before anything is made", async () => {
    const wrong: Partial<LogsArgs> = {
      perDay: "30 GiB",
      retention: "36 hours",
      chartVersion: "latest",
      address: "https://logs",
      shippers: "logs",
      securityGroups: [],
      memory: 512,
      disk: 1,
      network: "all",
      errorLines: 0,
      slowQuery: "5 minutes",
      watcher: { ...watcher, prometheus: undefined } as unknown as LogsArgs["watcher"],
      changes: { "logs-silent": { off: " " } },
    };
    await assert.rejects(made(wrong), (error: Error) => {
      for (const part of [
        "perDay must be above nothing and at most 20 GiB",
        "retention must be whole days",
        'chartVersion must be a whole version, written like "12.0.1"',
        "address must be a name like",
        "shippers must be another namespace",
        "securityGroups must name a group",
        "memory must be 1536 MiB",
        "disk must be 10 GiB",
        "network must be written like",
        "errorLines must be",
        "slowQuery must be",
        "its watcher needs the workspace",
        '"logs-silent" is off without a reason',
      ])
        assert.ok(error.message.includes(part), `${part}\n${error.message}`);
      return true;
    });
  });
});
