import type { Price } from "../prices";

/** What keeps data, and its backups, keys and secrets. */
export const keepingPrices = {
  "s3.storage": {
    item: "S3 storage, standard class, first 50 TB",
    price: 0.023,
    unit: "GB-month",
    source: "Amazon S3 pricing, as quoted in public cost records, 2025",
  },
  "s3.writes": {
    item: "S3 PUT, COPY, POST and LIST requests, standard class",
    price: 0.005,
    unit: "thousand requests",
    source: "Amazon S3 pricing, as quoted in public cost records, 2025",
  },
  "s3.reads": {
    item: "S3 GET and all other requests, standard class",
    price: 0.0004,
    unit: "thousand requests",
    source: "Amazon S3 pricing, as quoted in public cost records, 2025",
  },
  "rds.postgres.t4g": {
    item: "RDS for PostgreSQL, db.t4g.large, one zone",
    price: 0.129,
    unit: "hour",
    source:
      "instances.vantage.sh/rds, 2025-01; agrees with db.t4g.medium in AWS RDS pricing explained, infratally.com, 2026",
  },
  "rds.postgres.m7g": {
    item: "RDS for PostgreSQL, db.m7g.large, one zone",
    price: 0.168,
    unit: "hour",
    source: "instances.vantage.sh/rds, 2025-01",
  },
  "rds.storage.gp3": {
    item: "RDS storage, gp3, one zone",
    price: 0.115,
    unit: "GB-month",
    source: "infracost, golden file of aws_db_instance, 2025-07",
  },
  "rds.backup": {
    item: "RDS backups beyond the storage of the database",
    price: 0.095,
    unit: "GB-month",
    source: "RDS pricing calculator guide, usage.ai, 2026-06",
  },
  "rds.insights.advanced": {
    item: "Database Insights Advanced",
    price: 0.0125,
    unit: "vCPU-hour",
    source: "Amazon CloudWatch pricing, 2026-10-02",
  },
  "backup.rds": {
    item: "AWS Backup, RDS snapshots",
    price: 0.095,
    unit: "GB-month",
    source: "AWS Backup pricing, as quoted in infracost's test files, 2025",
  },
  "kms.key": {
    item: "KMS customer managed key",
    price: 1,
    unit: "key-month",
    source: "AWS KMS pricing, 2026-03-14",
  },
  "secretsmanager.secret": {
    item: "Secrets Manager secret",
    price: 0.4,
    unit: "secret-month",
    source: "AWS Secrets Manager pricing, 2026-09-20",
  },
} as const satisfies Record<string, Price>;
