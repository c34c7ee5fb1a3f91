/** The real Alertmanager with the definition that AMP gets, and on loopback those whom it tells. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { stringify } from "yaml";
import { type LiveAlertmanager, startAlertmanager } from "../../../tools/live/alertmanager";
import {
  type Emulator,
  type PagerDutyEvent,
  type SnsMessage,
  startEmulator,
  startPagerDuty,
} from "../../../tools/live/alertmanager.receivers";
import { addresses, fullPlan, upstream } from "./alerting.testing";
import type { AlertingPlan } from "./definition";
import { templateFile, templates } from "./templates";

const times = { group_wait: "1s", group_interval: "1s", repeat_interval: "2s" } as const;
/** How long a test waits for what should come. */
export const patience = 15_000;

/** Whatever may stand in a label: quotes, line breaks, what templates and JSON would read as their own, and no ASCII. */
export const nasty = `"quoted" \\ {{ .Status }} \n\t\u0007 <b>&'\u2028 grün 🔥 </script>`;

/** Finds a message about a component, by the state of its alerts. */
export const about =
  (component: string, status = "firing") =>
  ({ Message, MessageAttributes }: SnsMessage): boolean =>
    Message.includes(component) && MessageAttributes.status?.Value === status;

/** Tries assertions again until they hold: what one alert does to another is known a moment after both are. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) throw error;
      await wait(200);
    }
  }
}

/** All of it, for as long as it is wanted. */
export interface AlertingLab {
  readonly manager: LiveAlertmanager;
  readonly sns: Emulator;
  readonly events: readonly PagerDutyEvent[];
  /** Waits until a queue holds what is looked for. */
  arrived(queue: string, wanted: (message: SnsMessage) => boolean): Promise<SnsMessage>;
  /** Another manager beside it, that tells the same. */
  another(plan: AlertingPlan): Promise<LiveAlertmanager>;
  stop(): Promise<void>;
}

/**
 * Starts it without the calendar: that is proven by a manager of its own.
 * @throws Unavailable where it cannot be had on this machine
 */
export async function startLab(): Promise<AlertingLab> {
  const sns = await startEmulator(console.log, {
    region: fullPlan.region,
    queues: {
      page: { topic: "prometheus-page" },
      ticket: { topic: "prometheus-ticket" },
      crm: { topic: "prometheus-ticket", filter: { service: ["crm"] } },
      chat: { topic: "prometheus-chat" },
      watchdog: { topic: "prometheus-watchdog" },
    },
  });
  const pagerDuty = await startPagerDuty();
  const rest = async () => {
    await pagerDuty.stop();
    await sns.stop();
  };
  const another = (plan: AlertingPlan) => {
    const config = upstream(plan, { sns: sns.url, pagerDuty: pagerDuty.url, times });
    return startAlertmanager(console.log, {
      // The emulator has an account of its own.
      "alertmanager.yml": stringify(config, { aliasDuplicateObjects: false }).replaceAll("123456789012", sns.account),
      [templateFile]: templates(addresses.boards),
    });
  };
  const manager = await another({ ...fullPlan, calendar: [] }).catch(async (error: unknown) => {
    await rest();
    throw error;
  });
  return {
    manager,
    sns,
    events: pagerDuty.events,
    another,
    async arrived(queue, wanted) {
      const end = Date.now() + patience;
      for (;;) {
        const found = (await sns.messages(queue)).find(wanted);
        if (found) return found;
        assert.ok(Date.now() < end, `nothing such arrived in ${queue}: ${JSON.stringify(await sns.messages(queue))}`);
        await wait(200);
      }
    },
    async stop() {
      await manager.stop();
      await rest();
    },
  };
}
