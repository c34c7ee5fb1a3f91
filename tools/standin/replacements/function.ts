import type { Replacement } from "../replacements";

const service = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}, ForceNew`;

/** What replaces a function, what invokes it, and the rotation of a secret. */
export const functionReplacements: Readonly<Record<string, Replacement>> = {
  "aws:lambda/function:Function": {
    inputs: ["name", "packageType", "tenancyConfig"],
    source: service("lambda/function.go", "0156d84"),
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    inputs: ["functionName", "qualifier"],
    source: service("lambda/function_event_invoke_config.go", "0160692"),
  },
  // `input` replaces only with the scope CREATE_ONLY, which is what it is where nothing is given.
  "aws:lambda/invocation:Invocation": {
    inputs: ["functionName", "input", "qualifier", "triggers"],
    source: service("lambda/invocation.go", "0133e9e"),
  },
  "aws:lambda/permission:Permission": { inputs: ["*"], source: service("lambda/permission.go", "04592f0") },
  "aws:scheduler/schedule:Schedule": {
    inputs: ["groupName", "name", "namePrefix"],
    source: service("scheduler/schedule.go", "02f524b"),
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": {
    inputs: ["name", "namePrefix"],
    source: service("scheduler/schedule_group.go", "0cdab4a"),
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    inputs: ["secretId"],
    source: service("secretsmanager/secret_rotation.go", "0413c66"),
  },
};
