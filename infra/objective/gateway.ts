import { CompositeAlarm } from "@pulumi/aws/cloudwatch/compositeAlarm.js";
import { ComponentResource, type ComponentResourceOptions, interpolate } from "@pulumi/pulumi";
import { severityOf } from "../signal/alarm";
import { Watch, type Watcher } from "../signal/watch";
import { type GatewayObjectiveArgs, halvesOf, normalizeGatewayObjective } from "./gateway.args";
import { type GatewayObjectiveSize, type GatewayObjectiveSubject, gatewayObjectiveSignals } from "./gateway.signals";
import type { PaceName } from "./paces";

/** What the alarms of halves tell: nobody. */
const silent = { page: [], ticket: [] } as const;

/**
 * What the way in promises: that requests do not fail before a service answers. Only CloudWatch measures that. An alarm of CloudWatch has one period for all that it
 * reads, so each window is an alarm of its own, silent, and a composite alarm tells where both windows of a pace say so.
 */
export class GatewayObjective extends ComponentResource {
  /** The raw resources; composite alarms by their pace, where it is not switched off. */
  readonly nodes: {
    readonly watch: Watch<GatewayObjectiveSubject, GatewayObjectiveSize>;
    readonly alarms: Readonly<Partial<Record<PaceName, CompositeAlarm>>>;
  };

  constructor(name: string, args: GatewayObjectiveArgs, opts?: ComponentResourceOptions) {
    const size = normalizeGatewayObjective(name, args);
    super("vigia:objective:GatewayObjective", name, {}, opts);
    const { api, stage, loadBalancer, changes = {}, watcher } = args;
    const part = {
      resource: api,
      kind: "gateway-objective",
      signals: gatewayObjectiveSignals,
      role: "http",
      size,
      subjects: { api: api.id, stage: stage.name, loadBalancer },
      changes,
    };
    // Halves are noted in no book: the alarm that speaks is the composite.
    const { book: _, ...unbooked } = watcher;
    const watch = new Watch(name, [part], { ...unbooked, actions: silent }, { parent: this });
    const alarms = Object.fromEntries(
      (["1h", "6h", "1d", "3d"] as const).flatMap((pace) => {
        const alarm = this.createAlarm(name, pace, watch, { ...args, watcher });
        return alarm ? [[pace, alarm] as const] : [];
      }),
    );
    this.nodes = { watch, alarms };
    this.registerOutputs({ answered: size.answered });
  }

  /** Tells where both windows of a pace say so. Undefined where it is switched off. */
  private createAlarm(
    name: string,
    pace: PaceName,
    { alarms }: Watch<GatewayObjectiveSubject, GatewayObjectiveSize>,
    { changes = {}, watcher }: GatewayObjectiveArgs,
  ): CompositeAlarm | undefined {
    const { long: id, short: nowId } = halvesOf(pace);
    const [long, short] = [alarms[id], alarms[nowId]];
    if (!long || !short) return undefined;
    const signal = gatewayObjectiveSignals[id];
    const severity = severityOf(signal, changes[id]);
    const logicalName = `${name}-${id}`;
    const told = watcher.book?.isChild(id, severity) ? [] : [...watcher.actions[severity]];
    const alarm = new CompositeAlarm(
      logicalName,
      {
        // Its own name must be given, and the half's is the only one of its sort in the account already.
        alarmName: interpolate`${long.name}-both`,
        alarmRule: interpolate`ALARM("${long.name}") AND ALARM("${short.name}")`,
        alarmDescription: descriptionOf(name, id, watcher),
        alarmActions: told,
        okActions: told,
        tags: { signal: id, severity },
      },
      { parent: this },
    );
    watcher.book?.note({ alarm: { name: alarm.alarmName }, logicalName, id, severity, component: name });
    return alarm;
  }
}

function descriptionOf(name: string, id: keyof typeof gatewayObjectiveSignals, { runbooks }: Watcher): string {
  const { title, runbook } = gatewayObjectiveSignals[id];
  return `${title}: ${name}. ${runbook.means} Runbook: ${runbooks}/${id}.md`;
}
