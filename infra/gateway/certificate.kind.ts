import { defineKind } from "../signal/kind";
import { type CertificateSize, certificateSignals } from "./certificate.signals";

/** Certificates as the catalogue knows them. Public ones that are not exported cost nothing ("AWS Certificate Manager pricing", 2026-11). */
export const certificateKind = defineKind<"certificate", "certificate", CertificateSize>({
  name: "certificate",
  types: ["aws:acm/certificate:Certificate"],
  signals: certificateSignals,
  nameOf: {},
  roleOf: () => "certificate",
  sizeOf: ({ known, madeFrom }) => ({
    renewed: known.certificateBody === undefined && madeFrom.certificateBody === undefined,
  }),
  costs: () => [],
});
