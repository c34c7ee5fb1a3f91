import { prometheus, signals } from "../signal/signal";
import { agent, type CollectorRole, type CollectorSize, example } from "./collector.size";

const up = (labels: string) => `up{${labels}}`;
const broker = 'collector="{collector}", broker="broker", job="broker-nodes", instance="b-1:16001"';

/** Whether the pair is there. */
export const agentSignals = signals<CollectorRole, "collector", CollectorSize>()({
  "collector-silent": {
    title: "Neither agent of a collector brings anything",
    golden: "availability",
    unit: "count",
    role: "agents",
    source: prometheus('sum(up{collector="{collector}"})'),
    alarm: { below: 1, for: "10 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          [up(agent(0))]: ["1 for 10 minutes", "missing for 17 minutes"],
          [up(broker)]: ["1 for 10 minutes", "missing for 17 minutes"],
          [up(agent(0, "other"))]: ["1 for 27 minutes"],
        },
        {
          [up(agent(0))]: ["1 for 10 minutes", "0 for 11 minutes"],
          [up(broker)]: ["1 for 10 minutes", "0 for 11 minutes"],
          [up(agent(0, "other"))]: ["1 for 21 minutes"],
        },
      ],
      fine: [
        // The other replica takes over.
        {
          [up(agent(0))]: ["1 for 10 minutes", "0 for 30 minutes"],
          [up(agent(1))]: ["1 for 40 minutes"],
          [up(broker)]: ["1 for 10 minutes", "0 for 30 minutes"],
        },
        {
          [up(agent(0))]: [
            "1 for 10 minutes",
            "0 for 10 minutes",
            "1 for 1 minute",
            "0 for 10 minutes",
            "1 for 11 minutes",
          ],
        },
      ],
      healed: {
        [up(agent(0))]: ["1 for 5 minutes"],
        [up(broker)]: ["0 for 5 minutes"],
        [up(agent(0, "other"))]: ["0 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "Nothing is known any more of what is inside brokers and databases: queues without consumers, dead letters and locks go unseen.",
      felt: "Nothing of it. But nobody would be told of queues, locks and dead letters that they do feel.",
      check: [
        "`kubectl -n monitoring get pods -l app.kubernetes.io/component=collector -o wide`: do both agents run, and are they ready?",
        "`kubectl -n monitoring logs <collector>-0 -c prometheus | grep -i 'remote\\|error'`: 403 is its role (aps:RemoteWrite), time-outs are the network or its policy.",
        "Does AMP take anything at all: is cluster-unseen firing too, and prometheus-samples-discarded?",
        "FailedMount in `kubectl -n monitoring describe pod <collector>-0`: the secret of a broker cannot be read (its policy, its key).",
      ],
      fix: [
        "Deploy the stack again: it restores role, policies and configuration.",
        "Roll the last change of the configuration back: an agent does not start with a wrong one.",
        "Until then watch brokers by their consoles and CloudWatch (AWS/AmazonMQ, AWS/RDS).",
      ],
    },
    drill: "collector-down",
  },
  "collector-replica-missing": {
    title: "One agent of the pair is down",
    golden: "availability",
    unit: "count",
    role: "agents",
    source: prometheus('sum(up{collector="{collector}", job="collector"})'),
    // Without any series the collector is silent, which pages already.
    alarm: { below: 2, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [up(agent(0))]: ["1 for 25 minutes"],
          [up(agent(1))]: ["1 for 9 minutes", "0 for 16 minutes"],
          [up(agent(1, "other"))]: ["1 for 25 minutes"],
          [up(broker)]: ["1 for 25 minutes"],
        },
      ],
      fine: [
        {
          [up(agent(0))]: ["1 for 9 minutes", "0 for 15 minutes", "1 for 16 minutes"],
          [up(agent(1))]: ["1 for 40 minutes"],
          [up(agent(1, "other"))]: ["0 for 40 minutes"],
          [up(broker)]: ["0 for 40 minutes"],
        },
      ],
      healed: {
        [up(agent(0))]: ["1 for 5 minutes"],
        [up(agent(1))]: ["1 for 5 minutes"],
        [up(agent(1, "other"))]: ["0 for 5 minutes"],
        [up(broker)]: ["1 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "Everything is still read and written, by the other agent. When that one fails as well, brokers and databases are blind.",
      check: [
        "`kubectl -n monitoring describe pod <collector>-<the one that is missing>`: Pending (no node in a second zone), CrashLoopBackOff or not ready?",
        "`kubectl -n monitoring logs <pod> -c prometheus --previous`: a configuration that it refuses stops an update at the first pod.",
        "OOMKilled: `prometheus_agent_active_series` by instance; did a broker get many queues?",
        "Does a network policy or a node's zone keep the agents from reading each other on port 9090?",
      ],
      fix: [
        "Roll the change of the configuration back, or mend it, and deploy.",
        "Give the agents more memory (memory), or leave out what nobody reads.",
      ],
    },
  },
  "collector-duplicates": {
    title: "Both agents write, and AMP keeps both",
    golden: "errors",
    unit: "count",
    role: "agents",
    // AMP takes this label from what it keeps of one of a pair: series that still have it were not recognized as such.
    source: prometheus('count(up{collector="{collector}", __replica__=~".+"})'),
    alarm: { atLeast: 1, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [up(`${broker}, __replica__="agents-0"`)]: ["0 for 16 minutes"],
          [up(`${broker}, __replica__="agents-1"`)]: ["0 for 16 minutes"],
          [up(agent(0))]: ["1 for 16 minutes"],
        },
        {
          [up(`${broker}, __replica__="agents-0"`)]: ["0 for 16 minutes"],
          [up(`${broker}, __replica__="agents-1"`)]: ["missing for 16 minutes"],
          [up(agent(0))]: ["1 for 16 minutes"],
        },
      ],
      fine: [
        {
          [up(broker)]: ["1 for 30 minutes"],
          [up(agent(0))]: ["1 for 30 minutes"],
          // A query still finds it for five minutes after its last value.
          [up(`${broker}, __replica__="agents-0"`)]: ["1 for 11 minutes", "missing for 19 minutes"],
          [up(`${agent(0, "other")}, __replica__="agents-0"`)]: ["1 for 30 minutes"],
        },
      ],
      healed: {
        [up(`${broker}, __replica__="agents-0"`)]: ["missing for 10 minutes"],
        [up(`${broker}, __replica__="agents-1"`)]: ["missing for 10 minutes"],
        [up(agent(0))]: ["1 for 10 minutes"],
      },
    },
    runbook: {
      means:
        "Every sample is paid for twice, and sums over brokers and databases are twice what they should be: rules fire without cause.",
      check: [
        'What do they write? `count by (cluster, __replica__) (up{collector="<collector>"})`: each series must have `cluster`, and none `__replica__`.',
        "`kubectl -n monitoring get configmap <collector> -o yaml`: external_labels with cluster and __replica__, write_relabel_configs that sets cluster?",
        "Do both agents know their names? `kubectl -n monitoring exec <collector>-0 -c prometheus -- printenv POD_NAME`",
      ],
      fix: [
        "Deploy the stack again: it restores the configuration.",
        "Until then run one agent: `kubectl -n monitoring scale statefulset <collector> --replicas 1`.",
      ],
    },
  },
});
