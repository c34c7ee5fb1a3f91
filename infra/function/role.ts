import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { type ComponentResource, type Input, jsonStringify } from "@pulumi/pulumi";

type Conditions = Readonly<Record<string, Readonly<Record<string, Input<string> | readonly Input<string>[]>>>>;

/** Something that a role may do. */
export interface Permission {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly Input<string>[];
  readonly condition?: Conditions;
}

const statement = (Effect: "Allow" | "Deny", { sid, actions, resources, condition }: Permission) => ({
  Sid: sid,
  Effect,
  Action: actions,
  Resource: resources,
  ...(condition && { Condition: condition }),
});

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
  const trust = {
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  };
  const assumeRolePolicy = jsonStringify({ Version: "2012-10-17", Statement: [trust] });
  const role = new Role(name, { assumeRolePolicy }, { parent });
  const statements = [...may.map((one) => statement("Allow", one)), ...never.map((one) => statement("Deny", one))];
  const policy = new RolePolicy(
    name,
    { role: role.name, policy: jsonStringify({ Version: "2012-10-17", Statement: statements }) },
    { parent },
  );
  return { role, policy };
}
