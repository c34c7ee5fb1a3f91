import { table } from "./table";

export const acm = table(
  "AWS/CertificateManager",
  "Supported CloudWatch metrics, AWS Certificate Manager User Guide, 2026-11",
  {
    /** Two points a day, until the certificate expires. In days, though CloudWatch has no such unit. */
    DaysToExpiry: {
      unit: "Count",
      kind: "gauge",
      statistics: ["Minimum", "Maximum", "Average"],
      dimensions: [["CertificateArn"]],
      period: 86_400,
      worse: "low",
    },
  },
);
