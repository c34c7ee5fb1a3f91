import type { Catalogue } from "../../signal/catalogue";
import { toldAlone } from "./alone";

/** Pages of CloudWatch that may begin an incident, and those that are told alone. */
function pagesOf({ kinds }: Pick<Catalogue, "kinds">) {
  return kinds.flatMap(({ name, signals }) =>
    signals.flatMap(({ id, title, severity, backend }) =>
      severity === "page" && backend === "cloudwatch" ? [{ kind: name, id, title, alone: toldAlone[id] }] : [],
    ),
  );
}

/** The runbook page of incidents, to which the alarm of each links. */
export function incidentPage(catalogue: Pick<Catalogue, "kinds">): string {
  const pages = pagesOf(catalogue);
  const children = pages.filter(({ alone }) => alone === undefined);
  const alone = pages.filter((page) => page.alone !== undefined);
  return `# Incident

The alarm of an incident is on while one of its alarms is, and tells of them once. They belong together: one fault brings several of them.

## What it means

Users feel something, or soon will. The description of the alarm says what, and lists the alarms in it. The reason of its state names the one that began it,
by its name: \`<component>-<signal>-<seven digits>\`. The page of that signal says what to do.

## First checks

1. Which alarms are on now? \`aws cloudwatch describe-alarms --state-value ALARM --query 'MetricAlarms[].[AlarmName,StateUpdatedTimestamp,StateReason]' --output table\`
2. Which of them was first? \`aws cloudwatch describe-alarm-history --alarm-name <alarm> --history-item-type StateUpdate --max-items 5\`
3. Open the runbook of that signal from the table below.
4. Does Prometheus tell of the same? Its alerts, on the home board, are of services and pods; those of CloudWatch are of what they use.

## What mends it

1. What the runbook of the first signal says. The others follow from it as a rule.
2. Look at the list again before you go back to sleep: a second fault within the same incident is not told again.

## What it does not tell

A second alarm of the same incident is silent while the first lasts. Pages that would hide others so, or be hidden, are told by themselves:

| signal | told alone because |
|---|---|
${alone.map(({ id, alone: reason }) => `| [${id}](${id}.md) | ${reason} |`).join("\n")}

## The signals that may begin one

| kind | signal | |
|---|---|---|
${children.map(({ kind, id, title }) => `| ${kind} | [${id}](${id}.md) | ${title} |`).join("\n")}
`;
}
