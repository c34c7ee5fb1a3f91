import { natConnectionSignals } from "./nat.connection.signals";
import { natLoadSignals } from "./nat.load.signals";

/**
 * What is watched of a NAT gateway ("Monitor NAT gateways with Amazon CloudWatch" and "NAT gateway basics", VPC User Guide, 2026-11). AWS recommends a quarter
 * of an hour for port allocation; a partner that cannot be called costs orders meanwhile, so here three minutes of five are enough. It publishes no latency.
 */
export const natSignals = { ...natConnectionSignals, ...natLoadSignals };
