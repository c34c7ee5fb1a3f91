import { type BrokerSize, limitsOf, unknownLimits } from "./sizes";

/** The size at which limits are proven: a cluster of three mq.m7g.large, read by a scraper, in which a message may wait ten minutes. */
export const exampleSize: BrokerSize = {
  nodes: 3,
  limits: limitsOf("mq.m7g.large", "cluster") ?? unknownLimits,
  connections: 300,
  oldestMessage: 600,
  scraped: true,
};
