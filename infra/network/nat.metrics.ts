import { cloudwatch } from "../signal/signal";

/** A gateway's limits are AWS's own, whatever its size. */
export type NatSize = Readonly<Record<string, never>>;

/** Without limits that follow a size, any proves. */
export const example: NatSize = {};

/** How many, or how much, in a period. */
export const sum = (name: string) => cloudwatch("AWS/NATGateway", name, "Sum", { NatGatewayId: "gateway" });
/** The highest of a period. */
export const most = (name: string) => cloudwatch("AWS/NATGateway", name, "Maximum", { NatGatewayId: "gateway" });
