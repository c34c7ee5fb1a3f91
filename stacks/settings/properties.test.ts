import assert from "node:assert/strict";
import fc from "fast-check";
import { normalizeQueue } from "../../infra/queue/queue.args";
import { parseSettings } from "../settings";
import { anyQueue, fineQueue, fineQueues } from "./arbitrary";
import { frozen, isMapping, type Mapping, merge } from "./merge";
import { platformQueues } from "./queues";
import { keysAt } from "./schema";
import { least, mistakesIn, parsed } from "./testing";

const nobody = { actions: { page: [], ticket: [] }, runbooks: "" };

/** Each is one mistake, reported under this key and no other; none hides another. */
const mistakes: readonly (readonly [key: string, given: Mapping])[] = [
  ["aws:region", { "aws:region": "nowhere" }],
  ["vigia:ownr", { "vigia:ownr": "platform" }],
  ["vigia:account", { "vigia:account": "mine" }],
  ["vigia:owner", { "vigia:owner": "9" }],
  ["vigia:runbooks", { "vigia:runbooks": "ftp://example.com" }],
  ["vigia:budget.monitoring", { "vigia:budget": { monitoring: "much" } }],
  ["vigia:budget.everything", { "vigia:budget": { everything: 1 } }],
  ["vigia:paging.tickets", { "vigia:paging": { tickets: [] } }],
  ["vigia:paging.page[0].email", { "vigia:paging": { page: [{ email: "nobody" }] } }],
  ["vigia:queues.orders.retention", { "vigia:queues": { orders: { retention: "15 days" } } }],
  ["vigia:queues.orders.visibilityTimeout", { "vigia:queues": { orders: { visibilityTimeout: "1 second" } } }],
  ["vigia:queues.orders.maxReceives", { "vigia:queues": { orders: { maxReceives: "all" } } }],
  [
    "vigia:queues.orders.changes.queue-silent.off",
    { "vigia:queues": { orders: { changes: { "queue-silent": { off: "" } } } } },
  ],
  ["vigia:queues.payments.deadLetterRetention", { "vigia:queues": { payments: { deadLetterRetention: "7 days" } } }],
  ["vigia:queues.payments.oldestMessage", { "vigia:queues": { payments: { oldestMessage: "8 days" } } }],
  ["vigia:queues.invoices.consumer.kind", { "vigia:queues": { invoices: { consumer: { kind: "person" } } } }],
  ["vigia:queues.invoices.colour", { "vigia:queues": { invoices: { colour: "red" } } }],
  ["vigia:queues.shipments", { "vigia:queues": { shipments: "none" } }],
  ["vigia:queues.returns.messagesPerDay", { "vigia:queues": { returns: { oldestMessage: "1 minute" } } }],
];

const asMapping = (value: unknown): Mapping => (isMapping(value) ? value : {});
/** A configuration with several mistakes. */
const together = (chosen: readonly (readonly [key: string, given: Mapping])[], start: Mapping) =>
  chosen.reduce<Mapping>((all, [, one]) => asMapping(merge(all, one)), start);
const keys = (given: Mapping) => mistakesIn(given).map((line) => /^\S+/.exec(line)?.[0]);

