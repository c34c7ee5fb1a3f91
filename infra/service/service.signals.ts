import { serviceAvailabilitySignals } from "./service.availability.signals";
import { serviceBusinessSignals } from "./service.business.signals";
import { serviceLoadSignals } from "./service.load.signals";
import { serviceRequestSignals } from "./service.request.signals";

/** What is watched of a service: whether it is there, answers, has room, and brings what the business expects. */
export const serviceSignals = {
  ...serviceAvailabilitySignals,
  ...serviceRequestSignals,
  ...serviceLoadSignals,
  ...serviceBusinessSignals,
};
