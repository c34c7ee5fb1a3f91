import { all, type Output, output } from "@pulumi/pulumi";
import { agentAddresses, passwordFolder, proberPort } from "./agents";
import type { CollectorArgs } from "./collector.args";
import { exporterAddress } from "./exporter";
import { agentConfiguration } from "./scrape";

/** The configuration of both agents: as unknown as the addresses in it. */
export function configure(name: string, namespace: string, args: CollectorArgs): Output<string> {
  const { workspace, region, brokers = {}, databases = {}, probes = {}, pods = {} } = args;
  const targets = Object.entries(brokers).map(([key, broker]) =>
    output(broker.targets).apply((known) => [key, known] as const),
  );
  const urls = Object.entries(probes).map(([key, { url }]) =>
    output(url).apply((known) => [key, { url: known }] as const),
  );
  return all([workspace.endpoint, all(targets), all(urls)]).apply(([endpoint, knownTargets, knownUrls]) =>
    agentConfiguration({
      collector: name,
      agents: agentAddresses(name, namespace),
      remote: { url: `${endpoint}api/v1/remote_write`, region },
      brokers: Object.fromEntries(
        knownTargets.map(([key, known]) => [key, { targets: known, passwordFile: `${passwordFolder}/${key}` }]),
      ),
      databases: Object.fromEntries(Object.keys(databases).map((key) => [key, exporterAddress(name, key, namespace)])),
      probes: Object.fromEntries(knownUrls),
      prober: `127.0.0.1:${proberPort}`,
      pods: Object.fromEntries(
        Object.entries(pods).map(([job, { namespace: where, service, ...rest }]) => [
          job,
          { ...rest, service: `${service}.${where}.svc` },
        ]),
      ),
    }),
  );
}
