import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { type ApiRole, type ApiSize, type ApiSubject, apiSignals } from "./api.signals";

/** APIs as the catalogue knows them, ours and those of any other program. WebSocket APIs have other metrics, and no signals here. */
export const apiKind = defineKind<ApiRole, ApiSubject, ApiSize>({
  name: "api",
  types: ["aws:apigatewayv2/api:Api"],
  signals: apiSignals,
  nameOf: {},
  roleOf: ({ known }) => (known.protocolType === "WEBSOCKET" ? "websocket" : "http"),
  sizeOf: () => ({ requestsPerDay: 0, steady: false, acceptable: 0, rate: 0 }),
  costs: ({ name }, role, size, declared) =>
    role === "http"
      ? [
          {
            item: `requests to ${name}`,
            price: "apigateway.requests.http",
            ...(declared && { quantity: (size.requestsPerDay * daysPerMonth) / 1e6 }),
          },
        ]
      : [{ item: `messages of ${name}` }],
});
