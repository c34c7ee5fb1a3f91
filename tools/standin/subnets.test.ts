import assert from "node:assert/strict";
import fc from "fast-check";
import { checkLayout, type LayoutOptions, layOut, layoutOf, parse, type SubnetSpec } from "./subnets";

const three = ["a", "b", "c"];
const lay = (options: Partial<LayoutOptions<unknown>>): string[] =>
  layOut({ vpcName: "net", cidrBlock: "10.0.0.0/16", zones: three, strategy: "Auto", ...options }).map(
    ({ label, cidrBlock }) => `${label} ${cidrBlock}`,
  );

/** Blocks from the comments and tests of pulumi-awsx awsx/ec2/subnetDistributorLegacy.ts and subnetDistributorNew.ts. */
describe("the subnets of a VPC", () => {
  it("gives the private subnet half and the public one a quarter of a zone's share by default", () => {
    const expected = [
      "net-private-1 10.0.0.0/19",
      "net-public-1 10.0.32.0/20",
      "net-private-2 10.0.64.0/19",
      "net-public-2 10.0.96.0/20",
      "net-private-3 10.0.128.0/19",
      "net-public-3 10.0.160.0/20",
    ];
    assert.deepEqual(lay({}), expected);
    assert.deepEqual(
      lay({ strategy: "Legacy" }),
      [0, 2, 4, 1, 3, 5].map((index) => expected[index]),
    );
  });

  it("keeps the order asked for with Auto, and private, public, isolated with Legacy", () => {
    const specs: SubnetSpec[] = [{ type: "Isolated" }, { type: "Public" }, { type: "Private" }];
    assert.deepEqual(lay({ specs, zones: ["a"], strategy: "Legacy" }), [
      "net-private-1 10.0.0.0/19",
      "net-public-1 10.0.32.0/20",
      "net-isolated-1 10.0.48.0/24",
    ]);
    assert.deepEqual(lay({ specs, zones: ["a"] }), [
      "net-isolated-1 10.0.0.0/18",
      "net-public-1 10.0.64.0/18",
      "net-private-1 10.0.128.0/18",
    ]);
  });

  it("takes sizes, names, explicit blocks and a share per zone", () => {
    const sized: SubnetSpec[] = [
      { type: "Private", size: 4096 },
      { type: "Public", cidrMask: 22, name: "edge" },
    ];
    assert.deepEqual(lay({ specs: sized, zones: ["a"] }), ["net-private-1 10.0.0.0/20", "net-edge-1 10.0.16.0/22"]);
    const explicit: SubnetSpec[] = [{ type: "Public", cidrBlocks: ["10.0.1.0/24", "10.0.2.0/24"] }];
    assert.deepEqual(lay({ specs: explicit, zones: ["a", "b"] }), [
      "net-public-1 10.0.1.0/24",
      "net-public-2 10.0.2.0/24",
    ]);
    assert.deepEqual(lay({ zones: ["a", "b"], zoneMask: 20 })[2], "net-private-2 10.0.16.0/21");
    assert.deepEqual(lay({ strategy: "AutoMerge", zones: ["a"], specs: [{ type: "Public", cidrMask: 24 }] }), [
      "net-private-1 10.0.0.0/17",
      "net-public-1 10.0.128.0/24",
    ]);
  });

  it("refuses what does not fit", () => {
    const large: SubnetSpec[] = [
      { type: "Private", cidrMask: 16 },
      { type: "Public", cidrMask: 16 },
    ];
    assert.throws(() => lay({ specs: large }), /Subnets are too large for VPC/);
    assert.throws(() => lay({ specs: [] }), /No subnets specified/);
    assert.throws(() => lay({ specs: [{ type: "Public", cidrBlocks: ["10.0.1.0/24"] }] }), /must match the number/);
    assert.throws(() => parse("10.0.0.256/16"), /not an IPv4 CIDR block/);
    assert.throws(() => parse("10.0.0.0/33"), /not an IPv4 CIDR block/);
  });

  it("finds overlaps, and gaps where none may be", () => {
    const planned = layOut({ vpcName: "net", cidrBlock: "10.0.0.0/16", zones: ["a"], strategy: "Exact" });
    assert.throws(() => checkLayout(planned, "10.0.0.0/16", true), /gaps/);
    checkLayout(planned, "10.0.0.0/16", false);
    const [first] = planned;
    assert.ok(first);
    assert.throws(() => checkLayout([first, { ...first, label: "twin" }], "10.0.0.0/16", false), /overlap/);
    const specs: SubnetSpec[] = [
      { type: "Private", cidrMask: 17 },
      { type: "Unused", cidrMask: 17 },
    ];
    const full = layOut({ vpcName: "net", cidrBlock: "10.0.0.0/16", zones: ["a"], strategy: "Exact", specs });
    checkLayout(full, "10.0.0.0/16", true);
  });

  it("describes a layout so that Auto makes the same one", () => {
    const specs: SubnetSpec[] = [
      { type: "Private", cidrMask: 24 },
      { type: "Public", cidrMask: 20 },
    ];
    const legacy = layOut({ vpcName: "net", cidrBlock: "10.0.0.0/16", zones: ["a"], strategy: "Legacy", specs });
    const described = layoutOf(legacy, 1);
    assert.ok(
      described.some(({ type }) => type === "Unused"),
      "the gap between the two is part of the layout",
    );
    const auto = layOut({ vpcName: "net", cidrBlock: "10.0.0.0/16", zones: ["a"], strategy: "Auto", specs: described });
    assert.deepEqual(
      auto.filter(({ type }) => type !== "Unused").map(({ cidrBlock }) => cidrBlock),
      legacy.map(({ cidrBlock }) => cidrBlock),
    );
  });

  it("never lets the subnets of a zone overlap, leave the VPC or lie askew", () => {
    const spec = fc.record({
      type: fc.constantFrom<SubnetSpec["type"]>("Private", "Public", "Isolated"),
      cidrMask: fc.option(fc.integer({ min: 20, max: 28 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 4 }), (specs) => {
        const cidrBlock = "10.4.0.0/16";
        const planned = layOut({ vpcName: "net", cidrBlock, zones: ["a"], specs, strategy: "Auto" });
        assert.equal(planned.length, specs.length);
        checkLayout(planned, cidrBlock, false);
        for (const subnet of planned) {
          const { base, mask } = parse(subnet.cidrBlock);
          const network = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".");
          assert.equal(subnet.cidrBlock, `${network}/${mask}`, "a block must begin where its prefix says");
          assert.match(network, /^10\.4\./);
        }
      }),
    );
  });

  it("lets Legacy overlap where awsx does, which is then refused", () => {
    const specs: SubnetSpec[] = [
      { type: "Public" },
      { type: "Public", name: "b" },
      { type: "Public", name: "c", cidrMask: 22 },
    ];
    const planned = layOut({ vpcName: "net", cidrBlock: "10.4.0.0/16", zones: ["a"], specs, strategy: "Legacy" });
    assert.throws(() => checkLayout(planned, "10.4.0.0/16", false), /net-public-1: 10\.4\.0\.0\/20/);
  });
});
