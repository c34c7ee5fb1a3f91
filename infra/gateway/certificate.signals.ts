import { cloudwatch, signals } from "../signal/signal";

/** What an instance declares of itself. */
export interface CertificateSize {
  /** ACM renews it by itself: it was issued by ACM, and not imported. */
  readonly renewed: boolean;
}

const days = cloudwatch("AWS/CertificateManager", "DaysToExpiry", "Minimum", { CertificateArn: "certificate" });
const renewed: CertificateSize = { renewed: true };

/**
 * What is watched of a certificate. The metric starts some hours after the certificate was issued and ends with it, so that a missing point keeps the state: a
 * new certificate is quiet, and one that has expired stays in alarm.
 */
export const certificateSignals = signals<"certificate", "certificate", CertificateSize>()({
  "certificate-not-renewed": {
    title: "A certificate was not renewed in time",
    golden: "availability",
    unit: "count",
    role: "certificate",
    source: days,
    when: { holds: (size) => size.renewed, otherwise: "it was imported, and nobody renews it by himself" },
    // The project's own number: ACM starts 60 days ahead, and later for certificates of a shorter life. AWS recommends 44, which leaves a slow renewal no room.
    alarm: { atMost: 30, every: "1 day", for: "1 day", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: renewed,
      bad: [["31 for 1 day", "31/30 for 1 day"]],
      fine: [["31 for 10 days"]],
      healed: ["31 for 1 day"],
    },
    runbook: {
      means:
        "ACM should have renewed this certificate long ago and could not. Nothing fails yet; in 30 days every client will refuse the connection.",
      check: [
        "What does ACM say? aws acm describe-certificate --certificate-arn <arn> --query Certificate.RenewalSummary",
        "Is the validation record still in the zone (dig +short CNAME <name from DomainValidationOptions>)?",
        "Does a CAA record of the domain keep Amazon from issuing (dig +short CAA <domain>)?",
        "Is the certificate in use (InUseBy)? ACM renews no other.",
      ],
      fix: [
        "Put the validation record back (pulumi up), or let CAA name amazon.com; ACM tries again by itself.",
        "A certificate that nothing uses any more: delete it.",
      ],
    },
  },
  "certificate-expiring": {
    title: "An imported certificate expires soon",
    golden: "availability",
    unit: "count",
    role: "certificate",
    source: days,
    when: { holds: (size) => !size.renewed, otherwise: "ACM renews it by itself" },
    alarm: { atMost: 44, every: "1 day", for: "1 day", severity: "ticket", whenMissing: "keep" },
    proof: {
      size: { renewed: false },
      bad: [["45 for 1 day", "45/44 for 1 day"]],
      fine: [["45 for 10 days"]],
      healed: ["45 for 1 day"],
    },
    runbook: {
      means: "An imported certificate has six weeks left, and only a person renews it.",
      check: [
        "Who issues it, and how was it imported last time?",
        "What uses it? aws acm describe-certificate --certificate-arn <arn> --query Certificate.InUseBy",
        "Could ACM issue one instead, which renews itself?",
      ],
      fix: ["Renew it and import it under the same ARN: what uses it takes the new one by itself."],
    },
  },
  "certificate-ending": {
    title: "A certificate expires within a week",
    golden: "availability",
    unit: "count",
    role: "certificate",
    source: days,
    alarm: { atMost: 7, every: "1 day", for: "1 day", severity: "page", whenMissing: "keep" },
    proof: {
      size: renewed,
      bad: [["8 for 1 day", "8/7 for 1 day"]],
      fine: [["8 for 10 days"]],
      healed: ["8 for 1 day"],
    },
    runbook: {
      means:
        "In a week at most every client refuses the connection. The ticket of weeks ago was not worked on, or did not help.",
      felt: "Nothing yet. From that day on every browser and every partner refuses the connection: the whole platform is down for them.",
      check: [
        "Who works on the ticket (certificate-not-renewed, certificate-expiring), and what blocks it?",
        "aws acm describe-certificate --certificate-arn <arn> --query Certificate.[Status,RenewalSummary,InUseBy]",
        "Can a second certificate for the same name be issued and validated now?",
      ],
      fix: [
        "Request a new certificate with a new validation record, and give it to the listener and to the domain name.",
        "Mend validation (record, CAA) and wait: ACM renews within hours once it can validate.",
      ],
    },
  },
  "certificate-days": {
    title: "Days until the certificate expires",
    golden: "availability",
    unit: "count",
    role: "certificate",
    source: days,
    runbook: { means: "Falls by one a day, and jumps up when ACM renews." },
  },
});
