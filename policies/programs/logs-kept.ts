import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Key } from "@pulumi/aws/kms/key.js";

/** A key that is made beside it, so that a preview does not know it, and one that is there. */
export function passes(): void {
  const key = new Key("of-logs", { enableKeyRotation: true });
  new LogGroup("kept", { retentionInDays: 30, kmsKeyId: key.arn });
  new LogGroup("kept-long", { retentionInDays: 3653, kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1" });
}

/** Each is kept in another way that it should not be. */
export function fails(): void {
  const kmsKeyId = "arn:aws:kms:eu-central-1:123456789012:key/1";
  new LogGroup("for-ever", { kmsKeyId });
  new LogGroup("zero-days", { retentionInDays: 0, kmsKeyId });
  new LogGroup("in-the-open", { retentionInDays: 30 });
}
