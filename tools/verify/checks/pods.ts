import { count } from "../../preview/text";
import { type Check, few, grouped, withoutPrometheus } from "../check";
import { prometheusOf } from "../prometheus";

/** Pods that run, and did so five minutes ago: one that just came has not had its turn. */
function running(namespaces: readonly string[]): string {
  const phase = `kube_pod_status_phase{namespace=~"${namespaces.join("|")}", phase="Running"}`;
  return `(max by (namespace, pod) (${phase}) == 1) and on (namespace, pod) (max by (namespace, pod) (${phase} offset 5m) == 1)`;
}

/** Whether each pod of a namespace in which services are scraped has metrics of its own. */
export const pods: Check = {
  name: "pods",
  actions: ["aps:QueryMetrics"],
  skipped: (deployed) =>
    withoutPrometheus(deployed) ??
    (deployed.prometheus?.scraped.length === 0 ? "no workload of the stack asks to be scraped" : undefined),
  async run({ deployed: { prometheus }, aws }) {
    if (!prometheus) return { seen: "nothing", findings: [] };
    const { scraped, workspace } = prometheus;
    const { query } = prometheusOf(aws, prometheus);
    const all = await query(`count by (namespace) (${running(scraped)})`);
    const without = await query(
      `(${running(scraped)}) unless on (namespace, pod) group by (namespace, pod) (up{namespace!="", pod!=""})`,
    );
    const known = new Set(all.map(({ labels }) => labels.namespace));
    const empty = scraped.filter((namespace) => !known.has(namespace));
    const byNamespace = grouped(without, ({ labels }) => labels.namespace ?? "");
    return {
      seen: `${count(
        all.reduce((sum, { value }) => sum + value, 0),
        "running pod",
      )} in ${few(scraped)}, ${without.length} without metrics`,
      findings: [
        ...empty.map((namespace) => ({
          what: `no running pod is known in namespace ${namespace}`,
          where: `workspace ${workspace}`,
          wayOut: `kubectl -n ${namespace} get pods; if there are some, kube-state-metrics is not scraped (check targets)`,
        })),
        ...[...byNamespace].map(([namespace, samples]) => {
          const names = samples.map(({ labels }) => labels.pod ?? "").sort();
          return {
            what: `${count(names.length, "pod")} without metrics: ${few(names)}`,
            where: `namespace ${namespace}`,
            wayOut: `annotation prometheus.io/scrape and prometheus.io/port on the pod, and a network policy that lets the collector in: kubectl -n ${namespace} get pod ${names[0]} -o yaml`,
          };
        }),
      ],
    };
  },
};
