import { prometheus, signals } from "../signal/signal";
import { deployment, example, foreign, here, own, when } from "./service.fixtures";
import type { ServiceRole, ServiceSize, ServiceSubject } from "./service.size";

const available = own("kube_deployment_status_replicas_available", "", deployment);
const up = (pod: string) => own("up", `pod="${pod}"`);

/** Whether a service is there, and whether it is seen. */
export const serviceAvailabilitySignals = signals<ServiceRole, ServiceSubject, ServiceSize>()({
  "service-down": {
    title: "No pod of a service is available",
    golden: "availability",
    unit: "count",
    role: "api",
    source: prometheus(`kube_deployment_status_replicas_available{${deployment}}`),
    when: {
      holds: ({ scraped, balanced }) => scraped && !balanced,
      otherwise: "no collector scrapes its cluster, or its load balancer says that no target is healthy",
    },
    alarm: { atMost: 0, for: "3 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [available]: ["2 for 5 minutes", "0 for 4 minutes"],
          ...foreign("kube_deployment_status_replicas_available", "", ["3 for 9 minutes"], deployment),
        },
      ],
      fine: [
        {
          [available]: ["2 for 5 minutes", "0 for 3 minutes", "1 for 12 minutes"],
          ...foreign("kube_deployment_status_replicas_available", "", ["0 for 20 minutes"], deployment),
        },
      ],
      healed: {
        [available]: ["1 for 3 minutes"],
        ...foreign("kube_deployment_status_replicas_available", "", ["3 for 3 minutes"], deployment),
      },
    },
    runbook: {
      means: "Nothing of the service answers: whoever needs it waits or fails, and messages for it pile up.",
      felt: "Every request to this service fails, and what is sent to it by message waits.",
      check: [
        "`kubectl -n <namespace> get pods -l app.kubernetes.io/name=<service> -o wide`: Pending, crashing, or running but not ready?",
        "`kubectl -n <namespace> logs -l app.kubernetes.io/name=<service> --tail=50`, with `--previous` where it crashes.",
        "`kubectl -n <namespace> rollout history deployment/<service>`: did a new version come just before?",
        "Not ready: does its database or broker page too? A secret that cannot be mounted shows in `kubectl describe pod`.",
      ],
      fix: [
        "Roll back: the version before in services.<service>.version of the stack's settings, then `pulumi up`; at once: `kubectl -n <namespace> rollout undo deployment/<service>`.",
        "Mend what it cannot do without: database, broker, secret.",
        "No room on nodes: see nodes-capacity and namespace-quota.",
      ],
    },
  },
  "service-unscraped": {
    title: "Pods of a service are not measured",
    golden: "availability",
    unit: "count",
    role: "api",
    source: prometheus(
      `kube_deployment_status_replicas_available{${deployment}} - on () (sum(up{${here}}) or vector(0))`,
    ),
    when,
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        // One of two shows nothing, then neither does.
        {
          [available]: ["2 for 30 minutes"],
          [up("a")]: ["1 for 30 minutes"],
          [up("b")]: ["1 for 14 minutes", "0 for 16 minutes"],
          ...foreign("up", 'pod="x"', ["1 for 30 minutes"]),
          ...foreign("kube_deployment_status_replicas_available", "", ["0 for 30 minutes"], deployment),
        },
        // Nobody looks for its pods: there is no series at all.
        {
          [available]: ["1 for 30 minutes"],
          [up("a")]: ["1 for 8 minutes", "missing for 22 minutes"],
          [up("b")]: ["missing for 30 minutes"],
          ...foreign("up", 'pod="x"', ["1 for 30 minutes"]),
          ...foreign("kube_deployment_status_replicas_available", "", ["0 for 30 minutes"], deployment),
        },
      ],
      fine: [
        {
          [available]: ["2 for 60 minutes"],
          [up("a")]: ["1 for 60 minutes"],
          [up("b")]: ["1 for 10 minutes", "0 for 15 minutes", "1 for 35 minutes"],
          ...foreign("kube_deployment_status_replicas_available", "", ["9 for 60 minutes"], deployment),
        },
        // One that ends is still measured, and one that begins is not available yet.
        {
          [available]: ["1 for 60 minutes"],
          [up("a")]: ["1 for 60 minutes"],
          [up("b")]: ["1 for 60 minutes"],
        },
        // None is wanted.
        { [available]: ["0 for 60 minutes"] },
      ],
      healed: {
        [available]: ["2 for 3 minutes"],
        [up("a")]: ["1 for 3 minutes"],
        [up("b")]: ["1 for 3 minutes"],
        ...foreign("up", 'pod="x"', ["1 for 3 minutes"]),
        ...foreign("kube_deployment_status_replicas_available", "", ["0 for 3 minutes"], deployment),
      },
    },
    runbook: {
      means: "Pods run, but their metrics do not arrive: errors, latency and sales of these pods are not seen.",
      check: [
        '`up{service="<service>"} == 0`: which pods? None at all means that nobody looks for them.',
        "Have the pods the annotation prometheus.io/scrape, and the port of prometheus.io/port? `kubectl describe pod`",
        "`kubectl -n <namespace> port-forward <pod> 8080` and `curl localhost:8080/metrics`: does it answer, and within 20 seconds?",
        "The log group of the collector: does it say why (refused, timed out, too large)?",
      ],
      fix: [
        "Mend the version that shows no metrics.",
        "Let the collector in: the policy `collector` of the namespace, and the line from scraper to nodes in the table of the network.",
      ],
    },
  },
});
