import assert from "node:assert/strict";
import { sections } from "./schema";
import { answers, least, mistakesIn } from "./testing";

const pager = "https://events.example.com/integration/0123456789abcdef0123456789abcdef/enqueue";
const plain = "an https address without user, query or key; a service whose address is a secret is told by e-mail";
const one = 'at least one, such as {"email": "on-call@example.com"}';
const page = (...list: unknown[]) => ({ "vigia:paging": { page: list, ticket: [{ email: "team@example.com" }] } });

describe("a mistake in the settings is answered with key, value and what is allowed", () => {
  answers([
    ["a misspelt section", { "vigia:queus": {} }, "vigia:queus is not a setting: did you mean vigia:queues?"],
    [
      "a section that nobody knows",
      { "vigia:nonsense": {} },
      `vigia:nonsense is not a setting: allowed are ${Object.keys(sections).sort().join(", ")}`,
    ],
    [
      "the region in the wrong namespace",
      { "vigia:region": "eu-west-1" },
      "vigia:region is not a setting: did you mean aws:region?",
    ],
    [
      "a region that cannot be",
      { "aws:region": "Frankfurt" },
      'aws:region = "Frankfurt": an AWS region, written like "eu-central-1"',
    ],
    [
      "an availability zone for a region",
      { "aws:region": "eu-central-1a" },
      'aws:region = "eu-central-1a": an AWS region, written like "eu-central-1"',
    ],
    [
      "an owner with a space",
      { "vigia:owner": "team a" },
      'vigia:owner = "team a": a team\'s name of 1 to 64 letters, digits and hyphens, the first one a letter',
    ],
    [
      "runbooks without TLS",
      { "vigia:runbooks": "http://example.com/runbooks" },
      'vigia:runbooks = "http://example.com/...": an https address without user, query, or slash at the end',
    ],
    [
      "a budget of nothing",
      { "vigia:budget": { monitoring: "0" } },
      'vigia:budget.monitoring = "0": USD a month, a number above 0',
    ],
    [
      "a text for an e-mail address",
      page({ email: "on-call" }),
      'vigia:paging.page[0].email = "on-call": an e-mail address, written like "on-call@example.com"',
    ],
    [
      "an address without TLS",
      page({ https: "http://example.com" }),
      `vigia:paging.page[0].https = "http://example.com": ${plain}`,
    ],
    [
      "an address with a password",
      page({ https: "https://me:secret@example.com/" }),
      `vigia:paging.page[0].https = "https://example.com/...": ${plain}`,
    ],
    [
      "an address with a token",
      page({ https: "https://example.com/?token=secret" }),
      `vigia:paging.page[0].https = "https://example.com/...": ${plain}`,
    ],
    [
      "an address that is a key",
      page({ https: pager }),
      `vigia:paging.page[0].https = "https://events.example.com/...": ${plain}`,
    ],
    [
      "two ways in one entry",
      page({ email: "a@example.com", https: "https://example.com" }),
      'vigia:paging.page[0] = {"email":"a@example.com","https":"https://example.com"}: either email, https or pagerduty, and a name or services if wanted',
    ],
    [
      "a subscriber without a way",
      page({ name: "boss" }),
      'vigia:paging.page[0] = {"name":"boss"}: either email, https or pagerduty, and a name or services if wanted',
    ],
    [
      "a name with a capital",
      page({ email: "a@example.com", name: "Boss" }),
      'vigia:paging.page[0].name = "Boss": lower-case letters and digits in parts joined by hyphens',
    ],
    [
      "a subscriber that stands twice",
      page({ email: "a@example.com" }, { email: "b@example.com" }, { email: "a@example.com", name: "again" }),
      'vigia:paging.page[2].email = "a@example.com": it stands in the list already',
    ],
    [
      "a name for two",
      page({ email: "a@example.com", name: "boss" }, { email: "b@example.com", name: "boss" }),
      'vigia:paging.page[1].name = "boss": it stands in the list already',
    ],
    ["nobody who is woken", page(), `vigia:paging.page = []: ${one}`],
    [
      "a subscriber that is no list",
      { "vigia:paging": { page: [{ email: "a@example.com" }], ticket: { email: "a@example.com" } } },
      'vigia:paging.ticket = {"email":"a@example.com"}: a list of subscribers such as {"email": "on-call@example.com"}',
    ],
    [
      "an account of eleven digits",
      { "vigia:account": "12345678901" },
      'vigia:account = "12345678901": an AWS account id: twelve digits in quotes, like "123456789012"',
    ],
    [
      "an encrypted value",
      { "vigia:queues": { orders: { retention: { secure: "AAABAL" } } } },
      "vigia:queues is encrypted: keep the secret in Secrets Manager, and its name in the settings",
    ],
  ]);

  it("a stack that says nothing", () => {
    assert.deepEqual(mistakesIn({}), [
      'aws:region is missing: an AWS region, written like "eu-central-1"',
      'vigia:account is missing: an AWS account id: twelve digits in quotes, like "123456789012"',
      `vigia:paging.page = []: ${one}`,
      `vigia:paging.ticket = []: ${one}`,
    ]);
  });

  it("a misspelt region", () => {
    const { "aws:region": region, ...rest } = least;
    assert.deepEqual(mistakesIn({ ...rest, "aws:regoin": region }), [
      'aws:region is missing: an AWS region, written like "eu-central-1"; did you mean it with aws:regoin?',
    ]);
  });

  it("a value that the engine decrypted", () => {
    const lines = mistakesIn({ ...least, "vigia:owner": "hunter2 hunter2" }, "test", ["vigia:owner"]);
    assert.deepEqual(lines, [
      "vigia:owner is encrypted: keep the secret in Secrets Manager, and its name in the settings",
    ]);
  });
});
