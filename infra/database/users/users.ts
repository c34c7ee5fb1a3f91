import { createHash } from "node:crypto";
import { Invocation } from "@pulumi/aws/lambda/invocation.js";
import { all, ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { LambdaFunction } from "../../function/function";
import { databasesVariable, usersFile } from "./environment";
import { checkUsers, type DatabaseUsersArgs } from "./users.args";

/** Written from the project's folder. */
const entry = "infra/database/users/handler.ts";

/**
 * The users of databases, who log in by IAM: made at each deployment that changes them, and looked after every hour, because a database that was restored from a backup
 * has those of then. One function in the VPC, which logs in with the password that RDS keeps.
 */
export class DatabaseUsers extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly function: LambdaFunction; readonly made: Invocation };

  constructor(name: string, args: DatabaseUsersArgs, opts?: ComponentResourceOptions) {
    checkUsers(name, args);
    super("vigia:database:DatabaseUsers", name, {}, opts);
    const { databases, network, place, watcher, service } = args;
    const users = `${JSON.stringify(
      Object.fromEntries(
        Object.entries(databases).map(([database, { monitor, services }]) => [database, { monitor, services }]),
      ),
    )}\n`;
    const places = this.places(args);
    const known = Object.values(databases);
    const made = new LambdaFunction(
      name,
      {
        entry,
        files: { [usersFile]: users },
        description: "Makes the users of databases, who log in by IAM: adds what is missing, never takes away",
        environment: { [databasesVariable]: places },
        timeout: "3 minutes",
        every: "1 hour",
        network,
        place,
        watcher,
        service,
        may: [
          {
            Sid: "Secrets",
            Action: ["secretsmanager:GetSecretValue"],
            Resource: known.map(({ secretArn }) => secretArn),
          },
          { Sid: "LogIn", Action: ["rds-db:connect"], Resource: known.map(({ loginArn }) => loginArn) },
          { Sid: "SecretsKeys", Action: ["kms:Decrypt"], Resource: known.map(({ secretKeyArn }) => secretKeyArn) },
        ],
      },
      { parent: this },
    );
    const hash = createHash("sha256").update(made.code).update(users).digest("hex");
    const invocation = new Invocation(
      name,
      { functionName: made.name, input: "{}", triggers: { databases: places, users: hash } },
      { parent: this },
    );
    this.nodes = { function: made, made: invocation };
    this.registerOutputs({ function: made.arn });
  }

  /** Where they are, as the function reads it. */
  private places({ databases }: DatabaseUsersArgs): Output<string> {
    const known = Object.entries(databases).map(([name, { address, port, databaseName, secretArn }]) =>
      all([address, output(port), databaseName, secretArn]).apply(
        ([host, number, database, secret]) => [name, { host, port: number, database, secret }] as const,
      ),
    );
    return all(known).apply((entries) => JSON.stringify(Object.fromEntries(entries)));
  }
}
