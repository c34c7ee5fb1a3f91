import assert from "node:assert/strict";
import { answers, least, mistakesIn, parsed } from "./testing";

const sso = { admin: { groups: ["93a4b5c6-1111"] } };
const prefixLists = ["pl-0123456789abcdef0"];
const grafana = (given: Readonly<Record<string, unknown>>) => ({
  "vigia:grafana": { enabled: true, sso, prefixLists, ...given },
});
const saml = {
  metadataUrl: "https://idp.example.com/metadata",
  roleAttribute: "role",
  admins: ["sre"],
  editors: [],
};

describe("settings of Grafana", () => {
  it("are off until a stack says who logs in and from where", () => {
    assert.deepEqual(parsed({}).grafana, {
      enabled: false,
      version: "12.4",
      open: false,
      prefixLists: [],
      vpcEndpoints: [],
    });
  });

  it("take either login, and addresses or none", () => {
    assert.deepEqual(parsed(grafana({})).grafana.sso, sso);
    assert.equal(parsed(grafana({ sso: null, saml })).grafana.saml?.roleAttribute, "role");
    assert.equal(parsed(grafana({ prefixLists: [], open: true })).grafana.open, true);
    assert.deepEqual(mistakesIn({ ...least, "vigia:grafana": { saml, sso } }), [], "what is off is not judged");
  });

  answers([
    ["no login", grafana({ sso: null }), "vigia:grafana: a way to log in: sso or saml"],
    ["two logins", grafana({ saml }), "vigia:grafana: one way to log in: sso or saml, and not both"],
    [
      "nobody who administers",
      grafana({ sso: { viewer: { groups: ["all"] } } }),
      "vigia:grafana.sso: at least one group or user as admin",
    ],
    [
      "no value that makes an administrator",
      grafana({ sso: null, saml: { ...saml, admins: [] } }),
      "vigia:grafana.saml.admins = []: at least one value that makes an administrator",
    ],
    [
      "metadata in clear",
      grafana({ sso: null, saml: { ...saml, metadataUrl: "http://idp.example.com" } }),
      'vigia:grafana.saml.metadataUrl = "http://idp.example.com": an https address, written like "https://idp.example.com/metadata"',
    ],
    [
      "a range instead of a prefix list",
      grafana({ prefixLists: ["203.0.113.0/24"] }),
      'vigia:grafana.prefixLists[0] = "203.0.113.0/24": a managed prefix list, written like "pl-0123456789abcdef0"',
    ],
    [
      "a malformed endpoint",
      grafana({ vpcEndpoints: ["vpce-"] }),
      'vigia:grafana.vpcEndpoints[0] = "vpce-": an endpoint, written like "vpce-0123456789abcdef0"',
    ],
    [
      "nobody who reaches it",
      grafana({ prefixLists: [] }),
      "vigia:grafana.prefixLists: at least one prefix list or VPC endpoint, or nobody reaches the workspace",
    ],
    [
      "open and not",
      grafana({ open: true }),
      "vigia:grafana.open = true: false where prefixLists or vpcEndpoints name who reaches it",
    ],
    ["an old version", grafana({ version: "10.4" }), 'vigia:grafana.version = "10.4": "12.4"'],
    [
      "an e-mail as a member",
      grafana({ sso: { admin: { users: ["ann@example.com"] } } }),
      'vigia:grafana.sso.admin.users[0] = "ann@example.com": an id of IAM Identity Center: 1 to 47 letters, digits and hyphens',
    ],
  ]);
});
