import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { Config, type Input } from "@pulumi/pulumi";
import { buildPack } from "../build.cjs";
import { stackType, unknownValue } from "./record";
import { type EngineStack, type StackOptions, withStack } from "./run";
import { type TestProject, testProject } from "./testing";

const onStack = <T>(options: Partial<StackOptions>, work: (stack: EngineStack) => Promise<T>) =>
  withStack(
    {
      stack: "dev",
      provider: "stand-in",
      packages: ["aws"],
      config: { "aws:region": "eu-central-1", "vigia:greeting": "hello" },
      program: async () => undefined,
      ...options,
    },
    work,
  );

const queueUrn = (name: string) => `urn:pulumi:dev::vigia::aws:sqs/queue:Queue::${name}`;

describe("a stack on the engine", () => {
  it("goes through preview, update, change, drift and destruction, and each run tells what it did", async () => {
    let size = 30;
    const program = async () => {
      const orders = new aws.sqs.Queue("orders", { visibilityTimeoutSeconds: size });
      new aws.sqs.Queue("named", { name: `named-${size}` });
      return { url: orders.url, greeting: new Config().require("greeting") };
    };
    await onStack({ program }, async (stack) => {
      assert.match(stack.engine.version, /^3\./);
      assert.match(stack.engine.provider, /^stand-in \(aws /);

      const preview = await stack.preview();
      assert.deepEqual(
        [preview.failed, preview.cause, preview.diagnostics, preview.violations],
        [false, undefined, [], []],
      );
      assert.deepEqual(preview.changes, { create: 3 });
      assert.deepEqual(preview.outputs, { url: unknownValue, greeting: "hello" });
      const planned = preview.resources.find(({ urn }) => urn === queueUrn("orders"));
      assert.equal(planned?.op, "create");
      assert.equal(planned?.name, "orders");
      assert.equal(planned?.type, "aws:sqs/queue:Queue");
      assert.equal(planned?.parent, preview.resources.find(({ type }) => type === stackType)?.urn);
      assert.equal(planned?.inputs.visibilityTimeoutSeconds, 30);
      assert.equal(planned?.outputs.arn, unknownValue);
      assert.equal(stack.standIn?.cloud.resources().length, 0);

      const up = await stack.up();
      assert.deepEqual(up.changes, { create: 3 });
      const arn = up.resources.find(({ urn }) => urn === queueUrn("orders"))?.outputs.arn;
      assert.match(String(arn), /^arn:aws:sqs:eu-central-1:/);
      assert.match(String(up.outputs.url), /^https:/);
      assert.deepEqual((await stack.up()).changes, { same: 3 });

      size = 40;
      const change = await stack.up();
      assert.deepEqual(change.changes, { same: 1, update: 1, replace: 1 });
      const [orders, named] = ["orders", "named"].map((name) =>
        change.resources.find(({ urn }) => urn === queueUrn(name)),
      );
      assert.equal(orders?.op, "update");
      assert.deepEqual(orders?.changedKeys, ["visibilityTimeoutSeconds"]);
      assert.deepEqual(orders?.replaceKeys, []);
      assert.equal(orders?.outputs.arn, arn);
      assert.deepEqual([named?.op, named?.deleteFirst, named?.replaceKeys], ["replace", true, ["name"]]);
      assert.equal(named?.detailedDiff.name?.diffKind, "update-replace");
      assert.equal(named?.outputs.name, "named-40");

      stack.standIn?.cloud.drift(queueUrn("orders"), { visibilityTimeoutSeconds: 99 });
      const refresh = await stack.refresh();
      const drifted = refresh.resources.filter(({ op }) => op !== "same");
      assert.deepEqual(
        drifted.map(({ urn, op, changedKeys }) => [urn, op, changedKeys]),
        [[queueUrn("orders"), "update", ["visibilityTimeoutSeconds"]]],
      );
      assert.equal(drifted[0]?.outputs.visibilityTimeoutSeconds, 99);

      const state = JSON.stringify(await stack.exportStack());
      assert.match(state, /"deployment"/);
      assert.ok(state.includes(queueUrn("orders")));

      const destruction = await stack.destroy();
      assert.equal(destruction.failed, false);
      assert.ok(destruction.resources.every(({ op }) => op === "delete"));
      assert.equal(stack.standIn?.cloud.resources().length, 0);
    });
  });

  it("tells a secret as a secret, in its runs and in the exported state", async () => {
    const program = async () => {
      const { secret } = await import("@pulumi/pulumi");
      new aws.sqs.Queue("orders", { policy: secret("hunter2") });
      return { token: secret("hunter2") };
    };
    await onStack({ program }, async (stack) => {
      const up = await stack.up();
      assert.equal(up.failed, false);
      assert.equal(up.outputs.token, "[secret]");
      for (const told of [up, await stack.exportStack()]) assert.ok(!JSON.stringify(told).includes("hunter2"));
    });
  });

  describe("that fails ends with one cause", () => {
    const cases: readonly [what: string, program: () => Promise<void>, kind: string, message: RegExp][] = [
      [
        "of a program that throws",
        async () => {
          throw new Error("out of milk");
        },
        "program",
        /out of milk\n.*run\.test\.ts:\d+/,
      ],
      [
        "of a callback that throws",
        async () => {
          new aws.sqs.Queue("orders").name.apply(() => {
            throw new Error("sour milk");
          });
        },
        "program",
        /sour milk/,
      ],
      [
        "of a promise that nobody waits for",
        async () => {
          void Promise.reject(new Error("spilt milk"));
        },
        "program",
        /spilt milk/,
      ],
      [
        "of a setting that is missing",
        async () => void new Config().require("nothing"),
        "config",
        /vigia:nothing is missing/,
      ],
      [
        "of a value of the wrong type",
        async () => {
          new aws.sqs.Queue("orders", { delaySeconds: "soon" as unknown as Input<number> });
        },
        "resource",
        /aws:sqs\/queue:Queue::orders: .*delaySeconds.*expected number/,
      ],
    ];
    for (const [what, program, kind, message] of cases) {
      it(what, async () => {
        const { failed, cause } = await onStack({ program }, (stack) => stack.preview());
        assert.equal(failed, true);
        assert.equal(cause?.kind, kind);
        assert.match(cause?.message ?? "", message);
      });
    }

    it("of a program that waits for ever", async () => {
      const program = () => new Promise<void>(() => undefined);
      const { cause } = await onStack({ program, idleLimit: 2_000 }, (stack) => stack.preview());
      assert.equal(cause?.kind, "hanging");
    });

    it("of a resource that is protected", async () => {
      const program = async () => void new aws.sqs.Queue("orders", {}, { protect: true });
      await onStack({ program }, async (stack) => {
        await stack.up();
        const { cause } = await stack.destroy();
        assert.equal(cause?.kind, "protected");
        assert.ok(cause?.message.includes(queueUrn("orders")));
      });
    });

    it("and the next run of the same process is well", async () => {
      const { failed, cause } = await onStack({}, (stack) => stack.preview());
      assert.deepEqual([failed, cause], [false, undefined]);
    });
  });

  describe("under a policy pack", () => {
    let project: TestProject;
    let pack: string;
    before(() => {
      project = testProject({
        "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
        "pack/package.json": '{ "name": "test", "version": "1.0.0", "main": "dist/index.js" }\n',
        "pack/index.ts": `
import { PolicyPack } from "@pulumi/policy";
new PolicyPack("test", {
  policies: [
    {
      name: "delayed",
      description: "Queues are delayed.",
      enforcementLevel: "mandatory",
      severity: "high",
      validateResource: (args, report) => {
        if (args.type.includes("sqs/queue") && !args.props.delaySeconds) report("set delaySeconds");
      },
    },
    {
      name: "few",
      description: "Stacks are small.",
      enforcementLevel: "advisory",
      validateStack: (args, report) => report(\`there are \${args.resources.length}\`),
    },
  ],
});`,
      });
      pack = buildPack(`${project.folder}/pack`);
    });
    after(() => project.remove());

    it("reports each broken rule, and fails for a mandatory one, in a preview and in an update", async () => {
      let delaySeconds = 0;
      await onStack(
        { pack, program: async () => void new aws.sqs.Queue("orders", { delaySeconds }) },
        async (stack) => {
          for (const run of [await stack.preview(), await stack.up()]) {
            assert.equal(run.failed, true);
            assert.deepEqual(run.cause, { kind: "policy", message: "1 × a mandatory rule is broken (delayed)" });
            assert.deepEqual(
              run.violations.find(({ policy }) => policy === "delayed"),
              {
                policy: "delayed",
                level: "mandatory",
                severity: "high",
                urn: queueUrn("orders"),
                message: "set delaySeconds",
              },
            );
          }
          delaySeconds = 5;
          const { failed, violations } = await stack.preview();
          assert.equal(failed, false);
          assert.deepEqual(
            violations.map(({ policy, level, message }) => [policy, level, message]),
            [["few", "advisory", "there are 3"]],
          );
        },
      );
    });

    it("that does not start fails with what the pack said", async () => {
      const broken = testProject({
        "PulumiPolicy.yaml": "runtime: nodejs\n",
        "package.json": '{ "name": "broken", "version": "1.0.0", "main": "index.js" }\n',
        "index.js": "throw new Error('rotten pack');\n",
      });
      try {
        const { cause } = await onStack({ pack: broken.folder }, (stack) => stack.preview());
        assert.equal(cause?.kind, "pack-failed");
        assert.match(cause?.message ?? "", /rotten pack/);
      } finally {
        broken.remove();
      }
    });
  });
});
