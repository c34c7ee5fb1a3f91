import { place } from "../kit/recorder";
import type { Watcher } from "../signal/watch";
import type { NetworkArgs } from "./network.args";

/** Who is told in tests. */
export const watcher: Watcher = {
  actions: {
    page: ["arn:aws:sns:eu-central-1:123456789012:page"],
    ticket: ["arn:aws:sns:eu-central-1:123456789012:ticket"],
  },
  runbooks: "https://example.com/runbooks",
};

/** The least that a network is made from. */
export const least: NetworkArgs = { ...place, cidr: "10.20.0.0/16", watcher };
