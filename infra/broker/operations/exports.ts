import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Exports } from "./compare";

/** Name of the metadata that holds the hash of an export. */
const hashKey = "sha256";

/** Exports as versions of one object in a bucket. */
export function bucketExports(bucket: string, key: string, client = new S3Client({})): Exports {
  return {
    async newest(): Promise<string | undefined> {
      try {
        return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).Metadata?.[hashKey];
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
    async put(text, hash): Promise<void> {
      const asked = {
        Bucket: bucket,
        Key: key,
        Body: text,
        ContentType: "application/json",
        Metadata: { [hashKey]: hash },
      };
      await client.send(new PutObjectCommand(asked));
    },
  };
}
