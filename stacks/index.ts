import { account } from "./account";
import { messaging } from "./messaging";
import { readSettings } from "./settings";
import { watch } from "./watch";

/** The program: reads the settings, calls the layers in their order, and hands on what a person needs next. */
export default async function program(): Promise<Record<string, unknown>> {
  const settings = readSettings();
  const home = account(settings);
  const { watcher, topics } = watch(settings, home);
  const { queues, topics: events } = messaging(settings, home, { watcher });
  return { paging: topics, queues, topics: events, monitoringBudget: settings.budget.monitoring };
}
