/**
 * What an objective makes of the alarms that know a moment only. The page is the objective's: it wakes nobody for a blip that the budget can bear, is as quick where all
 * fails, and knows what no moment shows, a little failing for long. The alarms of the moment stay, as tickets, for what they tell by day.
 */
import type { GatewayChanges } from "../gateway/gateway.signals";
import type { ServiceExpectations } from "../service/service.args";

/** Changes of a service that has an objective. */
export const insteadOfService = {
  "service-errors": { severity: "ticket" },
  "service-slow": { severity: "ticket" },
} as const satisfies ServiceExpectations["changes"];

/**
 * Changes of a gateway that has an objective: services have theirs, so that whatever fails or is slow is somebody's page. What is slow between gateway and pod only is
 * worked on by day.
 */
export const insteadOfGateway = {
  "api-errors": { severity: "ticket" },
  "api-slow": { severity: "ticket" },
} as const satisfies GatewayChanges;
