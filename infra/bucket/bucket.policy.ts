import type { Bucket as S3Bucket } from "@pulumi/aws/s3/bucket.js";
import { interpolate, jsonStringify, type Output } from "@pulumi/pulumi";
import { administration, inNameOf, type PolicyStatement, policyDocument } from "../kit/policy";
import type { Place } from "../topic/senders";
import type { AccessLogSource } from "./bucket.args";

/** Where load balancers put their logs: what `accessLogs.prefix` of a load balancer must say. */
export const loadBalancerPrefix = "load-balancer";

/**
 * Who delivers access logs. Load balancers write below a prefix that holds the account's id, which keeps those of others out ("Enable access logs for your
 * Application Load Balancer", ELB User Guide, 2026-11); other buckets are told apart by their account ("Enabling Amazon S3 server access logging", Amazon S3
 * User Guide, 2026-11).
 */
const deliveries: Readonly<Record<AccessLogSource, (bucket: S3Bucket, place: Place) => PolicyStatement>> = {
  loadBalancer: ({ arn }, { account }) => ({
    Sid: "LoadBalancerLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: interpolate`${arn}/${loadBalancerPrefix}/AWSLogs/${account}/*`,
  }),
  buckets: ({ arn }, { account }) => ({
    Sid: "ServerAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: interpolate`${arn}/*`,
    Condition: inNameOf(account),
  }),
};

/** The policy of a bucket: only over TLS 1.2 and later ("Security best practices for Amazon S3", Amazon S3 User Guide, 2026-11), and who delivers logs. */
export function bucketPolicy(bucket: S3Bucket, place: Place, source?: AccessLogSource): Output<string> {
  const deny = (Sid: string, Condition: NonNullable<PolicyStatement["Condition"]>): PolicyStatement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.arn, interpolate`${bucket.arn}/*`],
    Condition,
  });
  return jsonStringify(
    policyDocument([
      deny("OnlyOverTls", { Bool: { "aws:SecureTransport": "false" } }),
      deny("OnlySafeTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
      ...(source ? [deliveries[source](bucket, place)] : []),
    ]),
  );
}

/** The policy of the bucket's key: roles of the account use it by their own policies. */
export const keyPolicy = ({ account }: Place): string => JSON.stringify(policyDocument([administration(account)]));
