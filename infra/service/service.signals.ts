import { serviceAvailabilitySignals } from "./service.availability.signals";
import { serviceBusinessSignals } from "./service.business.signals";
import { serviceLoadSignals } from "./service.load.signals";
import { serviceRequestSignals } from "./service.request.signals";
import { serviceRoomSignals } from "./service.room.signals";

/** What is watched of a service: whether it is there, answers, has room, and brings what the business expects. */
export const serviceSignals = {
  ...serviceAvailabilitySignals,
  ...serviceRequestSignals,
  ...serviceRoomSignals,
  ...serviceLoadSignals,
  ...serviceBusinessSignals,
};
