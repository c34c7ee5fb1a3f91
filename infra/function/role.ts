import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { ComponentResource } from "@pulumi/pulumi";
import { type Conditions, type Permission, type RoleStatement, rolePolicy, trustPolicy } from "../kit/policy";

/** Who takes a role. */
export interface Taker {
  /** `lambda.amazonaws.com` */
  readonly service: string;
  /** In whose name, so that nobody else's function or schedule can use it. */
  readonly condition?: Conditions;
}

/** A role of a service, and what it may do. */
export interface MadeRole {
  readonly role: Role;
  /** Whatever uses the role must come after it. */
  readonly policy: RolePolicy;
}

/** Makes a role. @param may what it may do @param never what it may not do, whoever else lets it */
export function createRole(
  name: string,
  { service, condition }: Taker,
  may: readonly Permission[],
  never: readonly Permission[],
  parent: ComponentResource,
): MadeRole {
  const role = new Role(name, { assumeRolePolicy: trustPolicy({ Service: service }, condition) }, { parent });
  const statements = [
    ...may.map((one): RoleStatement => ({ Effect: "Allow", ...one })),
    ...never.map((one): RoleStatement => ({ Effect: "Deny", ...one })),
  ];
  const policy = new RolePolicy(name, { role: role.name, policy: rolePolicy(statements) }, { parent });
  return { role, policy };
}
