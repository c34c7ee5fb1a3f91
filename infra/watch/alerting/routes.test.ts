import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { amtool } from "../../../tools/toolchain/alertmanager";
import { addresses, fullPlan, upstream } from "./alerting.testing";
import { templateFile, templates } from "./templates";

const run = promisify(execFile);

describe("the routes of the alert manager, as amtool reads them", () => {
  let folder: string;
  let program: string;
  const file = () => join(folder, "alertmanager.yml");
  const reached = async (labels: Readonly<Record<string, string>>) => {
    const given = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    return (await run(program, ["config", "routes", "test", `--config.file=${file()}`, ...given])).stdout.trim();
  };

  before(async function () {
    this.timeout(600_000);
    program = (await amtool({ log: () => undefined })).path;
    folder = await mkdtemp(join(tmpdir(), "vigia-alertmanager-"));
    const config = upstream(fullPlan, { sns: "http://127.0.0.1:1", pagerDuty: "http://127.0.0.1:1" });
    await writeFile(file(), stringify(config));
    await writeFile(join(folder, templateFile), templates(addresses.boards));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("are a configuration that it accepts, with its templates", async () => {
    const { stdout } = await run(program, ["check-config", file()]);
    assert.match(stdout, /SUCCESS/);
    assert.match(stdout, /1 templates/);
  });

  const alert = { alertname: "A", signal: "a", kind: "database", component: "orders" };
  for (const [what, labels, receiver] of [
    ["what pages and is of no service", { ...alert, severity: "page" }, "page"],
    ["what is a ticket and of no service", { ...alert, severity: "ticket" }, "ticket"],
    ["what pages and is of a service", { ...alert, severity: "page", service: "mes" }, "page"],
    ["what is a ticket and of a service", { ...alert, severity: "ticket", service: "mes" }, "ticket"],
    ["a page of a service with somebody of its own", { ...alert, severity: "page", service: "shop" }, "page-shop"],
    [
      "a ticket of a service that has somebody only for pages",
      { ...alert, severity: "ticket", service: "shop" },
      "ticket",
    ],
    ["a ticket of a service with somebody of its own", { ...alert, severity: "ticket", service: "crm" }, "ticket-crm"],
    ["a page of a service that is muted at times", { ...alert, severity: "page", service: "crm" }, "page"],
    [
      "an alert whose severity nobody knows, which is better told than lost",
      { ...alert, severity: "critical" },
      "page",
    ],
    ["an alert without any label of ours", { alertname: "Foreign" }, "page"],
    ["the Watchdog, and nobody else", { alertname: "Watchdog", severity: "none" }, "watchdog"],
  ] as const) {
    it(`lead to ${receiver}: ${what}`, async () => assert.equal(await reached(labels), receiver));
  }
});
