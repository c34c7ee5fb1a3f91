import assert from "node:assert/strict";
import { objectedTo, type Runs, saidOf } from "../testing";

export function actionableCases(runs: () => Runs): void {
  describe("actionable", () => {
    const said = (name: string) => saidOf(runs(), "actionable", name);
    const only = (name: string): string => {
      assert.equal(said(name).length, 1, said(name).join("\n"));
      return said(name)[0] ?? "";
    };

    it("accepts a topic of the stack, the ARN of another, and silent children of a composite that speaks for them", () => {
      assert.deepEqual(objectedTo(runs(), "actionable"), []);
    });

    it("refuses an alarm that tells nobody", () => {
      assert.match(only("mute"), /^alarm "mute" tells nobody: give alarmActions the ARN of an SNS topic/);
    });

    it("refuses actions that are switched off", () => {
      assert.match(only("switched-off"), /has its actions switched off: take actionsEnabled: false out/);
    });

    it("refuses actions that reach no topic, by their ARN or by what they were made from", () => {
      assert.match(only("to-a-queue"), /its actions lead to .*, which is no SNS topic/);
      assert.match(only("to-a-reboot"), /lead to "arn:aws:automate:eu-central-1:ec2:reboot", which is no SNS topic/);
    });

    it("refuses the silent child of a composite that is mute itself, and that composite", () => {
      assert.match(said("mute-child").join("\n"), /"mute-child" tells nobody/);
      assert.match(said("mute-parent").join("\n"), /"mute-parent" tells nobody/);
    });

    it("refuses the silent page of an incident that was not made", () => {
      assert.match(only("forgotten-queue-oldest-message"), /"forgotten-queue-oldest-message" tells nobody/);
      assert.deepEqual(said("forgotten-queue-dead-letters"), []);
    });

    it("refuses an alarm without severity, or with a word for it that nobody reads", () => {
      assert.match(only("no-severity"), /has no severity: give it the tag severity/);
      assert.match(only("odd-severity"), /has the severity "critical": write "page"/);
    });

    it("refuses an alarm that does not say what it is about", () => {
      assert.match(only("no-signal"), /give it the tag signal/);
    });

    it("refuses an alarm without a description, and one without the address of a runbook", () => {
      assert.match(only("no-words"), /has no description: say in alarmDescription/);
      assert.match(only("no-link"), /has no runbook: put its address/);
    });

    it("refuses a signal of the catalogue with the runbook of another", () => {
      assert.match(
        only("other-page"),
        /links to https:.*queue-in-flight\.md: link to the page queue-oldest-message\.md/,
      );
    });
  });
}
