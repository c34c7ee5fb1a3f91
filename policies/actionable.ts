import { catalogue } from "../infra/signal/catalogue";
import { parseComposite } from "../infra/signal/evaluate/composite";
import type { Graph, GraphResource } from "../infra/signal/graph";
import { compositeAlarm, fieldsOf, fits, given, isGiven, listOf, metricAlarm, notKnown, sourcesOf } from "./alarms";
import type { Finding, Rule } from "./rule";

/** What the rule can be told. */
interface Config {
  /** ARNs of actions besides SNS topics that reach a person; `*` stands for any characters. */
  readonly actions?: readonly string[];
}

const reaching: ReadonlySet<string> = new Set(["aws:sns/topic:Topic", "pulumi:pulumi:StackReference"]);
const severities: readonly unknown[] = ["page", "ticket"];
/** The pages of generated/runbooks: one for each signal. */
const pages: ReadonlySet<string> = new Set(
  catalogue.kinds.flatMap(({ signals }) => signals.flatMap(({ id, severity }) => (severity ? [id] : []))),
);

/** Whether an action tells a person: the ARN of a topic, or one that the configuration names. */
const isKnownAction = (action: unknown, { actions = [] }: Config): boolean =>
  typeof action === "string" &&
  (/^arn:aws[\w-]*:sns:[^:]+:\d{12}:\S+$/.test(action) || actions.some((pattern) => fits(action, pattern)));

/** Why an alarm's own actions tell nobody; undefined when they do, as far as is known. */
function untold(alarm: GraphResource, graph: Graph, config: Config): string | undefined {
  const { alarmActions, actionsEnabled } = given(alarm);
  if (actionsEnabled === false) return "has its actions switched off: take actionsEnabled: false out";
  const wayOut = "give alarmActions the ARN of an SNS topic, or name it in the rule of a composite alarm that has one";
  const actions = alarmActions === notKnown ? [notKnown] : listOf(alarmActions);
  if (actions.length === 0) return `tells nobody: ${wayOut}`;
  if (actions.some((action) => isKnownAction(action, config))) return undefined;
  const sources = sourcesOf(alarm, "alarmActions", graph);
  const unknown = actions.includes(notKnown);
  if (unknown && (sources.length === 0 || sources.some(({ type }) => reaching.has(type)))) return undefined;
  const where = unknown
    ? sources.map(({ type, name }) => `${type} "${name}"`).join(", ")
    : actions.map((action) => `"${String(action)}"`).join(", ");
  return `tells nobody: its actions lead to ${where}, which is no SNS topic: ${wayOut}`;
}

function childrenIn(rule: unknown): ReadonlySet<string> {
  try {
    return typeof rule === "string" ? parseComposite(rule).children : new Set();
  } catch {
    return new Set();
  }
}

/** What stands in a composite alarm's rule, or holds it back. */
class Composite {
  readonly #names: ReadonlySet<string>;

  constructor(readonly alarm: GraphResource) {
    const { alarmRule, actionsSuppressor } = given(alarm);
    const suppressor = fieldsOf(actionsSuppressor).alarm;
    this.#names = new Set([...childrenIn(alarmRule), ...(typeof suppressor === "string" ? [suppressor] : [])]);
  }

  has({ urn, known }: GraphResource): boolean {
    const { madeFrom } = this.alarm;
    const made = madeFrom.alarmRule?.includes(urn) || madeFrom.actionsSuppressor?.includes(urn);
    const called = [known.name, known.alarmName, known.arn];
    return made || called.some((name) => typeof name === "string" && this.#names.has(name));
  }
}

/** Whether a composite alarm that tells somebody asks for this one, if need be through further composites. */
function isSilentChild(
  alarm: GraphResource,
  composites: readonly Composite[],
  tells: (composite: GraphResource) => boolean,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  return composites.some(
    (composite) =>
      !seen.has(composite.alarm.urn) &&
      composite.has(alarm) &&
      (tells(composite.alarm) ||
        isSilentChild(composite.alarm, composites, tells, new Set([...seen, composite.alarm.urn]))),
  );
}

/** What a person who is told lacks. */
function* lacks(alarm: GraphResource): Generator<string> {
  const { tags, alarmDescription } = given(alarm);
  const { severity, signal } = fieldsOf(tags);
  if (tags !== notKnown) {
    if (!isGiven(severity))
      yield 'has no severity: give it the tag severity, "page" if it wakes a person, else "ticket"';
    else if (severity !== notKnown && !severities.includes(severity))
      yield `has the severity "${String(severity)}": write "page" if it wakes a person, else "ticket"`;
    if (!isGiven(signal))
      yield "does not say what it is about: give it the tag signal: the id of the signal of the catalogue that it stands for, or a word of your own";
  }
  if (alarmDescription === notKnown) return;
  if (!isGiven(alarmDescription)) {
    yield "has no description: say in alarmDescription what is wrong and where its runbook is (https://...)";
    return;
  }
  const links = [...String(alarmDescription).matchAll(/https:\/\/[^\s<>"')\]]+/g)].map(([link]) => link);
  if (links.length === 0) {
    yield "has no runbook: put its address (https://...) into alarmDescription";
    return;
  }
  const own = typeof signal === "string" && pages.has(signal);
  if (own && !links.some((link) => link.replace(/[.,;]$/, "").endsWith(`/${signal}.md`)))
    yield `has the signal "${signal}", but its description links to ${links.join(", ")}: link to the page ${signal}.md`;
}

/** Whoever is called knows why, how badly, and what to do. */
export const actionable: Rule<Config> = {
  name: "actionable",
  description:
    "Each alarm tells somebody, or is the silent child of one that does, with a severity, a description and a runbook.",
  severity: "high",
  remediationSteps:
    "Make alarms with the components, or give each alarmActions, the tags severity and signal, and a description with the address of its runbook.",
  configSchema: {
    properties: {
      actions: {
        type: "array",
        items: { type: "string" },
        description: "ARNs of actions besides SNS topics that reach a person; * stands for any characters.",
      },
    },
  },
  find(graph, config) {
    const composites = graph.ofType(compositeAlarm).map((alarm) => new Composite(alarm));
    const tells = (alarm: GraphResource) => untold(alarm, graph, config) === undefined;
    return [metricAlarm, compositeAlarm].flatMap((type) =>
      graph.ofType(type).flatMap((alarm): Finding[] => {
        const why = untold(alarm, graph, config);
        if (why !== undefined && isSilentChild(alarm, composites, tells)) return [];
        return [...(why === undefined ? [] : [why]), ...lacks(alarm)].map((problem) => ({
          urn: alarm.urn,
          message: `alarm "${alarm.name}" ${problem}`,
        }));
      }),
    );
  },
};
