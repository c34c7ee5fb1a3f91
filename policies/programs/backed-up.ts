import { Volume } from "@pulumi/aws/ebs/volume.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { backupTags } from "../../infra/recovery/tags";

const zone = { availabilityZone: "eu-central-1a", size: 20 };

/** A plan, or a reason for none; what keeps no data needs neither. */
export function passes(): void {
  new Volume("planned", { ...zone, tags: backupTags("daily") });
  new Volume("scratch", { ...zone, tags: backupTags({ none: "made again by each run" }) });
  new Role("keeps-nothing", { assumeRolePolicy: "{}" });
}

/** Each volume is forgotten in another way. */
export function fails(): void {
  new Volume("untagged", zone);
  new Volume("unsaid", { ...zone, tags: { backup: "none" } });
}
