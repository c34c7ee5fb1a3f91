import { math, repeat, signals } from "../signal/signal";
import { example, most, type NatSize, sum } from "./nat.metrics";

/** How much goes through a gateway, and what it cannot carry. */
export const natLoadSignals = signals<"gateway", "gateway", NatSize>()({
  "nat-gateway-bandwidth": {
    title: "Near the most that a gateway can carry",
    golden: "saturation",
    unit: "percent",
    role: "gateway",
    // 100 Gbit/s are 12.5 GB a second: this many bytes are a percent.
    source: math("peak / 125000000", { peak: most("PeakBytesPerSecond") }),
    alarm: { above: "80 %", for: "15 minutes", datapoints: 10, severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { peak: ["2000000000 for 30 minutes", "10000000001 for 10 minutes"] },
        {
          peak: ["2000000000 for 30 minutes", ...repeat(5, "10000000001 for 2 minutes", "2000000000 for 1 minute")],
        },
      ],
      fine: [
        { peak: ["10000000000 for 1 hour"] },
        { peak: ["2000000000 for 20 minutes", "12000000000 for 9 minutes", "2000000000 for 20 minutes"] },
        {
          peak: [
            "2000000000 for 20 minutes",
            "12000000000 for 5 minutes",
            "2000000000 for 6 minutes",
            "12000000000 for 5 minutes",
            "2000000000 for 20 minutes",
          ],
        },
        { peak: ["missing for 1 hour"] },
      ],
      healed: { peak: ["2000000000 for 15 minutes"] },
    },
    runbook: {
      means: "A gateway carries 100 Gbit/s at most. Above that it drops packets, and everything outside gets slow.",
      check: [
        "Who sends: `stats sum(bytes) as total by srcAddr | sort total desc | limit 10` in the flow log.",
        "Where to: the same query `by dstAddr`. Is it S3, a registry, or another service of AWS that an endpoint would take?",
        "Is it a backup, an import or a load test that runs once?",
      ],
      fix: [
        "Give the service its endpoint (`vigia:network.endpoints`); S3 has one already, in its own region.",
        "Spread the senders over zones: each has a gateway where `vigia:network.natGateways` is `one per zone`.",
      ],
    },
  },
  "nat-gateway-packets": {
    title: "Near the most packets that a gateway can forward",
    golden: "saturation",
    unit: "percent",
    role: "gateway",
    source: math("peak / 100000", { peak: most("PeakPacketsPerSecond") }),
    alarm: { above: "80 %", for: "15 minutes", datapoints: 10, severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { peak: ["900000 for 30 minutes", "8000001 for 10 minutes"] },
        { peak: ["900000 for 30 minutes", ...repeat(5, "8000001 for 2 minutes", "900000 for 1 minute")] },
      ],
      fine: [
        { peak: ["8000000 for 1 hour"] },
        { peak: ["900000 for 20 minutes", "9900000 for 9 minutes", "900000 for 20 minutes"] },
        {
          peak: [
            "900000 for 20 minutes",
            "9900000 for 5 minutes",
            "900000 for 6 minutes",
            "9900000 for 5 minutes",
            "900000 for 20 minutes",
          ],
        },
        { peak: ["missing for 1 hour"] },
      ],
      healed: { peak: ["900000 for 15 minutes"] },
    },
    runbook: {
      means: "A gateway forwards ten million packets a second at most, and drops what is above.",
      check: [
        "Who sends: `stats sum(packets) as total by srcAddr | sort total desc | limit 10` in the flow log.",
        "Are they small: total bytes through packets? Then somebody sends without buffering, or scans.",
        "Does nat-gateway-dropping already tell of losses?",
      ],
      fix: [
        "Stop what scans, or roll back what stopped buffering.",
        "Spread the senders over zones, or over several gateways.",
      ],
    },
  },
  "nat-gateway-dropping": {
    title: "Packets are dropped",
    golden: "errors",
    unit: "percent",
    role: "gateway",
    source: math("IF(sent + received >= 10000, 100 * dropped / (sent + received), 0)", {
      dropped: sum("PacketsDropCount"),
      sent: sum("PacketsInFromSource"),
      received: sum("PacketsInFromDestination"),
    }),
    alarm: { above: "0.01 %", for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          dropped: ["0 for 30 minutes", "2010 for 5 minutes"],
          sent: ["19000000 for 35 minutes"],
          received: ["1000000 for 35 minutes"],
        },
        {
          dropped: ["0 for 30 minutes", "2 for 5 minutes"],
          sent: ["4000 for 35 minutes"],
          received: ["6000 for 35 minutes"],
        },
      ],
      fine: [
        {
          dropped: ["2000 for 30 minutes"],
          sent: ["19000000 for 30 minutes"],
          received: ["1000000 for 30 minutes"],
        },
        {
          dropped: ["2000 for 30 minutes"],
          sent: ["1000000 for 30 minutes"],
          received: ["19000000 for 30 minutes"],
        },
        { dropped: ["50 for 30 minutes"], sent: ["4000 for 30 minutes"], received: ["5999 for 30 minutes"] },
        {
          dropped: ["0 for 20 minutes", "900 for 4 minutes", "0 for 1 minute", "900 for 4 minutes", "0 for 11 minutes"],
          sent: ["1000000 for 40 minutes"],
          received: ["1000000 for 40 minutes"],
        },
        { dropped: ["missing for 30 minutes"], sent: ["1000000 for 30 minutes"], received: ["9000 for 30 minutes"] },
      ],
      healed: { dropped: ["0 for 5 minutes"], sent: ["1000000 for 5 minutes"], received: ["1000000 for 5 minutes"] },
    },
    runbook: {
      means:
        "More than one packet in ten thousand is lost inside the gateway. Connections get slower; the gateway itself has trouble, or is at its limit.",
      check: [
        "Does AWS Health tell of trouble in its zone?",
        "Are nat-gateway-bandwidth or nat-gateway-packets near 100 %?",
        "Since when, and did the traffic change its kind (many small packets)?",
      ],
      fix: [
        "At the limit: give what sends most an endpoint, or a gateway of its own.",
        "Otherwise open a case with AWS: the gateway's id, the time, this graph.",
      ],
    },
  },
  "nat-gateway-bytes-out": {
    title: "Sent to the outside",
    golden: "traffic",
    unit: "bytes",
    role: "gateway",
    source: sum("BytesOutToDestination"),
    runbook: {
      means: "What leaves, and is billed by the gigabyte. A sudden rise at night may be somebody who takes data away.",
    },
  },
  "nat-gateway-bytes-in": {
    title: "Received from the outside",
    golden: "traffic",
    unit: "bytes",
    role: "gateway",
    source: sum("BytesInFromDestination"),
    runbook: { means: "What comes in as an answer, image layers above all, and is billed by the gigabyte." },
  },
});
