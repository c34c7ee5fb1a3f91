import { secretsManager } from "../clients";
import { type Compared, compareTopology } from "../compare";
import { declared, log, management, secretIds, variable } from "../environment";
import { bucketExports } from "../exports";
import { emitter } from "../metrics";

export const handler = (): Promise<Compared> =>
  compareTopology({
    management: management(),
    secrets: secretsManager(),
    ids: secretIds(),
    declared: declared(),
    exports: bucketExports(variable("bucket"), variable("key")),
    emit: emitter(variable("broker"), (line) => void process.stdout.write(line), Date.now),
    log,
    now: Date.now,
  });
