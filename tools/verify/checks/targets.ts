import { count } from "../../preview/text";
import { type Check, type Finding, few, labelsText, withoutPrometheus } from "../check";
import { prometheusOf } from "../prometheus";

/** Whether each target answers its collector, and each job that a collector has shows at all. */
export const targets: Check = {
  name: "targets",
  actions: ["aps:QueryMetrics"],
  skipped: withoutPrometheus,
  async run({ deployed: { prometheus }, aws }) {
    if (!prometheus) return { seen: "nothing", findings: [] };
    const { query } = prometheusOf(aws, prometheus);
    const [all, down] = [await query("count by (job) (up)"), await query("up == 0")];
    const jobs = new Set(all.map(({ labels }) => labels.job ?? ""));
    const absent = prometheus.jobs.filter((job) => !jobs.has(job));
    const findings: Finding[] = [
      ...absent.map((job) => ({
        what: `no target of job ${job}`,
        where: `workspace ${prometheus.workspace}`,
        wayOut:
          job === "pods"
            ? "does a pod run that asks to be scraped (annotation prometheus.io/scrape)? `kubectl get pods -A`"
            : "does its collector run, and write? Runbooks: generated/runbooks/collector-targets-down.md",
      })),
      ...down.map(({ labels: { __name__, job = "", instance = "", ...more } }) => ({
        what: `target ${instance} of job ${job} does not answer`,
        where: `workspace ${prometheus.workspace}, ${labelsText(more)}`,
        wayOut: `ask Prometheus since when: up{job="${job}", instance="${instance}"}; does it run, and do security groups and network policies let the collector in?`,
      })),
    ];
    const targets = all.reduce((sum, { value }) => sum + value, 0);
    return {
      seen: `${count(targets, "target")} of ${count(jobs.size, "job")}, ${down.length} down`,
      findings,
      ...(prometheus.jobs.length === 0 && { notes: ["the state names no job: what should be scraped is not known"] }),
      ...(jobs.size > 0 && { notes: [`jobs: ${few([...jobs].sort(), 20)}`] }),
    };
  },
};
