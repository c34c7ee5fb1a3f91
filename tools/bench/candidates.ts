/** What is compared: a program, how Node is started for it, and what it must have made to be comparable. */

/** `register`: no engine, only the program; `preview`: the real engine with the stand-in. */
export const parts = ["register", "preview"] as const;
export type Part = (typeof parts)[number];

/** A program that is measured. */
export interface Candidate {
  readonly id: string;
  readonly part: Part;
  readonly title: string;
  /** What Node gets before the count of queues. */
  readonly args: readonly string[];
  /** What Node gets after it. */
  readonly more?: readonly string[];
  /** Not in an aim: measured with --all only. */
  readonly extra?: boolean;
  /** Types of the resources that it must make, and how many for each queue. */
  readonly makes: Readonly<Record<string, number>>;
  /** A mandatory rule refuses the program: that is its proper end. */
  readonly refused?: boolean;
}

/** One program must not take more than so many times another. */
export interface Aim {
  readonly of: string;
  readonly to: string;
  /** Most that the ratio of the times may be; none where the ratio is only told. */
  readonly most?: number;
}

/** Compiled programs and the policy pack. */
export interface Programs {
  readonly register: string;
  readonly preview: string;
  readonly cdk: string;
  readonly pack: string;
}

const plainResources = {
  "aws:sqs/queue:Queue": 2,
  "aws:sqs/queuePolicy:QueuePolicy": 2,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": 1,
  "aws:cloudwatch/metricAlarm:MetricAlarm": 3,
};
const watchedResources = { ...plainResources, "vigia:queue:Queue": 1, "vigia:signal:Watch": 1 };
const cdkResources = { "AWS::SQS::Queue": 2, "AWS::SQS::QueuePolicy": 2, "AWS::CloudWatch::Alarm": 3 };

/** All are started alike: without it the SDK alone takes several times as long, and the comparison would be one of stack traces. */
const lean = "--stack-trace-limit=0";

/** The programs in the order of the report. */
export const candidates = ({ register, preview, cdk, pack }: Programs): readonly Candidate[] => [
  {
    id: "register-cdk",
    part: "register",
    title: "aws-cdk-lib + cdk-monitoring-constructs",
    args: [lean, cdk, "dashboards"],
    makes: cdkResources,
  },
  {
    id: "register-cdk-no-dashboards",
    part: "register",
    title: "the same without dashboards",
    args: [lean, cdk, "no-dashboards"],
    extra: true,
    makes: cdkResources,
  },
  {
    id: "register-plain",
    part: "register",
    title: "plain Pulumi",
    args: [lean, register, "plain"],
    makes: plainResources,
  },
  {
    id: "register-vigia",
    part: "register",
    title: "Vigia",
    args: [lean, register, "watched"],
    makes: watchedResources,
  },
  {
    id: "register-vigia-loop",
    part: "register",
    title: "Vigia in a loop",
    args: [lean, register, "watched-in-loop"],
    makes: watchedResources,
  },
  {
    id: "register-plain-traces",
    part: "register",
    title: "plain Pulumi with stack traces",
    args: [register, "plain"],
    extra: true,
    makes: plainResources,
  },
  {
    id: "register-vigia-traces",
    part: "register",
    title: "Vigia with stack traces",
    args: [register, "watched"],
    extra: true,
    makes: watchedResources,
  },
  {
    id: "preview-plain",
    part: "preview",
    title: "plain Pulumi",
    args: [lean, preview, "plain"],
    makes: plainResources,
  },
  { id: "preview-vigia", part: "preview", title: "Vigia", args: [lean, preview, "watched"], makes: watchedResources },
  {
    id: "preview-plain-pack",
    part: "preview",
    title: "plain Pulumi with the policy pack",
    args: [lean, preview, "plain"],
    more: [pack],
    makes: plainResources,
    refused: true,
  },
  {
    id: "preview-vigia-pack",
    part: "preview",
    title: "Vigia with the policy pack",
    args: [lean, preview, "watched"],
    more: [pack],
    makes: watchedResources,
  },
];

/** What the project aims at (times, not memory). */
export const aims: readonly Aim[] = [
  { of: "register-vigia", to: "register-cdk", most: 0.6 },
  { of: "register-vigia", to: "register-cdk-no-dashboards" },
  { of: "register-vigia", to: "register-plain", most: 1.15 },
  { of: "register-vigia-loop", to: "register-cdk" },
  { of: "register-vigia-loop", to: "register-plain" },
  { of: "register-plain-traces", to: "register-plain" },
  { of: "register-vigia-traces", to: "register-vigia" },
  { of: "preview-vigia", to: "preview-plain", most: 1.2 },
  { of: "preview-vigia-pack", to: "preview-plain" },
  { of: "preview-vigia-pack", to: "preview-plain-pack" },
];

/** What a program of the bench says in its last line. */
interface Said {
  readonly resources: Readonly<Record<string, number>>;
  readonly cause?: { readonly kind: string; readonly message: string };
}

/**
 * Makes sure that a run made what it was to make: a program that fails early is fast.
 * @throws Error with what was made instead
 */
export function checkRun({ id, makes, refused }: Candidate, queues: number, stdout: string): void {
  const last = stdout.trim().split("\n").at(-1) ?? "";
  const { resources, cause }: Said = JSON.parse(last);
  if (cause && !(refused && cause.kind === "policy")) throw new Error(`${id} failed: ${cause.message}`);
  if (refused && !cause)
    throw new Error(`${id}: no rule refused it, though its queues lack alarms: is the policy pack in use?`);
  for (const [type, each] of Object.entries(makes)) {
    if (resources[type] === each * queues) continue;
    throw new Error(
      `${id} made ${resources[type] ?? 0} ${type} instead of ${each * queues}: the programs are no longer alike`,
    );
  }
}
