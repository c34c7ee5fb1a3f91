import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addressesIn,
  type Cidr,
  cidrText,
  contains,
  mostZones,
  overlaps,
  parseCidr,
  subnetsOf,
  vpcRangeProblem,
} from "./cidr";

const ranges = (least: number, most: number): fc.Arbitrary<Cidr> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.nat(2 ** 32 - 1)).map(([prefix, address]) => {
    const size = 2 ** (32 - prefix);
    return { first: Math.floor(address / size) * size, prefix };
  });

describe("a range of addresses", () => {
  it("reads what it writes", () => {
    fc.assert(fc.property(ranges(0, 32), (range) => assert.deepEqual(parseCidr(cidrText(range)), range)));
  });

  it("is nothing else", () => {
    const wrong = [
      "10.0.0.0",
      "10.0.0.0/33",
      "10.0.0.256/32",
      "10.0.0.1/16",
      "010.0.0.0/16",
      "10.0.0/16",
      "10.0.0.0/16 ",
      "",
      "::/0",
    ];
    for (const text of wrong) assert.equal(parseCidr(text), undefined, text);
  });

  it("overlaps another just when one holds the other", () => {
    fc.assert(
      fc.property(ranges(0, 32), ranges(0, 32), (a, b) => {
        const separate = a.first + addressesIn(a) <= b.first || b.first + addressesIn(b) <= a.first;
        assert.equal(overlaps(a, b), !separate);
      }),
    );
  });
});

describe("the subnets of a VPC", () => {
  it("lie in its range, share no address, begin where AWS lets them, and stay when a zone is added", () => {
    fc.assert(
      fc.property(ranges(16, 20), (range) => {
        const all = Array.from({ length: mostZones }, (_, zone) => Object.values(subnetsOf(range, zone))).flat();
        for (const [at, subnet] of all.entries()) {
          assert.ok(contains(range, subnet));
          assert.deepEqual(parseCidr(cidrText(subnet)), subnet);
          assert.ok(subnet.prefix >= 16 && subnet.prefix <= 28, "AWS takes subnets from /16 to /28");
          for (const other of all.slice(at + 1)) assert.ok(!overlaps(subnet, other));
        }
      }),
    );
  });

  it("are large where pods are", () => {
    const { public: open, private: closed, isolated } = subnetsOf({ first: 0x0a14_0000, prefix: 16 }, 1);
    assert.deepEqual([closed, isolated, open].map(cidrText), ["10.20.64.0/19", "10.20.96.0/20", "10.20.112.0/21"]);
  });
});

describe("the range of a VPC", () => {
  const problems: readonly (readonly [string, RegExp | undefined])[] = [
    ["10.20.0.0/16", undefined],
    ["192.168.0.0/20", undefined],
    ["172.16.0.0/16", undefined],
    ["172.17.16.0/20", /Docker/],
    ["10.0.0.0/15", /from \/16 to \/20/],
    ["10.0.0.0/21", /from \/16 to \/20/],
    ["172.32.0.0/16", /a private range/],
    ["11.0.0.0/16", /a private range/],
    ["10.20.1.0/16", /the first address/],
    ["ten", /the first address/],
    ["10.30.0.0/16", /neighbour 10\.30\.128\.0\/17/],
  ];
  for (const [text, expected] of problems)
    it(`${text} is ${expected ? `refused: ${expected.source}` : "fine"}`, () => {
      const problem = vpcRangeProblem(text, ["10.30.128.0/17", "not a range"]);
      if (expected) assert.match(problem ?? "", expected);
      else assert.equal(problem, undefined);
    });
});
