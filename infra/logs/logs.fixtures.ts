import { inside, watcher } from "../cluster/inside.fixtures";
import { place } from "../kit/recorder";
import type { LogsArgs } from "./logs.args";

/** A place for logs of tests. Made inside a recording, for its provider is a resource. */
export const usual = (given: Partial<LogsArgs> = {}): LogsArgs => ({
  ...place,
  ...inside(),
  network: "10.0.0.0/16",
  vpcId: "vpc-1",
  subnets: ["subnet-a", "subnet-b", "subnet-c"],
  securityGroups: ["sg-logs"],
  address: "logs.internal.example.com",
  certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
  accessLogs: { bucket: "access-logs" },
  perDay: "5 GiB",
  watcher,
  ...given,
});
