import { defineKind } from "../signal/kind";
import { type GatewayObjectiveSize, type GatewayObjectiveSubject, gatewayObjectiveSignals } from "./gateway.signals";

/** Objectives of HTTP APIs as the catalogue knows them: promised of an API, which another kind knows. */
export const gatewayObjectiveKind = defineKind<"http", GatewayObjectiveSubject, GatewayObjectiveSize>({
  name: "gateway-objective",
  types: [],
  signals: gatewayObjectiveSignals,
  nameOf: {},
  roleOf: () => "http",
  sizeOf: () => ({ answered: 99 }),
  costs: () => [],
});
