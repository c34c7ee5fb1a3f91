import assert from "node:assert/strict";
import { promiseOf } from "./objectives";
import { answers, parsed } from "./testing";

const range =
  "95 % or more and below 100 %: of less, not even a total outage burns the budget fast enough to wake anybody, and of 100 % there is none";

describe("settings of objectives", () => {
  it("promise of each service what it says itself", () => {
    const { objectives, services } = parsed({ "vigia:objectives": { window: "28 days" } });
    const { shop } = services;
    assert.ok(shop);
    assert.deepEqual(promiseOf(objectives, "shop", shop), {
      answered: "99.9 %",
      acceptable: "0.5 seconds",
      inTime: "99 %",
      window: "28 days",
    });
    assert.equal(objectives.gateway, "99.95 %");
  });

  it("let a service promise something else, or nothing, for a reason", () => {
    const { objectives, services } = parsed({
      "vigia:objectives": {
        services: {
          shop: { inTime: "99.5 %", window: "7 days", changes: { "objective-latency-3d": { off: "slow at night" } } },
          crm: { off: "it is a trial" },
        },
      },
    });
    const { shop, crm } = services;
    assert.ok(shop && crm);
    assert.deepEqual(promiseOf(objectives, "shop", shop), {
      answered: "99.9 %",
      acceptable: "0.5 seconds",
      inTime: "99.5 %",
      window: "7 days",
      changes: { "objective-latency-3d": { off: "slow at night" } },
    });
    assert.equal(promiseOf(objectives, "crm", crm), undefined);
  });

  it("take what the platform has and a stack takes away for no mistake", () => {
    parsed({ "vigia:services": { crm: null }, "vigia:objectives": { services: { crm: { window: "7 days" } } } });
  });

  answers([
    [
      "of more than all requests",
      { "vigia:objectives": { gateway: "120 %" } },
      `vigia:objectives.gateway = "120 %": a share, written like "99.9 %": ${range}`,
    ],
    [
      "of all requests",
      { "vigia:objectives": { inTime: "100 %" } },
      `vigia:objectives.inTime = "100 %": a share, written like "99.9 %": ${range}`,
    ],
    [
      "that wake nobody",
      { "vigia:objectives": { gateway: "90 %" } },
      `vigia:objectives.gateway = "90 %": a share, written like "99.9 %": ${range}`,
    ],
    [
      "without a unit",
      { "vigia:objectives": { gateway: 99.9 } },
      `vigia:objectives.gateway = 99.9: a share, written like "99.9 %": ${range}`,
    ],
    [
      "over less than a day",
      { "vigia:objectives": { window: "12 hours" } },
      'vigia:objectives.window = "12 hours": whole days, 1 to 90 of them, written like "30 days"',
    ],
    [
      "over more days than Prometheus answers for",
      { "vigia:objectives": { window: "120 days" } },
      'vigia:objectives.window = "120 days": whole days, 1 to 90 of them, written like "30 days"',
    ],
    [
      "of no service",
      { "vigia:objectives": { services: { shopp: {} } } },
      "vigia:objectives.services.shopp: no such service: did you mean shop?",
    ],
    [
      "off without a reason",
      { "vigia:objectives": { services: { shop: { off: " " } } } },
      'vigia:objectives.services.shop.off = " ": why it promises nothing, in words',
    ],
    [
      "with a setting that there is not",
      { "vigia:objectives": { windows: "7 days" } },
      "vigia:objectives.windows is not a setting: did you mean vigia:objectives.window?",
    ],
    [
      "over more days than samples are kept",
      { "vigia:prometheus": { retentionDays: 20 }, "vigia:objectives": { services: { mes: { window: "14 days" } } } },
      'vigia:objectives.window = "30 days": at most 20 days, for which samples are kept (vigia:prometheus.retentionDays)',
    ],
    [
      "of a service that promises too little",
      { "vigia:services": { crm: { availability: "92 %" } } },
      "vigia:objectives.services.crm: vigia:services.crm.availability is 92 %, and an objective needs 95 % or more: promise more, or say in off why it has none",
    ],
    [
      "whose time is no bucket, which the service says",
      { "vigia:services": { crm: { acceptable: "0.7 seconds" } } },
      'vigia:services.crm.acceptable = "0.7 seconds": "0.05 seconds" or "0.1 seconds" or "0.25 seconds" or "0.5 seconds" or "1 second" or "2.5 seconds" or "5 seconds"',
    ],
  ]);
});
