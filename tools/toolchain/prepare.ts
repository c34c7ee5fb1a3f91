/** Finds or builds what the tests start, once and with a person watching, so that no test spends minutes on it. */
import { amtool } from "./alertmanager";
import { promtool } from "./promtool";
import { pulumiCli } from "./pulumi";

async function prepare(): Promise<void> {
  for (const [name, find] of Object.entries({ "Pulumi CLI": pulumiCli, promtool, amtool })) {
    const { path, version, from } = await find();
    console.error(`${name} ${version}: ${path} (${from})`);
  }
}

prepare().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
