import { messaging } from "./messaging";
import { readSettings } from "./settings";
import { watch } from "./watch";

/** The program: reads the settings, calls the layers in their order, and hands on what a person needs next. */
export default async function program(): Promise<Record<string, unknown>> {
  const settings = readSettings();
  const { watcher, topics } = watch(settings);
  const { queues } = messaging(settings, { watcher });
  return { pagingTopics: topics, queues };
}
