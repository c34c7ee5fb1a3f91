import { account } from "./arn";
import { hex } from "./names";
import type { Place } from "./values";
import { type Bag, isBag, isList, type Value } from "./wire";

const list = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
const bags = (value: Value | undefined): readonly Bag[] => list(value).filter(isBag);

/** A list of one is written as its element, in IAM's JSON. */
const one = (value: Value | undefined): Value => {
  const items = list(value);
  return items.length === 1 ? (items[0] ?? null) : [...items].sort();
};

function principals(value: Value | undefined): Value | undefined {
  const given = bags(value);
  if (given.length === 0) return undefined;
  if (given.length === 1 && given[0]?.type === "*") return "*";
  return Object.fromEntries(given.map(({ type, identifiers }) => [String(type), one(identifiers)]));
}

function statement(given: Bag): Bag {
  const result: Bag = {};
  const put = (key: string, value: Value | undefined): void => {
    if (value !== undefined) result[key] = value;
  };
  const some = (value: Value | undefined): Value | undefined => (list(value).length > 0 ? one(value) : undefined);
  put("Sid", given.sid);
  put("Effect", given.effect ?? "Allow");
  put("Action", some(given.actions));
  put("NotAction", some(given.notActions));
  put("Resource", some(given.resources));
  put("NotResource", some(given.notResources));
  put("Principal", principals(given.principals));
  put("NotPrincipal", principals(given.notPrincipals));
  const conditions: Record<string, Bag> = {};
  for (const { test, variable, values } of bags(given.conditions)) {
    conditions[String(test)] = { ...conditions[String(test)], [String(variable)]: one(values) };
  }
  if (Object.keys(conditions).length > 0) put("Condition", conditions);
  return result;
}

function policyDocument(args: Bag): Bag {
  const document = { Version: args.version ?? "2012-10-17", Statement: bags(args.statements).map(statement) };
  const json = JSON.stringify(document, null, 2);
  return { ...args, id: String(Number.parseInt(hex(json, 8), 16)), json, minifiedJson: JSON.stringify(document) };
}

const invokes: Readonly<Record<string, (args: Bag, region: string) => Bag>> = {
  "aws:ec2/getAvailabilityZones:getAvailabilityZones": zones,
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws:index/getAvailabilityZones:getAvailabilityZones": zones,
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: account,
    arn: `arn:aws:sts::${account}:assumed-role/stand-in/session`,
    id: account,
    userId: "AROAEXAMPLE:session",
  }),
  "aws:index/getPartition:getPartition": () => ({
    dnsSuffix: "amazonaws.com",
    id: "aws",
    partition: "aws",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_args, region) => ({
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
    id: region,
    name: region,
    region,
  }),
};

function zones(_args: Bag, region: string): Bag {
  const names = ["a", "b", "c"].map((zone) => `${region}${zone}`);
  return {
    groupNames: [region],
    id: region,
    names,
    region,
    state: "available",
    zoneIds: names.map((_, index) => `${hex(region, 4)}-az${index + 1}`),
  };
}

/**
 * Answers a data source.
 * @throws for one that the stand-in does not know: an answer made up here would be taken for the truth.
 */
export function invoke(token: string, args: Bag, place: Place): Bag {
  const answer = invokes[token];
  if (!answer)
    throw new Error(
      `the stand-in has no data source ${token}: take the value from a setting or from a resource's output instead`,
    );
  return answer(args, typeof args.region === "string" ? args.region : place.region);
}
