import assert from "node:assert/strict";
import type { Permission } from "../kit/policy";
import { record } from "../kit/recorder";
import { type PodIdentityArgs, podIdentity } from "./pod-identity";

const cluster = { clusterName: "main", arn: "arn:aws:eks:eu-central-1:123456789012:cluster/main" };
const send: Permission = { Sid: "Orders", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:::orders" };
const usual: PodIdentityArgs = { cluster, namespace: "shop", serviceAccount: "api", statements: [send] };
const made = (args: Partial<PodIdentityArgs> = {}) => record(() => podIdentity("shop-api", { ...usual, ...args }));

describe("the identity of pods", () => {
  it("can be taken on by the pods of one service account of one cluster only", async () => {
    const role = (await made()).document("aws:iam/role:Role", "shop-api", "assumeRolePolicy");
    assert.deepEqual(role, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-arn": cluster.arn,
              "aws:RequestTag/kubernetes-namespace": "shop",
              "aws:RequestTag/kubernetes-service-account": "api",
            },
          },
        },
      ],
    });
  });

  it("may do what is stated, and has it before the pods get it", async () => {
    const recording = await made();
    assert.deepEqual(recording.document("aws:iam/rolePolicy:RolePolicy", "shop-api", "policy"), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", ...send }],
    });
    const { inputs, dependsOn, parent } = recording.one(
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      "shop-api",
    );
    assert.deepEqual([inputs.clusterName, inputs.namespace, inputs.serviceAccount], ["main", "shop", "api"]);
    assert.ok(dependsOn.includes("shop-api"));
    assert.equal(parent, "shop-api");
  });

  const refused: readonly (readonly [string, Partial<PodIdentityArgs>, string])[] = [
    ["nothing", { statements: [] }, "statements must allow something: pods without rights need no role"],
    [
      "all actions of a service",
      { statements: [{ ...send, Action: "sqs:*" }] },
      'Orders: name the actions one by one, written like "sqs:SendMessage", got "sqs:*"',
    ],
    [
      "everything",
      { statements: [{ ...send, Action: ["*"] }] },
      'Orders: name the actions one by one, written like "sqs:SendMessage", got ["*"]',
    ],
    [
      "all resources",
      { statements: [{ ...send, Resource: "*" }] },
      'Orders: name the resources, or bound "*" by a condition',
    ],
    [
      "a name that Kubernetes does not take",
      { namespace: "Shop" },
      'namespace must be a name of Kubernetes, got "Shop"',
    ],
  ];
  for (const [what, args, line] of refused)
    it(`is refused ${what}`, () =>
      assert.rejects(made(args), { name: "RangeError", message: `pod identity "shop-api": ${line}` }));

  it("may have all resources under a condition", async () => {
    const metrics: Permission = {
      Sid: "Metrics",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "Vigia" } },
    };
    assert.equal((await made({ statements: [metrics] })).ofType("aws:iam/role:Role").length, 1);
  });
});
