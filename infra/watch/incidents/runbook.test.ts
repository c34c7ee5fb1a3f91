import assert from "node:assert/strict";
import { catalogue } from "../../signal/catalogue";
import { toldAlone } from "./alone";
import { incidentPage } from "./runbook";

describe("the runbook page of incidents", () => {
  const page = incidentPage(catalogue);
  const linked = [...page.matchAll(/\[([\w-]+)\]\(([\w-]+)\.md\)/g)].map(([, text, target]) => {
    assert.equal(text, target);
    return target ?? "";
  });

  it("links to every page of CloudWatch, once, and to nothing else", () => {
    const pages = catalogue.kinds.flatMap(({ signals }) =>
      signals.flatMap(({ id, severity, backend }) => (severity === "page" && backend === "cloudwatch" ? [id] : [])),
    );
    assert.deepEqual([...linked].sort(), [...pages].sort());
  });

  it("says of each that is told alone why", () => {
    for (const [id, reason] of Object.entries(toldAlone)) assert.ok(page.includes(`| [${id}](${id}.md) | ${reason} |`));
  });
});
