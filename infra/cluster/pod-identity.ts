import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { type Permission, rolePolicy, trustPolicy } from "../kit/policy";
import { Problems } from "../kit/problems";

/** Which pods, and what they may do. */
export interface PodIdentityArgs {
  /** The cluster: its name in AWS, and its ARN. */
  cluster: { readonly clusterName: Input<string>; readonly arn: Input<string> };
  /** Namespace of the service account. */
  namespace: string;
  /** The service account of the pods. */
  serviceAccount: string;
  /** What they may do, and nothing else. */
  statements: readonly Permission[];
}

/** Lists of actions or resources that are everything. */
const everything = (given: string | readonly unknown[] | Input<string> | readonly Input<string>[]) =>
  (Array.isArray(given) ? given : [given]).some((one) => one === "*");

function check(name: string, { namespace, serviceAccount, statements }: PodIdentityArgs): void {
  const problems = new Problems(`pod identity "${name}"`);
  problems.add(checkName("role", name));
  for (const [what, text] of Object.entries({ namespace, serviceAccount }))
    problems.unless(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text), `${what} must be a name of Kubernetes`, text);
  problems.unless(statements.length > 0, "statements must allow something: pods without rights need no role");
  for (const { Sid, Action, Resource, Condition } of statements) {
    const actions = typeof Action === "string" ? [Action] : Action;
    problems.unless(
      actions.length > 0 && actions.every((action) => /^[a-z0-9-]+:[A-Za-z*]+$/.test(action) && !action.endsWith(":*")),
      `${Sid}: name the actions one by one, written like "sqs:SendMessage"`,
      Action,
    );
    problems.unless(
      Condition !== undefined || !everything(Resource),
      `${Sid}: name the resources, or bound "*" by a condition`,
    );
  }
  problems.throwIfAny();
}

/**
 * A role for the pods of one service account, and for no others: it can be taken on only for this cluster, namespace and account ("Grant Pods access to AWS
 * resources based on tags" and "How EKS Pod Identity works", Amazon EKS User Guide, 2026-11). No secret is involved.
 */
export class PodIdentity extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly role: Role; readonly association: PodIdentityAssociation };

  constructor(name: string, args: PodIdentityArgs, opts?: ComponentResourceOptions) {
    check(name, args);
    super("vigia:cluster:PodIdentity", name, {}, opts);
    const { cluster, namespace, serviceAccount, statements } = args;
    const assumeRolePolicy = trustPolicy(
      { Service: "pods.eks.amazonaws.com" },
      {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": cluster.arn,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
      },
      ["sts:AssumeRole", "sts:TagSession"],
    );
    const own = { parent: this };
    const role = new Role(name, { assumeRolePolicy }, own);
    const policy = rolePolicy(statements.map((statement) => ({ Effect: "Allow", ...statement })));
    const allowed = new RolePolicy(name, { role: role.name, policy }, own);
    const association = new PodIdentityAssociation(
      name,
      { clusterName: cluster.clusterName, namespace, serviceAccount, roleArn: role.arn },
      { ...own, dependsOn: [allowed] },
    );
    this.nodes = { role, association };
    this.registerOutputs({ roleArn: role.arn });
  }
}

/** Gives the pods of a service account a role of their own: what waits for `nodes.association` has it from its start. */
export const podIdentity = (name: string, args: PodIdentityArgs, opts?: ComponentResourceOptions): PodIdentity =>
  new PodIdentity(name, args, opts);
