/** Use of a subnet; "Unused" keeps its addresses free. */
export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** What the program asks for, per availability zone. */
export interface SubnetSpec<Tags = unknown> {
  readonly type: SubnetType;
  readonly name?: string;
  /** Prefix length, for example 20. */
  readonly cidrMask?: number;
  /** Addresses, a power of two; the same as {@link cidrMask} in other words. */
  readonly size?: number;
  /** One block for each zone; then nothing is calculated. */
  readonly cidrBlocks?: readonly string[];
  readonly tags?: Tags;
  readonly assignIpv6AddressOnCreation?: boolean;
}

/** A subnet with its addresses. */
export interface Subnet<Tags = unknown> extends SubnetSpec<Tags> {
  readonly zone: string;
  /** Counted from 1. */
  readonly zoneNumber: number;
  readonly label: string;
  readonly cidrBlock: string;
}

interface Block {
  readonly base: number;
  readonly mask: number;
}

const sizeOf = ({ mask }: Block): number => 2 ** (32 - mask);
const lastOf = (block: Block): number => block.base + sizeOf(block) - 1;
const at = (address: number, mask: number): Block => ({
  base: Math.floor(address / 2 ** (32 - mask)) * 2 ** (32 - mask),
  mask,
});
const after = (block: Block, mask: number): Block => ({ base: lastOf(at(lastOf(block), mask)) + 1, mask });
const bitsFor = (count: number): number => Math.ceil(Math.log2(Math.max(count, 1)));

/** @throws when the text is not an IPv4 block. */
export function parse(cidr: string): Block {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  const parts = (match ?? []).slice(1).map(Number);
  const [a = 256, b = 256, c = 256, d = 256, mask = 33] = parts;
  if ([a, b, c, d].some((part) => part > 255) || mask > 32) throw new Error(`not an IPv4 CIDR block: ${cidr}`);
  return at(((a * 256 + b) * 256 + c) * 256 + d, mask);
}

const format = ({ base, mask }: Block): string =>
  `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${mask}`;
const overlap = (a: Block, b: Block): boolean => a.base <= lastOf(b) && b.base <= lastOf(a);
const maskOf = ({ cidrMask, size }: SubnetSpec): number | undefined =>
  cidrMask ?? (size === undefined ? undefined : 32 - Math.log2(size));

/** How addresses are given out; see awsx's `subnetStrategy`. */
export interface LayoutOptions<Tags> {
  readonly vpcName: string;
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly specs?: readonly SubnetSpec<Tags>[];
  readonly strategy: "Legacy" | "Auto" | "AutoMerge" | "Exact";
  /** Prefix length of a zone's share. "Legacy" ignores it, as awsx does. */
  readonly zoneMask?: number;
}

const inOrder: readonly SubnetType[] = ["Private", "Public", "Isolated"];

/** The share of one zone, in the order asked for. */
function allocate(share: Block, specs: readonly SubnetSpec[]): Block[] {
  const mask = share.mask + bitsFor(specs.length);
  const blocks: Block[] = [];
  for (const spec of specs) {
    const previous = blocks.at(-1);
    const wanted = maskOf(spec) ?? mask;
    blocks.push(previous ? after(previous, wanted) : at(share.base, wanted));
  }
  const total = specs.reduce((sum, spec) => sum + sizeOf({ base: 0, mask: maskOf(spec) ?? mask }), 0);
  if (total > sizeOf(share)) {
    throw new Error(
      `Subnets are too large for VPC. VPC has ${sizeOf(share)} addresses, but subnets require ${total} addresses.`,
    );
  }
  return blocks;
}

/** The older way: private, public, isolated; within a type by index, moved up where that would overlap the one before. */
function allocateLegacy(share: Block, specs: readonly SubnetSpec[]): Map<SubnetSpec, Block> {
  const extra = specs.length === 1 ? 0 : 1;
  const floor: Record<SubnetType, number> = { Private: 19, Public: 20, Isolated: 24, Unused: 32 };
  const given = new Map<SubnetSpec, Block>();
  // The address before the share: a block that is larger than the share moves up instead of back.
  let previous: Block = { base: share.base - 1, mask: 32 };
  for (const type of inOrder) {
    const start = lastOf(previous) + 1;
    for (const [index, spec] of specs.filter((one) => one.type === type).entries()) {
      const mask = maskOf(spec) ?? Math.max(share.mask + extra, floor[type]);
      let block = at(start + index * 2 ** (32 - mask), mask);
      if (overlap(previous, block)) block = after(previous, mask);
      given.set(spec, block);
      previous = block;
    }
  }
  return given;
}

/** Default specs: private half, then public quarter of a zone's share, which counts as a /16 at most. */
function defaults<Tags>(zoneMask: number): SubnetSpec<Tags>[] {
  if (zoneMask > 26) {
    throw new Error(
      `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${zoneMask} is available.`,
    );
  }
  const mask = Math.max(zoneMask, 16);
  return [
    { type: "Private", cidrMask: mask + 1 },
    { type: "Public", cidrMask: mask + 2 },
  ];
}

function merged<Tags>(specs: readonly SubnetSpec<Tags>[], base: readonly SubnetSpec<Tags>[]): SubnetSpec<Tags>[] {
  const replaces = (spec: SubnetSpec<Tags>): boolean =>
    spec.name === undefined && base.some(({ type }) => type === spec.type);
  const changed = base.map((spec) => ({ ...spec, ...specs.find((one) => replaces(one) && one.type === spec.type) }));
  return [...changed, ...specs.filter((spec) => !replaces(spec))];
}

