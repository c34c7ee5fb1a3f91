import type { RuleSeries } from "../signal/rule.record";
import { prometheus, repeat, signals } from "../signal/signal";
import type { NamespaceSize, NamespaceSubject } from "./namespace.signals";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: NamespaceSize = { scraped: true };

const when = { holds: (size: NamespaceSize) => size.scraped, otherwise: "no collector scrapes its cluster" };

/** What every query names. */
const here = 'cluster="{cluster}", namespace="{namespace}"';
const elsewhere = {
  cluster: 'cluster="other", namespace="{namespace}"',
  namespace: 'cluster="{cluster}", namespace="other"',
};
const shop = (metric: string, labels: string, where = here) => `${metric}{${where}, ${labels}}`;
const crash = (container: string, reason: string, where = here) =>
  shop("kube_pod_container_status_waiting_reason", `pod="api-1", container="${container}", reason="${reason}"`, where);
const killed = (container: string, reason: string, where = here) =>
  shop(
    "kube_pod_container_status_last_terminated_reason",
    `pod="api-1", container="${container}", reason="${reason}"`,
    where,
  );
const restarts = (container: string, where = here) =>
  shop("kube_pod_container_status_restarts_total", `pod="api-1", container="${container}"`, where);

const reasons = [
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
] as const;
/** A container that waits for one of these reasons, and none of the others. */
const stuck = (why: (typeof reasons)[number]): RuleSeries => ({
  ...steady("16 minutes", Object.fromEntries(reasons.map((reason) => [crash("api", reason), 0]))),
  [crash("api", why)]: ["0 for 5 minutes", "1 for 11 minutes"],
});

const look = "`kubectl -n <namespace> describe pod <pod>`: last state, exit code, and events.";
const logs = "`kubectl -n <namespace> logs <pod> --previous`: its last words before it ended.";
const rollBack = "Roll back to the version that ran: `pulumi up` of the commit before.";

