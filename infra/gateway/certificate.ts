import { Certificate as AcmCertificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import { checkChanges } from "../signal/changes";
import { Watch, type Watcher } from "../signal/watch";
import { type CertificateSize, certificateSignals } from "./certificate.signals";
import { checkDomain } from "./domain";
import { changesTo, type GatewayChanges } from "./gateway.signals";

/** How an existing certificate is watched. */
export interface WatchCertificateOptions {
  /** ACM issued it, and renews it by itself; false for one that was imported. @default true */
  renewed?: boolean;
  /** What it does differently, by signal id. */
  changes?: GatewayChanges;
  /** Who is told. */
  watcher: Watcher;
}

/** What a certificate is made from. */
export interface CertificateArgs extends Omit<WatchCertificateOptions, "renewed"> {
  /** The one name that it is for. Replaces the certificate. */
  domain: string;
  /** The zone of Route 53 in which its name is proven. */
  hostedZoneId: Input<string>;
}

/** The alarms of a certificate. */
export type CertificateWatch = Watch<"certificate", CertificateSize>;

/** A public certificate for one name, proven by a record in the name's own zone, which also lets ACM renew it for ever. */
export class Certificate extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly certificate: AcmCertificate;
    readonly record: DnsRecord;
    readonly validation: CertificateValidation;
    readonly watch: CertificateWatch;
  };

  constructor(name: string, args: CertificateArgs, opts?: ComponentResourceOptions) {
    const { domain, hostedZoneId } = args;
    const problems = new Problems(`certificate "${name}"`);
    checkDomain(problems, domain);
    checkChanges(problems, changesTo(certificateSignals, args.changes));
    problems.throwIfAny();
    super("vigia:gateway:Certificate", name, {}, opts);
    const certificate = new AcmCertificate(
      name,
      { domainName: domain, validationMethod: "DNS", keyAlgorithm: "RSA_2048" },
      { parent: this },
    );
    // One name has one option, so that its record is a resource that a preview shows.
    const option = (field: "resourceRecordName" | "resourceRecordValue") =>
      certificate.domainValidationOptions.apply((options) => options?.[0]?.[field] ?? "");
    const record = new DnsRecord(
      `${name}-validation`,
      {
        zoneId: hostedZoneId,
        name: option("resourceRecordName"),
        type: "CNAME",
        records: [option("resourceRecordValue")],
        ttl: 300,
        // ACM asks for the same record again and again: one that is left over from an earlier certificate is the right one.
        allowOverwrite: true,
      },
      { parent: this },
    );
    const validation = new CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: this },
    );
    const watch = watchCertificate(name, certificate, args, { parent: this });
    this.nodes = { certificate, record, validation, watch };
    this.registerOutputs({ arn: this.arn });
  }

  /** Known when the certificate is valid, so that nobody uses one that is not. */
  get arn(): Output<string> {
    return this.nodes.validation.certificateArn;
  }
}

/**
 * Watches a certificate that exists already, in any Pulumi program: the alarms that {@link Certificate} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchCertificate(
  name: string,
  existing: AcmCertificate,
  { renewed = true, changes, watcher }: WatchCertificateOptions,
  opts?: ComponentResourceOptions,
): CertificateWatch {
  const own = changesTo(certificateSignals, changes);
  const problems = new Problems(`certificate "${name}"`);
  checkChanges(problems, own);
  problems.throwIfAny();
  const part = { kind: "certificate", signals: certificateSignals, role: "certificate", size: { renewed } } as const;
  return new Watch(
    name,
    [{ ...part, resource: existing, subjects: { certificate: existing.arn }, changes: own }],
    watcher,
    opts,
  );
}
