import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { administration, inNameOf, logsMayEncrypt, policyDocument, rolePolicy, trustPolicy } from "./policy";
import { place } from "./recorder";

const parsed = (policy: { apply(use: (text: string) => void): unknown }) =>
  new Promise<unknown>((resolve) => policy.apply((text) => resolve(JSON.parse(text))));

describe("the policy of a key", () => {
  it("leaves its administration to the account", () => {
    assert.deepEqual(policyDocument([administration(place.account)]), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Account",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  });

  it("lets CloudWatch Logs of its region use it, for the named groups of the account alone", () => {
    assert.deepEqual(logsMayEncrypt(place, "orders-*", "Log"), {
      Sid: "Log",
      Effect: "Allow",
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:123456789012:log-group:orders-*",
        },
      },
    });
  });

  it("says by the operator whether names are whole or patterns", () => {
    const arn = "arn:aws:logs:eu-central-1:123456789012:log-group:";
    const condition = (groups: string | string[]) => logsMayEncrypt(place, groups).Condition;
    const context = (value: unknown) => ({ "kms:EncryptionContext:aws:logs:arn": value });
    assert.deepEqual(condition("/aws/a"), { ArnEquals: context(`${arn}/aws/a`) });
    assert.deepEqual(condition(["a", "b"]), { ArnEquals: context([`${arn}a`, `${arn}b`]) });
    assert.deepEqual(condition(["a", "b-*"]), { ArnLike: context([`${arn}a`, `${arn}b-*`]) });
  });
});

describe("the policies of a role", () => {
  it("say who takes it on, and in whose name", async () => {
    const service = { Service: "backup.amazonaws.com" };
    const trusted = (statement: object) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
    assert.deepEqual(await parsed(trustPolicy(service)), trusted({ Principal: service, Action: "sts:AssumeRole" }));
    assert.deepEqual(
      await parsed(
        trustPolicy({ AWS: output("arn:aws:iam::123456789012:role/source") }, inNameOf(place.account), [
          "sts:TagSession",
        ]),
      ),
      trusted({
        Principal: { AWS: "arn:aws:iam::123456789012:role/source" },
        Action: ["sts:TagSession"],
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      }),
    );
  });

  it("say what it may do to what is not known yet", async () => {
    const statement = { Effect: "Allow", Action: "sqs:SendMessage" } as const;
    assert.deepEqual(await parsed(rolePolicy([{ ...statement, Resource: output("arn:aws:sqs:::orders") }])), {
      Version: "2012-10-17",
      Statement: [{ ...statement, Resource: "arn:aws:sqs:::orders" }],
    });
  });
});
