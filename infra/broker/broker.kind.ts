import { hoursPerMonth } from "../network/hours";
import type { GraphResource } from "../signal/graph";
import { type Cost, defineKind } from "../signal/kind";
import type { PriceKey } from "../signal/prices";
import { type BrokerRole, brokerSignals } from "./broker.signals";
import { type BrokerMode, type BrokerSize, limitsOf, nodesOf, unknownLimits } from "./sizes";

/** The type of a broker's resource. */
export const brokerType = "aws:mq/broker:Broker";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const engineOf = ({ known }: Pick<GraphResource, "known">): BrokerRole =>
  text(known.engineType).toLowerCase() === "activemq" ? "activemq" : "rabbitmq";
const modeOf = ({ known }: Pick<GraphResource, "known">): BrokerMode =>
  text(known.deploymentMode).toUpperCase() === "CLUSTER_MULTI_AZ" ? "cluster" : "single";

/** RabbitMQ 3 has other limits, and tells less of its nodes. */
const isOld = ({ known }: Pick<GraphResource, "known">): boolean => text(known.engineVersion).startsWith("3.");

/** Instances whose price could be read somewhere that can be cited; any other is shown as not priced. */
const priced: Readonly<Record<string, PriceKey>> = { "mq.m7g.large": "mq.m7g.large" };

/** What a broker's instances are called in the bill. */
function instances({ known, name }: GraphResource, role: BrokerRole): Cost {
  const type = text(known.hostInstanceType) || "instance type not known";
  const count = role === "rabbitmq" ? nodesOf(modeOf({ known })) : 1;
  const item = `instances of ${name} (${count} x ${type})`;
  const price = role === "rabbitmq" ? priced[type] : undefined;
  return price === undefined ? { item } : { item, price, quantity: count * hoursPerMonth };
}

/** Brokers as the catalogue knows them, ours and those of any other program. */
export const brokerKind = defineKind<BrokerRole, "broker", BrokerSize>({
  name: "broker",
  types: [brokerType],
  signals: brokerSignals,
  nameOf: { Broker: "brokerName" },
  roleOf: engineOf,
  // Nobody declared that its endpoint is read, or what is expected of it.
  sizeOf: (broker) => {
    const mode = modeOf(broker);
    return {
      nodes: nodesOf(mode),
      limits: (isOld(broker) ? undefined : limitsOf(text(broker.known.hostInstanceType), mode)) ?? unknownLimits,
      connections: 0,
      oldestMessage: 0,
      scraped: false,
    };
  },
  costs: (broker, role) => [
    instances(broker, role),
    // How much is used nobody declares.
    { item: `storage of ${broker.name}`, ...(role === "rabbitmq" && { price: "mq.storage" as const }) },
  ],
});
