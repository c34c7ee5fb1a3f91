import { signals } from "../signal/signal";
import { type ApiRole, type ApiSize, type ApiSubject, example, metric, percentile, served } from "./api.metrics";

/** How long requests take. */
export const apiLatencySignals = signals<ApiRole, ApiSubject, ApiSize>()({
  "api-slow": {
    title: "Requests take too long",
    golden: "latency",
    unit: "milliseconds",
    role: "http",
    source: percentile("Latency", "p90"),
    alarm: { atLeast: ({ acceptable }) => acceptable, for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          requests: [served(20, "10 minutes")],
          latency: ["400 for 5 minutes", "100/100/100/100/100/100/100/100/2500/2500 for 5 minutes"],
        },
      ],
      fine: [
        { requests: [served(20, "30 minutes")], latency: ["2499 for 30 minutes"] },
        { requests: [served(20, "30 minutes")], latency: ["100/100/100/100/100/100/100/100/100/9000 for 30 minutes"] },
        { requests: [served(19, "30 minutes")], latency: ["9000 for 30 minutes"] },
        {
          requests: [served(20, "15 minutes")],
          latency: ["9000 for 4 minutes", "2499 for 1 minute", "9000 for 4 minutes", "400 for 6 minutes"],
        },
      ],
      healed: { requests: [served(20, "1 minute")], latency: ["2499 for 1 minute"] },
    },
    runbook: {
      means:
        "One request of ten takes longer than users accept, from the gateway's first byte in to its last byte out.",
      felt: "One request of ten takes longer than people wait: they reload, give up, or order twice.",
      check: [
        "Which route? Logs Insights on the API's access log: filter ispresent(routeKey) | stats pct(latency, 90) as p90, pct(integrationLatency, 90) as behind by routeKey | sort p90 desc",
        "Nearly all of it behind the gateway (api-backend-slow)? Then which target group's response time rose, and what does that service wait for?",
        "Latency far above integration latency: is the token issuer slow, or are answers large?",
      ],
      fix: [
        "Scale the service out, or roll back the release that slowed it.",
        "Mend what it waits for: database connections, locks, another service.",
      ],
    },
  },
  "api-slow-tail": {
    title: "A few requests take far too long",
    golden: "latency",
    unit: "milliseconds",
    role: "http",
    source: percentile("Latency", "p99"),
    alarm: { atLeast: ({ acceptable }) => 2 * acceptable, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          requests: [served(20, "20 minutes")],
          latency: ["400 for 5 minutes", "100/100/100/100/100/100/100/100/100/5000 for 15 minutes"],
        },
      ],
      fine: [
        { requests: [served(20, "1 hour")], latency: ["4999 for 1 hour"] },
        { requests: [served(19, "1 hour")], latency: ["20000 for 1 hour"] },
        { requests: [served(100, "1 hour")], latency: [`${"100/".repeat(99)}20000 for 1 hour`] },
        {
          requests: [served(20, "29 minutes")],
          latency: ["20000 for 14 minutes", "4999 for 1 minute", "20000 for 14 minutes"],
        },
      ],
      healed: { requests: [served(20, "1 minute")], latency: ["4999 for 1 minute"] },
    },
    runbook: {
      means:
        "One request of a hundred takes more than twice what users accept: a query, a lock or a single bad pod, which grows into a page.",
      check: [
        "Which routes and whose requests? Logs Insights on the API's access log: filter latency > 5000 | stats count(*) as requests by routeKey, subject | sort requests desc",
        "Is it one target? Compare the pods' own p99 of http_request_duration_seconds.",
        "What do the slowest have in common: a customer with much data, an export, the first request after a deployment?",
      ],
      fix: [
        "Give the query an index or a limit, or move the export to a queue.",
        "Restart the pod that is slow alone.",
      ],
    },
  },
  "api-backend-slow": {
    title: "Services behind the gateway take long",
    golden: "latency",
    unit: "milliseconds",
    role: "http",
    source: percentile("IntegrationLatency", "p90"),
    alarm: { atLeast: ({ acceptable }) => 0.8 * acceptable, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          requests: [served(20, "20 minutes")],
          latency: ["400 for 5 minutes", "100/100/100/100/100/100/100/100/2000/2000 for 15 minutes"],
        },
      ],
      fine: [
        { requests: [served(20, "1 hour")], latency: ["1999 for 1 hour"] },
        { requests: [served(20, "1 hour")], latency: ["100/100/100/100/100/100/100/100/100/9000 for 1 hour"] },
        { requests: [served(19, "1 hour")], latency: ["9000 for 1 hour"] },
        {
          requests: [served(20, "29 minutes")],
          latency: ["9000 for 14 minutes", "1999 for 1 minute", "9000 for 14 minutes"],
        },
      ],
      healed: { requests: [served(20, "1 minute")], latency: ["1999 for 1 minute"] },
    },
    runbook: {
      means: "The services use four fifths of the time that users accept. Little is left before api-slow pages.",
      check: [
        "Which target group's response time rose (target-group-slow)?",
        "Did traffic rise with it, or only the time for each request?",
        "What do its pods wait for: CPU (throttled?), connections to the database, another service?",
      ],
      fix: ["Scale the service out before users feel it.", "Roll back the release since which it is slow."],
    },
  },
  "api-average-latency": {
    title: "Average latency",
    golden: "latency",
    unit: "milliseconds",
    role: "http",
    source: metric("Latency", "Average"),
    runbook: { means: "What a request takes on average. It hides the slow ones, which the alarms look at." },
  },
});
