import { defineKind } from "../signal/kind";
import { type EndpointRole, type EndpointSize, endpointSignals } from "./endpoint.signals";
import { hoursPerMonth } from "./hours";

const count = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Endpoints as the catalogue knows them, ours and those of any other program. Without a type it is a gateway endpoint, which publishes nothing and is free. */
export const endpointKind = defineKind<EndpointRole, "vpc" | "endpoint" | "type" | "service", EndpointSize>({
  name: "vpc-endpoint",
  types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
  signals: endpointSignals,
  nameOf: {},
  roleOf: ({ known }) =>
    known.vpcEndpointType === undefined || known.vpcEndpointType === "Gateway" ? "gateway" : "interface",
  sizeOf: ({ known }) => ({ zones: count(known.subnetIds) }),
  costs: ({ name }, role, { zones }) =>
    role === "gateway"
      ? []
      : [
          {
            item: `endpoint ${name}`,
            price: "vpc.endpoint.hour",
            ...(zones > 0 && { quantity: zones * hoursPerMonth }),
          },
          { item: `data through the endpoint ${name}`, price: "vpc.endpoint.data" },
        ],
});