/** What goes wrong in the containers of a namespace. */
export const namespaceFailureSignals = signals<"namespace", NamespaceSubject, NamespaceSize>()({
  "namespace-crash-looping": {
    title: "A container crashes again and again",
    golden: "errors",
    unit: "count",
    role: "namespace",
    // Between two crashes it runs for a moment: the state is remembered for as long as the longest pause between scrapes that see it.
    source: prometheus(
      `max_over_time(kube_pod_container_status_waiting_reason{${here}, reason="CrashLoopBackOff"}[5m])`,
    ),
    when,
    alarm: { above: 0, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("21 minutes", { [crash("web", "ContainerCreating")]: 0 }),
          [crash("api", "CrashLoopBackOff")]: [
            "0 for 10 minutes",
            ...repeat(2, "1 for 1 minute", "0 for 4 minutes"),
            "1 for 1 minute",
          ],
        },
      ],
      fine: [
        {
          ...steady("30 minutes", {
            [crash("web", "ContainerCreating")]: 1,
            [crash("api", "CrashLoopBackOff", elsewhere.cluster)]: 1,
            [crash("api", "CrashLoopBackOff", elsewhere.namespace)]: 1,
          }),
          [crash("api", "CrashLoopBackOff")]: ["0 for 10 minutes", "1 for 6 minutes", "0 for 14 minutes"],
        },
      ],
      healed: steady("8 minutes", { [crash("web", "ContainerCreating")]: 0, [crash("api", "CrashLoopBackOff")]: 0 }),
    },
    runbook: {
      means: "A container ends soon after each start, and Kubernetes waits longer and longer before the next.",
      check: [
        logs,
        look,
        "`kubectl -n <namespace> rollout history deployment/<name>`: a new version, configuration or secret just before?",
        "Exit code 137 with reason OOMKilled: namespace-out-of-memory says more. 1 or 2: its own error, in the log.",
      ],
      fix: [rollBack, "Give back the configuration or secret that it lacks."],
    },
  },
  "namespace-not-starting": {
    title: "A container cannot start",
    golden: "errors",
    unit: "count",
    role: "namespace",
    source: prometheus(
      `kube_pod_container_status_waiting_reason{${here}, reason=~"ErrImagePull|ImagePullBackOff|InvalidImageName|CreateContainerConfigError|CreateContainerError|RunContainerError"}`,
    ),
    when,
    alarm: { above: 0, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        stuck("ErrImagePull"),
        stuck("ImagePullBackOff"),
        stuck("InvalidImageName"),
        stuck("CreateContainerConfigError"),
        stuck("CreateContainerError"),
        stuck("RunContainerError"),
      ],
      fine: [
        {
          ...steady("30 minutes", {
            [crash("web", "ContainerCreating")]: 1,
            [crash("api", "ErrImagePull", elsewhere.cluster)]: 1,
            [crash("api", "ErrImagePull", elsewhere.namespace)]: 1,
          }),
          [crash("api", "ErrImagePull")]: ["0 for 5 minutes", "1 for 10 minutes", "0 for 15 minutes"],
        },
      ],
      healed: steady("3 minutes", Object.fromEntries(reasons.map((reason) => [crash("api", reason), 0]))),
    },
    runbook: {
      means:
        "For ten minutes a container has not even begun: its image cannot be pulled, or its configuration is incomplete.",
      check: [
        look,
        "An image: does the tag exist (`aws ecr describe-images --repository-name <name>`), and may the nodes' role pull it?",
        "Does the node reach ECR: interface endpoints ecr.api and ecr.dkr, gateway endpoint of S3?",
        "CreateContainerConfigError: which ConfigMap, Secret or SecretProviderClass is missing?",
      ],
      fix: ["Push the image, or roll back to the tag that exists.", "Make the object that is missing."],
    },
  },
  "namespace-job-failed": {
    title: "A job failed",
    golden: "errors",
    unit: "count",
    role: "namespace",
    source: prometheus(`kube_job_failed{${here}, condition="true"}`),
    when,
    alarm: { above: 0, for: "0 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { [shop("kube_job_failed", 'job_name="nightly", condition="true"')]: ["0 for 5 minutes", "1 for 1 minute"] },
      ],
      fine: [
        steady("30 minutes", {
          [shop("kube_job_failed", 'job_name="nightly", condition="true"')]: 0,
          [shop("kube_job_failed", 'job_name="nightly", condition="false"')]: 1,
          [shop("kube_job_failed", 'job_name="nightly", condition="true"', elsewhere.cluster)]: 1,
          [shop("kube_job_failed", 'job_name="nightly", condition="true"', elsewhere.namespace)]: 1,
        }),
      ],
      healed: { [shop("kube_job_failed", 'job_name="nightly", condition="true"')]: ["0 for 1 minute"] },
    },
    runbook: {
      means:
        "A job gave up after its last attempt. What it should have done was not done; the alert stays until the job is deleted.",
      check: [
        "`kubectl -n <namespace> get jobs,pods -l job-name=<job>` and `kubectl -n <namespace> logs job/<job>`",
        "BackoffLimitExceeded (it failed) or DeadlineExceeded (it took too long)? `kubectl -n <namespace> describe job <job>`",
        "Did it work before? `kubectl -n <namespace> get jobs` shows earlier runs of its CronJob.",
      ],
      fix: [
        "Mend the cause, and run it again: `kubectl -n <namespace> create job --from=cronjob/<cronjob> <job>-again`.",
        "Delete the failed job once that is done.",
      ],
    },
  },
  "namespace-out-of-memory": {
    title: "A container was killed for its memory",
    golden: "errors",
    unit: "count",
    role: "namespace",
    source: prometheus(
      `increase(kube_pod_container_status_restarts_total{${here}}[15m])
        and on (cluster, namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1`,
    ),
    when,
    alarm: { above: 0, for: "0 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [killed("api", "OOMKilled")]: ["0 for 20 minutes", "1 for 1 minute"],
          [restarts("api")]: ["2 for 20 minutes", "3 for 1 minute"],
        },
        {
          [killed("api", "OOMKilled")]: ["0 for 20 minutes", "1 for 13 minutes"],
          [restarts("api")]: ["2 for 20 minutes", "3 for 13 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", {
            // Killed long ago; ends again and again for another reason; not here.
            [killed("web", "OOMKilled")]: 1,
            [restarts("web")]: 1,
            [killed("api", "OOMKilled")]: 0,
            [killed("api", "Error")]: 1,
            [restarts("api")]: "+1",
            [killed("other", "OOMKilled")]: 1,
          }),
          ...steady("40 minutes", {
            [killed("api", "OOMKilled", elsewhere.cluster)]: 1,
            [restarts("api", elsewhere.cluster)]: "+1",
          }),
          ...steady("40 minutes", {
            [killed("api", "OOMKilled", elsewhere.namespace)]: 1,
            [restarts("api", elsewhere.namespace)]: "+1",
          }),
        },
      ],
      healed: { [killed("api", "OOMKilled")]: ["1 for 14 minutes"], [restarts("api")]: ["3 for 14 minutes"] },
    },
    runbook: {
      means:
        "A container reached its memory limit and was killed in the middle of its work; what it held in memory is lost.",
      check: [
        'How did it get there? `container_memory_working_set_bytes{cluster="<cluster>", namespace="<namespace>", pod="<pod>"}` over a day: a jump (one large request) or a slope (a leak)?',
        look,
        "Did the limit or the version change with the last deployment?",
      ],
      fix: [
        "Raise its limit, if what it does needs that much.",
        rollBack,
        "Mend the leak, or bound the size of a request.",
      ],
    },
  },
});
