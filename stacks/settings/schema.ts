import { z } from "zod";
import { brokerSection } from "./broker";
import { bucketsSection } from "./buckets";
import { clusterSection } from "./cluster";
import { collectorSection } from "./collector";
import { databasesSection } from "./databases";
import { gatewaySection } from "./gateway";
import { accountSection, budgetSection, ownerSection, runbooksSection } from "./general";
import { grafanaSection } from "./grafana";
import { kafkaSection } from "./kafka";
import { logsSection } from "./logs";
import { maintenanceSection } from "./maintenance";
import { networkSection } from "./network";
import { objectivesSection } from "./objectives";
import { pagingSection } from "./paging";
import { prometheusSection } from "./prometheus";
import { queuesSection } from "./queues";
import { recoverySection } from "./recovery";
import { replaceableSection } from "./replaceable";
import type { Section } from "./section";
import { servicesSection } from "./services";
import { topicsSection } from "./topics";
import { topologySection } from "./topology";

/** The sections of the project's namespace. A layer adds its own here. */
export const sections = {
  account: accountSection,
  owner: ownerSection,
  runbooks: runbooksSection,
  network: networkSection,
  queues: queuesSection,
  topics: topicsSection,
  broker: brokerSection,
  topology: topologySection,
  kafka: kafkaSection,
  databases: databasesSection,
  cluster: clusterSection,
  collector: collectorSection,
  logs: logsSection,
  buckets: bucketsSection,
  recovery: recoverySection,
  gateway: gatewaySection,
  services: servicesSection,
  objectives: objectivesSection,
  paging: pagingSection,
  maintenance: maintenanceSection,
  prometheus: prometheusSection,
  grafana: grafanaSection,
  replaceable: replaceableSection,
  budget: budgetSection,
};

type Sections = typeof sections;
/** The values of all sections. */
export type Sectioned = {
  readonly [Key in keyof Sections]: Sections[Key] extends Section<infer Value> ? Value : never;
};

const shape = Object.fromEntries(Object.entries(sections).map(([key, { schema }]) => [key, schema]));

/** The settings of the project's namespace. */
export const schema = z.strictObject(shape as unknown as { [Key in keyof Sections]: Sections[Key]["schema"] });

/** What holds where a stack says nothing; undefined where it must say something. A stack's settings are merged over it. */
export const defaults: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(sections).map(([key, { defaults }]) => [key, defaults]),
);

/** The keys that a mapping may have at a path of the settings; undefined where it may have any, or is none. */
export function keysAt(path: readonly PropertyKey[], from: z.core.$ZodType = schema): string[] | undefined {
  if (from instanceof z.ZodOptional) return keysAt(path, from.unwrap());
  if (from instanceof z.ZodPipe) return keysAt(path, from.in);
  const [key, ...rest] = path;
  if (from instanceof z.ZodObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = from.shape;
    if (key === undefined) return Object.keys(shape);
    const below = shape[String(key)];
    return below && keysAt(rest, below);
  }
  if (key === undefined) return undefined;
  if (from instanceof z.ZodRecord) return keysAt(rest, from.valueType);
  return from instanceof z.ZodArray ? keysAt(rest, from.element) : undefined;
}
