import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const ticket = [{ email: "team@example.com" }];
const paging = (given: object) => ({ "vigia:paging": { page: [{ email: "on-call@example.com" }], ticket, ...given } });
const page = (...entries: object[]) => paging({ page: [{ email: "on-call@example.com" }, ...entries] });
const secret = "vigia/pagerduty/page";

describe("settings of paging", () => {
  it("turn PagerDuty into a subscriber, with the services that it is for", () => {
    const { paging: read } = parsed(page({ pagerduty: { secret }, name: "shop-crew", services: ["shop"] }));
    assert.deepEqual(read.page[1], { name: "shop-crew", services: ["shop"], protocol: "pagerduty", secret });
  });

  it("take a channel of Slack and an address for the Watchdog", () => {
    const slack = { team: "T0123ABCD", channel: "C0123ABCD" };
    const heartbeat = "https://heartbeat.example.com/vigia";
    const read = parsed(paging({ slack, heartbeat })).paging;
    assert.deepEqual([read.slack, read.heartbeat], [slack, heartbeat]);
  });

  answers([
    [
      "a severity that there is not",
      paging({ critical: [{ email: "on-call@example.com" }] }),
      "vigia:paging.critical is not a setting: allowed are heartbeat, page, slack, ticket",
    ],
    [
      "nobody whom CloudWatch can tell",
      paging({ page: [{ pagerduty: { secret } }] }),
      "vigia:paging.page: nobody hears the alarms of CloudWatch: add one with email or https, and without services",
    ],
    [
      "only somebody for one service",
      paging({ page: [{ email: "a@example.com", services: ["shop"] }] }),
      "vigia:paging.page: nobody hears the alarms of CloudWatch: add one with email or https, and without services",
    ],
    [
      "a PagerDuty without secret",
      page({ pagerduty: {} }),
      'vigia:paging.page[1].pagerduty.secret is missing: the name of a secret in Secrets Manager, such as "vigia/pagerduty/page"',
    ],
    [
      "a key instead of the name of its secret",
      page({ pagerduty: { secret: "0123456789abcdef0123456789abcdef" } }),
      'vigia:paging.page[1].pagerduty.secret: this seems to be the key itself: the name of a secret in Secrets Manager, such as "vigia/pagerduty/page"',
    ],
    [
      "the same secret twice",
      page({ pagerduty: { secret } }, { pagerduty: { secret } }),
      `vigia:paging.page[2].pagerduty = {"secret":"${secret}"}: it stands in the list already`,
    ],
    [
      "a service that there is not",
      page({ email: "b@example.com", services: ["shpo"] }),
      'vigia:paging.page[1].services[0] = "shpo": a service of this stack; did you mean "shop"?',
    ],
    [
      "a list of no services",
      page({ email: "b@example.com", services: [] }),
      "vigia:paging.page[1].services = []: at least one service",
    ],
    [
      "a channel by its name",
      paging({ slack: { team: "T0123ABCD", channel: "#alerts" } }),
      'vigia:paging.slack.channel = "#alerts": the id of a channel, written like "C0123ABCD"',
    ],
    [
      "a heartbeat with a key in its address",
      paging({ heartbeat: "http://heartbeat.example.com" }),
      'vigia:paging.heartbeat = "http://heartbeat.example.com": an https address without user, query or key',
    ],
  ]);
});
