import assert from "node:assert/strict";
import { canaryPaths } from "./gateway";
import { answers, parsed } from "./testing";

const gateway = (given: unknown) => ({ "vigia:gateway": given });
const open = {
  domain: "api.example.com",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
  jwt: { issuer: "https://login.example.com/", audiences: ["shop"] },
};

describe("a mistake in the gateway is answered with key, value and what is allowed", () => {
  answers([
    [
      "a domain without its zone",
      gateway({ public: { domain: open.domain, jwt: open.jwt } }),
      'vigia:gateway.public.hostedZoneId is missing: the id of a hosted zone of Route 53, such as "Z0123456789ABCDEFGHIJ"',
    ],
    [
      "a zone without a domain",
      gateway({ public: { hostedZoneId: open.hostedZoneId, jwt: open.jwt } }),
      'vigia:gateway.public.domain is missing: a name such as "api.example.com", in at most 64 characters',
    ],
    [
      "a public platform that takes any token",
      gateway({ public: { ...open, jwt: { ...open.jwt, audiences: [] } } }),
      "vigia:gateway.public.jwt.audiences = []: at least one audience",
    ],
    [
      "an issuer without TLS",
      gateway({ public: { ...open, jwt: { ...open.jwt, issuer: "http://login" } } }),
      'vigia:gateway.public.jwt.issuer = "http://login": an address with https, such as "https://login.example.com/"',
    ],
    [
      "an address in place of a domain",
      gateway({ public: { ...open, domain: "https://api.example.com" } }),
      'vigia:gateway.public.domain = "https://api.example.com": a name such as "api.example.com", in at most 64 characters',
    ],
    [
      "a zone by its name",
      gateway({ public: { ...open, hostedZoneId: "example.com" } }),
      'vigia:gateway.public.hostedZoneId = "example.com": the id of a hosted zone of Route 53, such as "Z0123456789ABCDEFGHIJ"',
    ],
    [
      "any origin",
      gateway({ public: { ...open, allowedOrigins: ["*"] } }),
      'vigia:gateway.public.allowedOrigins[0] = "*": an origin such as "https://shop.example.com"',
    ],
    [
      "a burst below the rate",
      gateway({ rate: 2_000 }),
      "vigia:gateway.burst = 1000: at least the rate (2000), or it is the burst that limits every second",
    ],
    [
      "steady traffic that is next to none",
      gateway({ requestsPerDay: 1_000 }),
      "vigia:gateway.steady = true: false below 70000 requests a day, or silence cannot be told from a quiet night",
    ],
    ["no rate", gateway({ rate: 0 }), "vigia:gateway.rate = 0: a number of requests above 0"],
    [
      "a service without pods",
      gateway({ services: { shop: { targets: 0 } } }),
      "vigia:gateway.services.shop.targets = 0: a whole number from 1 to 1000",
    ],
    [
      "a service whose name is no path",
      gateway({ services: { Returns: { targets: 1 } } }),
      "vigia:gateway.services.Returns: the name of a service is lower-case letters, digits and hyphens, and begins with a letter",
    ],
    [
      "no service at all",
      gateway({ services: { shop: null, crm: null, mes: null } }),
      "vigia:gateway.services: at least one service",
    ],
    [
      "an open wildcard",
      gateway({ services: { shop: { open: ["/{proxy+}"] } } }),
      'vigia:gateway.services.shop.open[0] = "/{proxy+}": a path such as "/health"',
    ],
    [
      "a canary before a closed door",
      gateway({ canary: { paths: ["/shop/orders"] } }),
      'vigia:gateway.canary.paths[0] = "/shop/orders": an open path: /shop/health, /crm/health, /mes/health',
    ],
    [
      "a canary that its alarms do not see",
      gateway({ canary: { interval: "10 minutes" } }),
      'vigia:gateway.canary.interval = "10 minutes": "1 minute" or "2 minutes" or "3 minutes" or "4 minutes" or "5 minutes"',
    ],
    [
      "a canary with less patience than users",
      gateway({ acceptable: "10 seconds" }),
      'vigia:gateway.canary.acceptable = "4 seconds": at least what one request may take (10 seconds)',
    ],
    [
      "a retention that CloudWatch Logs does not know",
      gateway({ logRetention: 31 }),
      "vigia:gateway.logRetention = 31: days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
    [
      "a firewall that is off",
      gateway({ firewall: { mode: "off" } }),
      'vigia:gateway.firewall.mode = "off": "block" or "count"',
    ],
    [
      "a misspelt signal",
      gateway({ changes: { "api-slwo": { off: "x" } } }),
      "vigia:gateway.changes.api-slwo is not a setting: did you mean vigia:gateway.changes.api-slow?",
    ],
    [
      "a limit in another unit",
      gateway({ changes: { "api-slow": { threshold: 4_000 } } }),
      'vigia:gateway.changes.api-slow.threshold = 4000: at least 0 seconds in whole seconds, written like "10 minutes"',
    ],
  ]);
});

describe("the gateway of a stack", () => {
  it("is not public unless the stack says where", () => {
    assert.equal(parsed({}).gateway.public, undefined);
    assert.deepEqual(parsed(gateway({ public: open })).gateway.public, open);
  });

  it("is looked at by what is open, or by what the stack names", () => {
    const paths = (given: unknown) => canaryPaths(parsed(gateway(given)).gateway);
    assert.deepEqual(paths({ services: { mes: null } }), ["/shop/health", "/crm/health"]);
    assert.deepEqual(paths({ services: { crm: { open: [] } }, canary: { paths: ["/mes/health"] } }), ["/mes/health"]);
  });

  it("takes numbers and truth values as text", () => {
    const { rate, steady } = parsed(gateway({ rate: "20", steady: "false" })).gateway;
    assert.deepEqual([rate, steady], [20, false]);
  });
});
