import { defineKind } from "../signal/kind";
import { hoursPerMonth } from "./hours";
import type { NatSize } from "./nat.metrics";
import { natSignals } from "./nat.signals";

/**
 * NAT gateways of one zone as the catalogue knows them, ours and those of any other program. A regional one publishes by zone, with a second dimension: these
 * alarms would see nothing of it.
 */
export const natKind = defineKind<"gateway", "gateway", NatSize>({
  name: "nat-gateway",
  types: ["aws:ec2/natGateway:NatGateway"],
  signals: natSignals,
  nameOf: {},
  roleOf: () => "gateway",
  sizeOf: () => ({}),
  costs: ({ name }) => [
    { item: `NAT gateway ${name}`, price: "vpc.nat.hour", quantity: hoursPerMonth },
    { item: `data through the NAT gateway ${name}`, price: "vpc.nat.data" },
  ],
});
