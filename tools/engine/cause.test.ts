import assert from "node:assert/strict";
import { causeOf, type Failure } from "./cause";
import type { Diagnostic, Violation } from "./record";

const stackUrn = "urn:pulumi:dev::vigia::pulumi:pulumi:Stack::vigia-dev";
const queueUrn = "urn:pulumi:dev::vigia::aws:sqs/queue:Queue::orders";
const of = (failure: Partial<Failure>) =>
  causeOf({ stack: "dev", text: "", diagnostics: [], violations: [], ...failure });
const says = (text: string) => of({ text });
const error = (message: string, urn?: string): Diagnostic => ({ severity: "error", message, ...(urn ? { urn } : {}) });

describe("the cause of a failed run", () => {
  const words: readonly [kind: string, text: string, message: RegExp][] = [
    ["cli-missing", "Error: spawn /cache/bin/pulumi ENOENT", /Pulumi CLI could not be started/],
    ["cli-missing", "Command failed with ENOENT: pulumi version", /finds or builds one/],
    [
      "language-host-missing",
      "error: no language plugin 'pulumi-language-nodejs' found in the workspace or on your $PATH",
      /no pulumi-language-nodejs beside the Pulumi CLI: install the official CLI/,
    ],
    [
      "language-host-too-old",
      "could not read plugin [/usr/bin/pulumi-language-nodejs] stdout: not supported",
      /older than the engine/,
    ],
    [
      "pack-runner-missing",
      "the built-in analyzer plugin that runs policy plugins is missing",
      /nothing to start the policy pack with/,
    ],
    [
      "provider-missing",
      "no resource plugin 'pulumi-resource-awsx' found in the workspace at version v3.9.0 or on your $PATH",
      /no provider "awsx" v3\.9\.0: the stand-in does not serve it, or `pulumi plugin install resource awsx`/,
    ],
    ["passphrase", "error: getting secrets manager: incorrect passphrase", /not the passphrase of stack dev/],
    ["no-stack", "error: no stack named 'dev' found", /make it with `pulumi stack init dev`/],
    ["locked", "error: the stack is currently locked by 1 lock(s)", /another update of stack dev/],
    ["login", "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions", /pulumi login/],
    [
      "config",
      "error: Missing required configuration variable 'vigia:owner'",
      /vigia:owner is missing from Pulumi\.dev\.yaml/,
    ],
    ["credentials", "error: No valid credential sources found", /log in, as with `aws sso login`/],
    ["protected", `resource "${queueUrn}" cannot be deleted\nbecause it is protected`, /orders is protected/],
    ["hanging", "\nno sign of life for 120 s: ended", /did nothing for 120 s and was ended/],
    ["other", " something new ", /^something new$/],
  ];
  for (const [kind, text, message] of words) {
    it(`is ${kind} where the engine says: ${text.trim().split("\n")[0]}`, () => {
      const cause = says(text);
      assert.equal(cause.kind, kind);
      assert.match(cause.message, message);
    });
  }

  it("is the program where it threw, with its own lines and without those of packages", () => {
    const message =
      "Unhandled exception: Error: milk\n    at program (stacks/index.ts:4:9)\n    at x (/p/node_modules/@pulumi/pulumi/output.js:1:2)\n    at node:internal/main:28:49";
    for (const urn of [undefined, stackUrn]) {
      const cause = of({ diagnostics: [error(message, urn)] });
      assert.deepEqual(cause, {
        kind: "program",
        message: "Unhandled exception: Error: milk\n    at program (stacks/index.ts:4:9)",
      });
    }
  });

  it("is the resource that failed, also where the stack fails for it", () => {
    const cause = of({ diagnostics: [error("update failed", stackUrn), error("expected number", queueUrn)] });
    assert.deepEqual(cause, { kind: "resource", message: "aws:sqs/queue:Queue::orders: expected number" });
  });

  it("is the policy only where nothing else failed, and counts mandatory rules only", () => {
    const rule = (policy: string, level: Violation["level"]): Violation => ({
      policy,
      level,
      severity: "",
      message: "m",
    });
    const violations = [rule("watched", "mandatory"), rule("watched", "mandatory"), rule("tags", "advisory")];
    assert.deepEqual(of({ violations }), { kind: "policy", message: "2 × a mandatory rule is broken (watched)" });
    assert.equal(of({ violations, diagnostics: [error("preview failed")] }).kind, "policy");
    assert.equal(of({ violations, diagnostics: [error("boom")] }).kind, "program");
    assert.equal(of({ violations: [rule("tags", "advisory")], text: "x" }).kind, "other");
  });

  it("of a pack that does not start holds what the pack said", () => {
    const cause = of({
      text: 'error: policy pack "/p" failed to start: exit status 1',
      diagnostics: [
        { severity: "info#err", message: "throw err;" },
        { severity: "info#err", message: "Error: Cannot find module '/p'" },
      ],
    });
    assert.equal(cause.kind, "pack-failed");
    assert.match(cause.message, /failed to start: exit status 1: Error: Cannot find module '\/p'/);
  });
});
