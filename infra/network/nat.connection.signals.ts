import { math, repeat, signals } from "../signal/signal";
import { example, most, type NatSize, sum } from "./nat.metrics";

/** Whether connections to the outside come about. */
export const natConnectionSignals = signals<"gateway", "gateway", NatSize>()({
  "nat-gateway-cut-off": {
    title: "Nothing outside answers",
    golden: "availability",
    unit: "percent",
    role: "gateway",
    source: math("IF(attempts >= 30, 100 * established / attempts, 100)", {
      attempts: sum("ConnectionAttemptCount"),
      established: sum("ConnectionEstablishedCount"),
    }),
    alarm: { below: "10 %", for: "5 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          attempts: ["900 for 30 minutes", "30 for 5 minutes"],
          established: ["880 for 30 minutes", "2 for 5 minutes"],
        },
        {
          attempts: ["900 for 30 minutes", "10000 for 5 minutes"],
          established: ["880 for 30 minutes", "995 for 5 minutes"],
        },
      ],
      fine: [
        { attempts: ["29 for 30 minutes"], established: ["0 for 30 minutes"] },
        { attempts: ["30 for 30 minutes"], established: ["3 for 30 minutes"] },
        {
          attempts: ["900 for 60 minutes"],
          established: [
            "880 for 20 minutes",
            "0 for 4 minutes",
            "90 for 1 minute",
            "0 for 4 minutes",
            "880 for 31 minutes",
          ],
        },
        { attempts: ["missing for 30 minutes"], established: ["missing for 30 minutes"] },
      ],
      healed: { attempts: ["900 for 2 minutes"], established: ["880 for 2 minutes"] },
    },
    runbook: {
      means:
        "Fewer than one in ten connections that leave by this gateway are answered: calls to partners, image pulls and AWS services without an endpoint fail in its zones.",
      felt: "What needs a partner fails: payments, mails, parcels. New pods in these zones may not start.",
      check: [
        "Is it this gateway, or all of them (the board `nat-gateway`)? AWS Health tells of a zone that is impaired.",
        "Is its route still there: `aws ec2 describe-route-tables --filters Name=route.nat-gateway-id,Values=<gateway>`, and does the public subnet still lead to the internet gateway?",
        "Is it one destination that does not answer? In the flow log: `filter srcAddr like /^10\\./ | stats count(*) as flows by dstAddr, dstPort | sort flows desc | limit 20`.",
        "Did a network ACL or a route change (CloudTrail: ReplaceRoute, DeleteRoute, ReplaceNetworkAclEntry)?",
      ],
      fix: [
        "Deploy the stack again to restore its route.",
        "Where a zone is impaired, point the private route tables of that zone to a gateway of another: `aws ec2 replace-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0 --nat-gateway-id <other>`; a deployment afterwards sets it back.",
        "Where it is one partner, stop its retries: they hide the others.",
      ],
    },
  },
  "nat-gateway-ports-exhausted": {
    title: "No source port left for a destination",
    golden: "saturation",
    unit: "count",
    role: "gateway",
    source: sum("ErrorPortAllocation"),
    alarm: { above: 0, for: "5 minutes", datapoints: 3, severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 30 minutes", "1 for 3 minutes"],
        ["0 for 30 minutes", "1 for 1 minute", "0 for 1 minute", "1 for 1 minute", "0 for 1 minute", "1 for 1 minute"],
        ["missing for 30 minutes", "1 for 3 minutes"],
      ],
      fine: [
        ["0 for 1 hour"],
        ["0 for 10 minutes", "400 for 2 minutes", "0 for 3 minutes", "400 for 2 minutes", "0 for 40 minutes"],
        ["missing for 1 hour"],
      ],
      healed: ["0 for 5 minutes"],
    },
    runbook: {
      means:
        "More than 55,000 connections are open to one address and port outside, so that new ones to it are refused: whoever calls that partner sees errors.",
      felt: "What needs that one partner fails at random, worse the more there is to do.",
      check: [
        "Which destination: `filter srcAddr like /^10\\./ | stats count(*) as flows by dstAddr, dstPort | sort flows desc | limit 10` in the flow log.",
        "Which pods open them: `stats count(*) as flows by srcAddr | sort flows desc` for that destination, then `kubectl get pods -A -o wide | grep <address>`.",
        "Do ActiveConnectionCount and IdleTimeoutCount rise together? Then connections are opened and never closed.",
        "Was a service released that no longer keeps its connections open between requests?",
      ],
      fix: [
        "Roll that service back, or restart it: its ports are free at once.",
        "Where the destination is an AWS service, give it an endpoint (`vigia:network.endpoints`).",
        "Give the gateway further addresses: each one brings 55,000 ports to each destination.",
      ],
    },
  },
  "nat-gateway-unanswered": {
    title: "Many connections get no answer",
    golden: "errors",
    unit: "percent",
    role: "gateway",
    source: math("IF(attempts >= 300, 100 * (attempts - established) / attempts, 0)", {
      attempts: sum("ConnectionAttemptCount"),
      established: sum("ConnectionEstablishedCount"),
    }),
    alarm: { above: "20 %", every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          attempts: ["2000 for 45 minutes"],
          established: ["1990 for 30 minutes", "1599 for 15 minutes"],
        },
        {
          attempts: ["60 for 45 minutes"],
          established: ["60 for 30 minutes", "47 for 15 minutes"],
        },
      ],
      fine: [
        { attempts: ["900 for 45 minutes"], established: ["720 for 45 minutes"] },
        { attempts: repeat(9, "60 for 4 minutes", "59 for 1 minute"), established: ["10 for 45 minutes"] },
        {
          attempts: ["900 for 60 minutes"],
          established: [
            "880 for 20 minutes",
            "0 for 6 minutes",
            "880 for 9 minutes",
            "0 for 6 minutes",
            "880 for 19 minutes",
          ],
        },
        // Established counts what is sent again, so that it may be above the attempts.
        { attempts: ["900 for 30 minutes"], established: ["1100 for 30 minutes"] },
        { attempts: ["missing for 30 minutes"], established: ["missing for 30 minutes"] },
      ],
      healed: { attempts: ["900 for 10 minutes"], established: ["880 for 10 minutes"] },
    },
    runbook: {
      means:
        "For a quarter of an hour more than a fifth of the connections to the outside were not answered: most likely one partner is down, and somebody retries.",
      check: [
        "Which destination: `filter srcAddr like /^10\\./ and packets < 4 | stats count(*) as flows by dstAddr, dstPort | sort flows desc | limit 20` in the flow log.",
        "Who calls it: the same query `by srcAddr`, then `kubectl get pods -A -o wide | grep <address>`.",
        "Does the partner tell of trouble, and does it still have our addresses on its list?",
      ],
      fix: [
        "Switch off or slow down what calls the partner until it answers.",
        "Where the address is wrong, mend it in the service's settings.",
      ],
    },
  },
  "nat-gateway-idle-timeouts": {
    title: "Connections are kept open and forgotten",
    golden: "errors",
    unit: "percent",
    role: "gateway",
    source: math("IF(opened >= 500, 100 * idle / opened, 0)", {
      idle: sum("IdleTimeoutCount"),
      opened: sum("ConnectionEstablishedCount"),
    }),
    alarm: { above: "50 %", every: "5 minutes", for: "1 hour", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { idle: ["10 for 1 hour", "10010 for 1 hour"], opened: ["20000 for 2 hours"] },
        { idle: ["0 for 1 hour", "51 for 1 hour"], opened: ["100 for 2 hours"] },
      ],
      fine: [
        { idle: ["500 for 2 hours"], opened: ["1000 for 2 hours"] },
        { idle: ["99 for 2 hours"], opened: repeat(24, "100 for 4 minutes", "99 for 1 minute") },
        {
          idle: ["900 for 55 minutes", "0 for 5 minutes", "900 for 55 minutes", "0 for 5 minutes"],
          opened: ["1000 for 2 hours"],
        },
        { idle: ["missing for 2 hours"], opened: ["1000 for 2 hours"] },
        { idle: ["900 for 2 hours"], opened: ["missing for 2 hours"] },
      ],
      healed: { idle: ["0 for 10 minutes"], opened: ["1000 for 10 minutes"] },
    },
    runbook: {
      means:
        "Half of the connections end because nobody spoke for 350 seconds. The next request on such a one is reset: rare, slow errors that nobody can repeat.",
      check: [
        "Which service logs `connection reset` or `broken pipe` on its first request after a pause?",
        "What is its pool's idle time? It must be below 350 seconds.",
        "Which destination: `stats count(*) as flows by dstAddr, dstPort | sort flows desc | limit 10` in the flow log.",
      ],
      fix: [
        "Set the pool's idle time below 350 seconds, or TCP keep-alive to less than that.",
        "Let the client try a request again whose connection was reset before an answer.",
      ],
    },
  },
  "nat-gateway-connections": {
    title: "Open connections",
    golden: "traffic",
    unit: "count",
    role: "gateway",
    source: most("ActiveConnectionCount"),
    runbook: {
      means: "TCP connections through the gateway. Of these, 55,000 to one destination are the most for each address.",
    },
  },
  "nat-gateway-attempts": {
    title: "Connections asked for",
    golden: "traffic",
    unit: "count",
    role: "gateway",
    source: sum("ConnectionAttemptCount"),
    runbook: { means: "How often something inside called something outside." },
  },
});
