/** Ranges of IPv4 addresses, and how a VPC's range is shared out. */

/** A range of addresses. */
export interface Cidr {
  /** Its first address, as a number. */
  readonly first: number;
  /** Bits that all its addresses share. */
  readonly prefix: number;
}

const sizeOf = (prefix: number) => 2 ** (32 - prefix);

/** Reads `10.20.0.0/16`; undefined for anything else, and for an address inside a range in place of its first one, which AWS would round silently. */
export function parseCidr(text: string): Cidr | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1);
  if (!parts || parts.some((part) => part.length > 1 && part.startsWith("0"))) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts.map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % sizeOf(prefix) === 0 ? { first, prefix } : undefined;
}

/** Writes a range as AWS takes it. */
export function cidrText({ first, prefix }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** Addresses in a range. */
export const addressesIn = ({ prefix }: Cidr): number => sizeOf(prefix);

/** Whether all addresses of one range are in the other. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.first >= outer.first && inner.first + sizeOf(inner.prefix) <= outer.first + sizeOf(outer.prefix);

/** Whether two ranges share an address. */
export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a);

/** Kinds of subnets: with a route to the internet gateway, to a NAT gateway, and to neither. */
export const tiers = ["public", "private", "isolated"] as const;
/** A kind of subnet. */
export type Tier = (typeof tiers)[number];

/** Most zones of a VPC: the range is cut in four whether or not all are in use, so that a further zone moves no subnet. */
export const mostZones = 4;

/**
 * The subnets of a zone. Half of its quarter is for pods and nodes, which take most addresses; a quarter for data, an eighth for NAT gateways, and the last
 * eighth stays free for what nobody thought of. In a /16: 8,192, 4,096 and 2,048 addresses.
 * @param zone its place in the list of zones
 */
export function subnetsOf({ first, prefix }: Cidr, zone: number): Readonly<Record<Tier, Cidr>> {
  const start = first + zone * sizeOf(prefix + 2);
  const isolated = start + sizeOf(prefix + 3);
  return {
    private: { first: start, prefix: prefix + 3 },
    isolated: { first: isolated, prefix: prefix + 4 },
    public: { first: isolated + sizeOf(prefix + 4), prefix: prefix + 5 },
  };
}

const read = (text: string): Cidr => parseCidr(text) ?? { first: 0, prefix: 32 };

/** Ranges that no network on the internet has ("Address Allocation for Private Internets", RFC 1918, 1996). */
export const privateRanges: readonly Cidr[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(read);
/** The range that services of AWS take for Docker ("VPC CIDR blocks", VPC User Guide, 2026-11: Cloud9 and SageMaker AI conflict with it). */
const docker = read("172.17.0.0/16");

/**
 * What is wrong with the range of a VPC: undefined where nothing is.
 * @param neighbours ranges of networks that it may be joined with
 */
export function vpcRangeProblem(text: string, neighbours: readonly string[] = []): string | undefined {
  const cidr = parseCidr(text);
  // AWS takes /16 to /28; below /20 a zone's pods would share fewer than 512 addresses.
  if (!cidr) return 'the first address of a range and its prefix, written like "10.20.0.0/16"';
  if (cidr.prefix < 16 || cidr.prefix > 20)
    return "a range from /16 to /20: AWS takes no larger one, and a smaller one has no room for the pods";
  if (!privateRanges.some((range) => contains(range, cidr)))
    return "a private range: within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
  if (overlaps(docker, cidr)) return "a range outside 172.17.0.0/16, which Docker and services of AWS use";
  const taken = neighbours.find((other) => {
    const range = parseCidr(other);
    return range !== undefined && overlaps(range, cidr);
  });
  return taken === undefined ? undefined : `a range that does not overlap the neighbour ${taken}`;
}
