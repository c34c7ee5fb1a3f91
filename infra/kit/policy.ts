import type { Input } from "@pulumi/pulumi";

/** A statement of a resource policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: Input<string> | readonly Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Input<string> | readonly Input<string>[]>>>>;
}

/** A policy in the current version of its language. */
export const policyDocument = (statements: readonly PolicyStatement[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
