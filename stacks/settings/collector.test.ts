import assert from "node:assert/strict";
import { answers, parsed } from "./testing";

const collector = (given: object) => ({ "vigia:collector": given });
const probe = (given: object) => collector({ probes: { shop: given } });
const url = "https://shop.example.com/health";
const address = 'an address without secrets, written like "https://example.com/health"';

describe("a mistake in the collector is answered with key, value and what is allowed", () => {
  answers([
    ["too little memory", collector({ memory: 128 }), "vigia:collector.memory = 128: a whole number from 256 to 65536"],
    [
      "a probe that may take for ever",
      collector({ slowProbe: 60 }),
      "vigia:collector.slowProbe = 60: seconds above 0 and below 15",
    ],
    [
      "a user that needs quotes",
      collector({ user: "Monitor User" }),
      'vigia:collector.user = "Monitor User": lower-case letters, digits and underscores',
    ],
    [
      "an address without TLS",
      probe({ url: "http://shop.example.com/" }),
      `vigia:collector.probes.shop.url = "http://shop.example.com/...": ${address}`,
    ],
    [
      "an address with a secret",
      probe({ url: `${url}?key=abc` }),
      `vigia:collector.probes.shop.url = "https://shop.example.com/...": ${address}`,
    ],
    [
      "an address with a port",
      probe({ url: "https://shop.example.com:8443/" }),
      'vigia:collector.probes.shop.url = "https://shop.example.com:8443/...": an address without a port: only that of https is reached',
    ],
    [
      "a status that is none",
      probe({ url, status: [99] }),
      "vigia:collector.probes.shop.status[0] = 99: a status from 200 to 599",
    ],
    [
      "no status at all",
      probe({ url, status: [] }),
      "vigia:collector.probes.shop.status = []: at least one status, or none at all for 200",
    ],
    [
      "a name with capitals",
      collector({ probes: { Shop: { url } } }),
      "vigia:collector.probes.Shop: a name has up to 40 lower-case letters, digits and hyphens, a letter first",
    ],
    [
      "an image that moves",
      collector({ images: { blackbox: "quay.io/prometheus/blackbox-exporter:latest" } }),
      'vigia:collector.images.blackbox = "quay.io/prometheus/blackbox-exporter:latest": an image with a version or a digest, written like "quay.io/prometheus/prometheus:v3.11.3"',
    ],
    [
      "an alarm that is off without a reason",
      collector({ changes: { "collector-silent": { off: "" } } }),
      'vigia:collector.changes.collector-silent.off = "": why it does not apply, in words',
    ],
    [
      "an unknown key",
      collector({ memroy: 512 }),
      "vigia:collector.memroy is not a setting: did you mean vigia:collector.memory?",
    ],
  ]);

  it("holds by itself, and takes probes beside", () => {
    assert.deepEqual(parsed({}).collector, { memory: 512, slowProbe: 2, user: "monitor", probes: {} });
    assert.deepEqual(parsed(probe({ url })).collector.probes, { shop: { url } });
  });
});
