import { prometheus, repeat, signals } from "../signal/signal";
import { type CollectorRole, type CollectorSize, example } from "./collector.size";

const probed = { holds: ({ probes }: CollectorSize) => probes > 0, otherwise: "it probes nothing" };

const probe = (metric: string, name: string, collector = "{collector}") =>
  `probe_${metric}{collector="${collector}", job="probe", probe="${name}", instance="https://${name}.example.com/"}`;

/** What the agents find where they probe. That users are turned away pages by the canary, which looks from outside. */
export const probeSignals = signals<CollectorRole, "collector", CollectorSize>()({
  "collector-probe-failing": {
    title: "An address does not answer from inside the cluster",
    golden: "availability",
    unit: "count",
    role: "agents",
    source: prometheus('probe_success{collector="{collector}"}'),
    when: probed,
    alarm: { atMost: 0, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [probe("success", "gateway")]: ["1 for 15 minutes"],
          [probe("success", "grafana")]: ["1 for 9 minutes", "0 for 6 minutes"],
        },
      ],
      fine: [
        {
          [probe("success", "gateway")]: ["1 for 9 minutes", "0 for 5 minutes", "1 for 16 minutes"],
          [probe("success", "grafana")]: ["1 for 20 minutes", "0 for 5 minutes", "1 for 5 minutes"],
          [probe("success", "gateway", "other")]: ["0 for 30 minutes"],
        },
      ],
      healed: {
        [probe("success", "gateway")]: ["1 for 5 minutes"],
        [probe("success", "grafana")]: ["1 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "For five minutes it answered not at all, with another status than expected, or with a certificate that is not right.",
      check: [
        'What did it answer? `probe_http_status_code{probe="<probe>"}`, and `probe_http_duration_seconds` by phase: resolve, connect, tls, processing.',
        "Does the canary see the same from outside? Then work there. If not: name server, NAT gateway or endpoint of the VPC (nat-gateway-*, endpoint-*).",
        '`probe_ssl_earliest_cert_expiry{probe="<probe>"} - time()`: has the certificate run out?',
      ],
      fix: [
        "Mend what answers: gateway, load balancer, Grafana workspace.",
        "Where the answer is fine and was changed on purpose: change the probe's status in the settings.",
      ],
    },
    drill: "probe-failing",
  },
  "collector-probe-slow": {
    title: "An address answers slowly",
    golden: "latency",
    unit: "seconds",
    role: "agents",
    source: prometheus('avg_over_time(probe_duration_seconds{collector="{collector}"}[10m])'),
    when: probed,
    alarm: { above: ({ slowProbe }) => slowProbe, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [probe("duration_seconds", "gateway")]: ["0.2 for 30 minutes", "2.3 for 25 minutes"],
          [probe("duration_seconds", "grafana")]: ["0.1 for 55 minutes"],
        },
        {
          [probe("duration_seconds", "gateway")]: repeat(4, "1 for 5 minutes", "3.3 for 5 minutes"),
          [probe("duration_seconds", "grafana")]: ["0.1 for 40 minutes"],
        },
        {
          [probe("duration_seconds", "gateway")]: ["2.01 for 16 minutes"],
          [probe("duration_seconds", "grafana")]: ["0.1 for 16 minutes"],
        },
      ],
      fine: [
        {
          [probe("duration_seconds", "gateway")]: ["2 for 50 minutes"],
          [probe("duration_seconds", "grafana")]: ["0.1 for 20 minutes", "100 for 6 minutes", "0.1 for 24 minutes"],
          [probe("duration_seconds", "gateway", "other")]: ["9 for 50 minutes"],
        },
        { [probe("duration_seconds", "gateway")]: repeat(5, "0.1 for 7 minutes", "6 for 3 minutes") },
      ],
      healed: {
        [probe("duration_seconds", "gateway")]: ["0.2 for 15 minutes"],
        [probe("duration_seconds", "grafana")]: ["0.1 for 15 minutes"],
      },
    },
    runbook: {
      means: "Whoever uses that address waits.",
      check: [
        'In which phase? `probe_http_duration_seconds{probe="<probe>"}`: resolve is the name server, connect and tls the network, processing what answers.',
        "Is it all probes at once? Then it is the way out: NAT gateway, name server.",
        "The gateway: gateway-latency and the services behind it.",
      ],
      fix: ["Mend what the phase points to.", "Where it is slow by design: raise slowProbe."],
    },
  },
  "collector-certificate-expiring": {
    title: "A certificate runs out",
    golden: "saturation",
    unit: "seconds",
    role: "agents",
    source: prometheus('probe_ssl_earliest_cert_expiry{collector="{collector}"} - time()'),
    when: probed,
    // ACM renews two months before, so nobody has done what renewal waits for.
    alarm: { below: "14 days", for: "1 hour", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      // Seconds since 1970, in which the clock of the proof starts at 0: 14 days are 1209600. Ten minutes pass until it is less. The rule is evaluated an eighth of a second later.
      bad: [
        {
          [probe("ssl_earliest_cert_expiry", "gateway")]: ["1210199.125 for 71 minutes"],
          [probe("ssl_earliest_cert_expiry", "grafana")]: ["9000000 for 71 minutes"],
        },
      ],
      fine: [
        {
          [probe("ssl_earliest_cert_expiry", "gateway")]: ["1210200.125 for 71 minutes"],
          [probe("ssl_earliest_cert_expiry", "grafana")]: ["1000 for 59 minutes", "9000000 for 12 minutes"],
          [probe("ssl_earliest_cert_expiry", "gateway", "other")]: ["1000 for 71 minutes"],
        },
      ],
      healed: {
        [probe("ssl_earliest_cert_expiry", "gateway")]: ["9000000 for 5 minutes"],
        [probe("ssl_earliest_cert_expiry", "grafana")]: ["9000000 for 5 minutes"],
      },
    },
    runbook: {
      means: "In less than a fortnight every client refuses that address.",
      check: [
        "`aws acm list-certificates --query 'CertificateSummaryList[?RenewalEligibility]'`, then describe-certificate: RenewalSummary says what it waits for.",
        "Does the validation record still stand in DNS?",
        "Is the new certificate there, and only the listener or the gateway still on the old one?",
      ],
      fix: [
        "Put the validation record back: ACM renews within hours.",
        "A certificate that was imported: import the new one under the same ARN.",
      ],
    },
  },
});