describe("parseSettings, whatever it is given", () => {
  it("reports every mistake of any set of them at once, in whatever order they stand", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...mistakes], { minLength: 1 }), (chosen) => {
        const given = together(chosen, least);
        assert.deepEqual(keys(given), chosen.map(([key]) => key).sort());
      }),
    );
  });

  it("accepts every set of queues that is fine, and keeps what was given", () => {
    fc.assert(
      fc.property(fineQueues, (queues) => {
        const fresh = Object.fromEntries(
          Object.entries(queues).filter(([name]) => !Object.hasOwn(platformQueues, name)),
        );
        assert.deepEqual(parsed({ "vigia:queues": fresh }).queues, { ...platformQueues, ...fresh });
      }),
    );
  });

  it("reads JSON as it reads the same structure", () => {
    fc.assert(
      fc.property(fineQueues, (queues) => {
        const json = JSON.stringify(queues);
        assert.deepEqual(parsed({ "vigia:queues": json }), parsed({ "vigia:queues": JSON.parse(json) }));
      }),
    );
  });

  it("accepts a queue exactly when the component does", () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const accepts = (check: () => unknown) => {
          try {
            check();
            return true;
          } catch {
            return false;
          }
        };
        const component = accepts(() => normalizeQueue("fresh", { ...queue, watcher: nobody }));
        assert.equal(
          accepts(() => parsed({ "vigia:queues": { fresh: queue } })),
          component,
        );
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the order of the keys", () => {
    const reversed = (value: unknown): unknown =>
      isMapping(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value;
    fc.assert(
      fc.property(fc.subarray([...mistakes]), fineQueues, (chosen, queues) => {
        const given = together(chosen, { ...least, "vigia:queues": queues });
        const turned = asMapping(reversed(given));
        assert.deepEqual(mistakesIn(turned), mistakesIn(given));
        if (chosen.length === 0) assert.deepEqual(parseSettings(turned, { stack: "test" }), parsed(given));
      }),
    );
  });

  it("changes neither what it is given nor the defaults", () => {
    const defaults = JSON.stringify(platformQueues);
    fc.assert(
      fc.property(fc.subarray([...mistakes]), fineQueue, (chosen, queue) => {
        const start: Mapping = { ...least, "vigia:queues": { fresh: { ...queue } } };
        const given = structuredClone(together(chosen, start));
        const before = JSON.stringify(given);
        mistakesIn(frozen(given));
        assert.equal(JSON.stringify(given), before);
        assert.equal(JSON.stringify(platformQueues), defaults);
      }),
    );
  });

  it("finds an unknown key at any depth", () => {
    const places: readonly (readonly [string, readonly PropertyKey[], (key: string) => unknown])[] = [
      ["vigia:budget.", ["budget"], (key) => ({ "vigia:budget": { [key]: 1 } })],
      ["vigia:paging.", ["paging"], (key) => ({ "vigia:paging": { [key]: [] } })],
      [
        "vigia:paging.ticket[0].",
        ["paging", "ticket", 0],
        (key) => ({ "vigia:paging": { page: [], ticket: [{ email: "a@example.com", [key]: 1 }] } }),
      ],
      ["vigia:queues.orders.", ["queues", "orders"], (key) => ({ "vigia:queues": { orders: { [key]: 1 } } })],
      [
        "vigia:queues.orders.consumer.",
        ["queues", "orders", "consumer"],
        (key) => ({ "vigia:queues": { orders: { consumer: { [key]: 1 } } } }),
      ],
      [
        "vigia:queues.orders.changes.",
        ["queues", "orders", "changes"],
        (key) => ({ "vigia:queues": { orders: { changes: { [key]: {} } } } }),
      ],
      [
        "vigia:queues.orders.changes.queue-silent.",
        ["queues", "orders", "changes", "queue-silent"],
        (key) => ({ "vigia:queues": { orders: { changes: { "queue-silent": { [key]: 1 } } } } }),
      ],
    ];
    const key = fc.oneof(
      fc.stringMatching(/^[a-zA-Z_]{1,12}$/),
      fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), key, ([below, path, give], name) => {
        const known = keysAt(path);
        assert.ok(known !== undefined && known.length > 0);
        fc.pre(!known.includes(name) && name !== "secure");
        const line = mistakesIn({ ...least, ...asMapping(give(name)) }).find((text) =>
          text.startsWith(`${below}${name} `),
        );
        assert.match(line ?? "", / is not a setting: (did you mean|allowed are) /);
      }),
      { numRuns: 300 },
    );
  });

  it("answers any value of any setting with settings or with mistakes, never with another error", () => {
    const setting = fc.constantFrom(
      "vigia:queues",
      "vigia:paging",
      "vigia:budget",
      "vigia:owner",
      "vigia:runbooks",
      "aws:region",
      "vigia:",
    );
    const nested = fc
      .jsonValue()
      .chain((value) =>
        fc.constantFrom(value, { orders: value }, { page: value }, { page: [value] }, { orders: { changes: value } }),
      );
    fc.assert(
      fc.property(setting, nested, fc.boolean(), (key, value, json) => {
        mistakesIn({ ...least, [key]: json ? JSON.stringify(value) : value });
      }),
      { numRuns: 500 },
    );
  });

  it("never repeats an encrypted value", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{20}$/),
        fc.constantFrom("vigia:queues", "vigia:paging", "vigia:owner", "vigia:account", "vigia:unknown"),
        (secret, key) => {
          const asText = mistakesIn({ ...least, [key]: secret }, "test", [key]);
          const inFile = mistakesIn({ ...least, [key]: { orders: [{ secure: secret }] } });
          assert.deepEqual(asText, [
            `${key} is encrypted: keep the secret in Secrets Manager, and its name in the settings`,
          ]);
          assert.deepEqual(inFile, asText);
        },
      ),
    );
  });
});
