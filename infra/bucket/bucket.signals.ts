import { bucketCopySignals } from "./bucket.copy.signals";
import { bucketInfoSignals } from "./bucket.info.signals";
import { bucketRequestSignals } from "./bucket.request.signals";
import { bucketUseSignals } from "./bucket.use.signals";

/**
 * What is watched of a bucket ("Amazon S3 metrics and dimensions", Amazon S3 User Guide, 2026-11). Services retry and have their own pages: a bucket pages only
 * when it is as good as gone.
 */
export const bucketSignals = {
  ...bucketUseSignals,
  ...bucketRequestSignals,
  ...bucketCopySignals,
  ...bucketInfoSignals,
};