/**
 * The subnets of a VPC with their addresses, in the order in which awsx 3.9 lists them (pulumi-awsx awsx/ec2/subnetDistributorNew.ts and
 * subnetDistributorLegacy.ts).
 * @throws in awsx's words when the wish does not fit.
 */
export function layOut<Tags>({
  vpcName,
  cidrBlock,
  zones,
  specs,
  strategy,
  zoneMask,
}: LayoutOptions<Tags>): Subnet<Tags>[] {
  const vpc = parse(cidrBlock);
  const legacy = strategy === "Legacy";
  const shareMask = (legacy ? undefined : zoneMask) ?? vpc.mask + bitsFor(zones.length);
  const explicit = !legacy && specs?.some(({ cidrBlocks }) => cidrBlocks !== undefined);
  const base =
    specs === undefined && legacy ? ([{ type: "Private" }, { type: "Public" }] as SubnetSpec<Tags>[]) : undefined;
  const wanted =
    base ??
    (strategy === "AutoMerge" ? merged(specs ?? [], defaults<Tags>(shareMask)) : (specs ?? defaults<Tags>(shareMask)));
  if (wanted.length === 0) throw new Error("No subnets specified");

  const perZone = zones.map((zone, index) => {
    const share: Block = { base: vpc.base + index * 2 ** (32 - shareMask), mask: shareMask };
    const named = (spec: SubnetSpec<Tags>, block: string): Subnet<Tags> => ({
      ...spec,
      zone,
      zoneNumber: index + 1,
      label: `${vpcName}-${spec.name ?? spec.type.toLowerCase()}-${index + 1}`,
      cidrBlock: block,
    });
    if (explicit) return wanted.map((spec) => named(spec, explicitBlock(spec, index, zones.length)));
    if (base) {
      const half = at(share.base, share.mask + 1);
      return base.map((spec, position) => named(spec, format(position === 0 ? half : after(half, share.mask + 2))));
    }
    if (!legacy)
      return allocate(share, wanted).map((block, position) =>
        named(wanted[position] ?? { type: "Unused" }, format(block)),
      );
    const blocks = allocateLegacy(share, wanted);
    return [...blocks].map(([spec, block]) => named(spec as SubnetSpec<Tags>, format(block)));
  });
  return base
    ? base.flatMap((_, position) => perZone.flatMap((subnets) => subnets.slice(position, position + 1)))
    : perZone.flat();
}

function explicitBlock({ cidrBlocks }: SubnetSpec, index: number, zones: number): string {
  const block = cidrBlocks?.[index];
  if (cidrBlocks === undefined)
    throw new Error("If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.");
  if (cidrBlocks.length !== zones || block === undefined) {
    throw new Error(`The number of CIDR blocks must match the number of availability zones (${zones}).`);
  }
  return block;
}

/** @throws in awsx's words when subnets overlap or, with "Exact", leave addresses of the VPC unused. */
export function checkLayout(subnets: readonly Subnet[], cidrBlock: string, exact: boolean): void {
  const blocks = subnets.map((subnet) => ({ subnet, block: parse(subnet.cidrBlock) }));
  const twice = blocks.filter((one) => blocks.some((other) => one !== other && overlap(one.block, other.block)));
  if (twice.length > 0) {
    const lines = twice.map(({ subnet }, index) => `${index + 1}. ${subnet.label}: ${subnet.cidrBlock}`);
    throw new Error(
      `The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size of the subnets per AZ, or use less Availability Zones:\n\n${lines.join("\n")}\n`,
    );
  }
  if (!exact) return;
  const vpc = parse(cidrBlock);
  let next = vpc.base;
  for (const { subnet, block } of blocks) {
    if (block.base !== next)
      throw new Error(
        `There are gaps in the subnet ranges. Please fix the following gaps: before ${subnet.label} (${subnet.cidrBlock})`,
      );
    next = lastOf(block) + 1;
  }
  if (next !== lastOf(vpc) + 1)
    throw new Error(
      `There are gaps in the subnet ranges. Please fix the following gaps: ${cidrBlock} is not used to its end`,
    );
}

/**
 * The layout of the first zone as specs for "Auto", with gaps as "Unused" (pulumi-awsx awsx/ec2/vpc.ts, extractSubnetSpecInputFromLegacyLayout).
 */
export function layoutOf(subnets: readonly Subnet[], zones: number): { type: SubnetType; cidrMask: number }[] {
  const layout: { type: SubnetType; cidrMask: number }[] = [];
  let previous: Block | undefined;
  for (const { type, cidrBlock } of subnets.slice(0, subnets.length / zones)) {
    const block = parse(cidrBlock);
    for (const gap of previous ? gaps(previous, block) : []) layout.push({ type: "Unused", cidrMask: gap.mask });
    layout.push({ type, cidrMask: block.mask });
    previous = block;
  }
  return layout;
}

/** The fewest blocks that fill the addresses between two. */
function gaps(first: Block, second: Block): Block[] {
  const [start, end] = first.base < second.base ? [first, second] : [second, first];
  const found: Block[] = [];
  for (let next = lastOf(start) + 1; next < end.base; ) {
    let mask = 32;
    while (at(next, mask - 1).base === next && lastOf(at(next, mask - 1)) < end.base) mask--;
    const gap = at(next, mask);
    found.push(gap);
    next = lastOf(gap) + 1;
  }
  return found;
}
