/** What the shippers read on each node and where they send it: Alloy's own language, plain text. */
import { users } from "./gateway.config";

/** Port on which a shipper shows its metrics. */
export const shipperPort = 12_345;
export const passwordFile = "/etc/shipper/password";
/** What names the node of a shipper. */
export const nodeVariable = "NODE_NAME";

/** A line of text in Alloy's language: JSON's is the same. */
const text = (value: string): string => JSON.stringify(value);

/**
 * The configuration of all shippers. Streams are told apart by cluster, namespace, service and container. What differs from line to line, such as trace and request, is
 * structured metadata: as labels, each would begin a stream of its own.
 */
export function shipperConfiguration(cluster: string, address: string): string {
  return `logging {
  level  = "warn"
  format = "json"
}

// Only pods of the shipper's own node.
discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env(${text(nodeVariable)})
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    target_label  = "namespace"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_container_name"]
    target_label  = "container"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    target_label  = "pod"
  }
  // The service's own label, or else the name of its container.
  rule {
    source_labels = ["__meta_kubernetes_pod_label_app_kubernetes_io_name", "__meta_kubernetes_pod_container_name"]
    separator     = ";"
    regex         = ";*([^;]+).*"
    replacement   = "$1"
    target_label  = "service"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_uid", "__meta_kubernetes_pod_container_name"]
    separator     = "/"
    replacement   = "/var/log/pods/*$1/*.log"
    target_label  = "__path__"
  }
}

local.file_match "pods" {
  path_targets = discovery.relabel.pods.output
}

loki.source.file "pods" {
  targets    = local.file_match.pods.targets
  forward_to = [loki.process.pods.receiver]
}

loki.process "pods" {
  forward_to = [loki.write.loki.receiver]
  stage.cri { }
  stage.json {
    expressions = {
      level      = "level || severity",
      trace_id   = "trace_id || traceId",
      request_id = "request_id || requestId",
    }
  }
  stage.structured_metadata {
    values = {
      level      = "",
      trace_id   = "",
      request_id = "",
      pod        = "",
    }
  }
  stage.label_drop {
    values = ["filename", "pod", "stream"]
  }
}

local.file "password" {
  filename  = ${text(passwordFile)}
  is_secret = true
}

loki.write "loki" {
  endpoint {
    url        = ${text(`https://${address}/loki/api/v1/push`)}
    batch_wait = "1s"
    batch_size = "1MiB"
    // It tries for ever, and reads no further meanwhile: nothing is lost but what the node rotates away.
    max_backoff_retries = 0
    max_backoff_period  = "1m"
    basic_auth {
      username = ${text(users.writer)}
      password = local.file.password.content
    }
  }
  external_labels = {
    cluster = ${text(cluster)},
  }
}
`;
}
