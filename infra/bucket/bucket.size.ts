import { cloudwatch } from "../signal/signal";

/**
 * What a resource is: a bucket that services use, the configuration that copies it to another region, or the copy there. CloudWatch has no sight of another
 * region: what S3 publishes where the copy lies is watched there ("Using S3 Replication metrics", Amazon S3 User Guide, 2026-11).
 */
export type BucketRole = "bucket" | "replication" | "replica";

/** The dimensions' values: all but the storage classes are outputs of resources. */
export type BucketSubject = "bucket" | "filter" | "standard" | "everything" | "source" | "destination" | "rule";

/** What an instance declares of itself; limits are functions of it. */
export interface BucketSize {
  readonly writesPerDay: number;
  readonly readsPerDay: number;
  /** Bytes that it should hold at most; absent: nobody said. */
  readonly capacity?: number;
  /** Its request metrics are on. */
  readonly measured: boolean;
  /** Requests never pause for half an hour, by day or night. */
  readonly steady: boolean;
  /** Something is written at least once a day. */
  readonly writtenDaily: boolean;
  /** Percent of requests that S3 may refuse (4xx): asking for what may not exist counts too. */
  readonly refused: number;
  /** Milliseconds until the first byte of an answer that are too long. */
  readonly firstByte: number;
}

/** A metric of all requests to the bucket. */
export const request = (name: string, statistic: "Sum" | "p99" | "Average") =>
  cloudwatch("AWS/S3", name, statistic, { BucketName: "bucket", FilterId: "filter" });

/** Where S3 publishes anything of its requests. */
export const measured = { holds: (size: BucketSize) => size.measured, otherwise: "its request metrics are off" };

/** A metric of the rule that copies everything. */
export const replication = (name: string, statistic: "Sum" | "Maximum") =>
  cloudwatch("AWS/S3", name, statistic, {
    SourceBucket: "source",
    DestinationBucket: "destination",
    RuleId: "rule",
  });

/** Requests that failed within S3. */
export const serverErrors = request("5xxErrors", "Sum");
/** All requests. */
export const requests = request("AllRequests", "Sum");

/** The size at which limits are proven. */
export const example: BucketSize = {
  writesPerDay: 100_000,
  readsPerDay: 900_000,
  capacity: 500 * 2 ** 30,
  measured: true,
  steady: true,
  writtenDaily: true,
  refused: 5,
  firstByte: 1_000,
};
