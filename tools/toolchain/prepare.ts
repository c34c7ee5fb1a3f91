/** Finds or builds what the tests start, once and with a person watching, so that no test spends minutes on it. */
import { pulumiCli } from "./pulumi";

pulumiCli().then(
  ({ path, version, from }) => console.error(`Pulumi CLI ${version}: ${path} (${from})`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
