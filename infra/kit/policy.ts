import { type Input, jsonStringify, type Output } from "@pulumi/pulumi";

/** Under what conditions a statement holds: operators, and what each compares. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, Input<string> | readonly Input<string>[]>>>>;

/** A statement of a resource policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: Input<string> | readonly Input<string>[];
  readonly Condition?: Conditions;
}

/** Something that a role may do. */
export interface Permission {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: Input<string> | readonly Input<string>[];
  readonly Condition?: Conditions;
}

/** A statement of the policy of a role. */
export interface RoleStatement extends Omit<Permission, "Sid"> {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
}

const document = <Statement>(statements: readonly Statement[]) => ({ Version: "2012-10-17", Statement: statements });

/** A resource policy in the current version of its language. */
export const policyDocument = (statements: readonly PolicyStatement[]) => document(statements);

/** The policy of a role: what it may do, and what it may not. */
export const rolePolicy = (statements: readonly RoleStatement[]): Output<string> => jsonStringify(document(statements));

/** Who may take a role on. @param Condition in whose name, so that no service does it for somebody else */
export const trustPolicy = (
  Principal: { readonly Service: string } | { readonly AWS: Input<string> },
  Condition?: Conditions,
  Action: string | readonly string[] = "sts:AssumeRole",
): Output<string> => jsonStringify(document([{ Effect: "Allow", Principal, Action, ...(Condition && { Condition }) }]));

/** A service acts in the name of this account ("The confused deputy problem", IAM User Guide, 2026-11). */
export const inNameOf = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });

/** The account's own administration of a key: without it nobody could change the policy, and roles could not use the key by policies of their own. */
export const administration = (account: string): PolicyStatement => ({
  Sid: "Account",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
});

/**
 * CloudWatch Logs keeps these log groups with a key ("Encrypt log data in CloudWatch Logs using AWS Key Management Service", CloudWatch Logs User Guide, 2026-11).
 * @param groups their names, or patterns of them
 */
export function logsMayEncrypt(
  { account, region }: { readonly account: string; readonly region: string },
  groups: string | readonly string[],
  Sid = "Logs",
): PolicyStatement {
  const arn = (group: string) => `arn:aws:logs:${region}:${account}:log-group:${group}`;
  const names = [groups].flat();
  // IAM compares both in the same way: which one stands there tells the reader whether to look for a pattern.
  const operator = names.some((name) => name.includes("*")) ? "ArnLike" : "ArnEquals";
  const arns = typeof groups === "string" ? arn(groups) : groups.map(arn);
  return {
    Sid,
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { [operator]: { "kms:EncryptionContext:aws:logs:arn": arns } },
  };
}
