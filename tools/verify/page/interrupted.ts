/** A process that waits for test alarms until a signal comes, for a test. How the pretended AWS is reached is its argument. */
import { awsOf } from "../aws";
import { deployedOf } from "../deployed";
import { readState } from "../state";
import { stateText } from "../verify.fixtures";
import { page } from "./page";

const deployed = deployedOf("dev", readState("dev", stateText(), "the fixture"));
const aws = awsOf(deployed.region, JSON.parse(process.argv[2] ?? "{}"));
const test = { stack: "dev", token: "0a1b2c3d", caller: "nina", now: Date.now };
const tell = (line: string) => void process.stdout.write(`${line}\n`);
page(aws, deployed, { test, tell, settle: 0 }).catch(() => undefined);
