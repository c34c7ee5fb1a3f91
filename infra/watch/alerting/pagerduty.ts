import { Key } from "@pulumi/aws/kms/key.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretPolicy } from "@pulumi/aws/secretsmanager/secretPolicy.js";
import { type Input, jsonStringify, type Output, type Resource } from "@pulumi/pulumi";
import { kept } from "../../kit/keep";
import { administration, inNameOf, type PolicyStatement, policyDocument } from "../../kit/policy";
import type { Place } from "../../topic/senders";

/** What the secrets of PagerDuty are made from. */
export interface PagerDutyArgs extends Place {
  /** By the subscriber's name, which is unique among all severities: the secret's name in Secrets Manager. */
  readonly secrets: Readonly<Record<string, string>>;
  /** ARN of the workspace whose alert manager reads them. */
  readonly workspace: Input<string>;
  readonly protect: boolean;
  readonly parent: Resource;
}

/** AMP reads the secret by its own name, for one workspace only ("Use PagerDuty as an alert receiver", AMP User Guide, 2026-11). */
const reads = (Action: string | readonly string[], { account, workspace }: PagerDutyArgs): PolicyStatement => ({
  Sid: "Amp",
  Effect: "Allow",
  Principal: { Service: "aps.amazonaws.com" },
  Action,
  Resource: "*",
  Condition: { ...inNameOf(account), ArnEquals: { "aws:SourceArn": workspace } },
});

function createKey(name: string, args: PagerDutyArgs): Key {
  return new Key(
    `${name}-pagerduty`,
    {
      description: `Integration keys of PagerDuty for ${name}`,
      policy: jsonStringify(policyDocument([administration(args.account), reads("kms:Decrypt", args)])),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    },
    { parent: args.parent, ...kept(args.protect) },
  );
}

/**
 * A secret for each integration key, behind a key of their own, readable by the alert manager alone. The keys themselves never pass through the program: a person
 * puts each in as {"routing_key": "..."}.
 * @returns ARNs by the subscriber's name
 */
export function createPagerDutySecrets(name: string, args: PagerDutyArgs): Readonly<Record<string, Output<string>>> {
  const entries = Object.entries(args.secrets);
  if (entries.length === 0) return {};
  const { protect, parent } = args;
  const key = createKey(name, args);
  return Object.fromEntries(
    entries.map(([subscriber, secretName]) => {
      const logical = `${name}-${subscriber}`;
      const secret = new Secret(
        logical,
        {
          name: secretName,
          description: `Integration key of PagerDuty, as {"routing_key": "..."}, which the alert manager of ${name} reads`,
          kmsKeyId: key.arn,
          recoveryWindowInDays: protect ? 30 : 0,
        },
        { parent, ...kept(protect) },
      );
      new SecretPolicy(
        logical,
        {
          secretArn: secret.arn,
          policy: jsonStringify(policyDocument([reads("secretsmanager:GetSecretValue", args)])),
          blockPublicPolicy: true,
        },
        { parent },
      );
      return [subscriber, secret.arn];
    }),
  );
}
