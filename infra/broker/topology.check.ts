import { isDuration, seconds } from "../kit/units";
import { deadExchange, isDeadQueue, type QueueTopology, type Topology, type VirtualHostTopology } from "./topology";

/** Something that is wrong with a topology. */
export interface TopologyMistake {
  /** Below the topology: virtual host, `queues`, name, field. */
  readonly path: readonly (string | number)[];
  /** What is allowed, in words that end a sentence. */
  readonly allowed: string;
  /** It is about the place and not about the value there. */
  readonly aside?: boolean;
}

/** Names are short strings of AMQP, 255 bytes ("AMQP 0-9-1 Complete Reference Guide", RabbitMQ documentation, 2026-11); ".dead" must fit behind that of a queue. */
const longestName = 250;
/** CloudWatch drops metrics of queues whose names have anything else ("Monitoring Amazon MQ for RabbitMQ brokers", Amazon MQ Developer Guide, 2026-11: blanks and what is not ASCII). */
const name = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

function wrongName(given: string, what: string): string | undefined {
  if (!name.test(given))
    return `the name of ${what} has letters, digits, dots, underscores and hyphens of ASCII only, because metrics leave out all others`;
  if (given.length > longestName) return `the name of ${what} has at most ${longestName} characters`;
  if (given.startsWith("amq.")) return 'names that start with "amq." are RabbitMQ\'s own';
  return undefined;
}

const aside = (path: TopologyMistake["path"], allowed: string | undefined): TopologyMistake[] =>
  allowed === undefined ? [] : [{ path, allowed, aside: true }];

/** Whether a pattern is one that RabbitMQ can compile too; both know the same of what names need. */
function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

function ofQueue(
  host: string,
  queue: string,
  given: QueueTopology,
  { exchanges }: VirtualHostTopology,
): TopologyMistake[] {
  const path = [host, "queues", queue];
  const found = aside(path, wrongName(queue, "a queue"));
  if (isDeadQueue(queue)) {
    found.push({
      path,
      allowed: 'names that end in ".dead" are those of dead-letter queues, which each queue gets by itself',
      aside: true,
    });
  }
  const seen = new Set<string>();
  for (const [index, { exchange, key }] of given.from.entries()) {
    const at = [...path, "from", index];
    const known = Object.keys(exchanges);
    if (!Object.hasOwn(exchanges, exchange)) {
      const choice = known.length > 0 ? `one of ${known.sort().join(", ")}` : "none: the virtual host has no exchange";
      found.push({ path: [...at, "exchange"], allowed: `an exchange of the same virtual host: ${choice}` });
      continue;
    }
    const { type } = exchanges[exchange] ?? { type: "direct" };
    if (type === "fanout" && key !== undefined)
      found.push({ path: [...at, "key"], allowed: "nothing: an exchange of type fanout ignores keys" });
    if (type === "direct" && key !== undefined && /[*#]/.test(key))
      found.push({
        path: [...at, "key"],
        allowed: "a key without * and #: an exchange of type direct takes them literally",
      });
    const same = `${exchange} ${key ?? ""}`;
    if (seen.has(same)) found.push({ path: at, allowed: "given twice: take one away", aside: true });
    seen.add(same);
  }
  if (given.from.length === 0)
    found.push({ path: [...path, "from"], allowed: "at least one exchange, or nothing ever arrives" });
  const { messageTtl } = given;
  // A TTL is an unsigned 32-bit number of milliseconds ("Time-To-Live and Expiration", RabbitMQ documentation, 2026-11).
  if (messageTtl !== undefined && isDuration(messageTtl) && 1_000 * seconds(messageTtl) > 4_294_967_295)
    found.push({ path: [...path, "messageTtl"], allowed: "at most 49 days" });
  return found;
}

function ofHost(host: string, given: VirtualHostTopology): TopologyMistake[] {
  const found = aside([host], wrongName(host, "a virtual host"));
  for (const exchange of Object.keys(given.exchanges)) {
    const path = [host, "exchanges", exchange];
    found.push(...aside(path, wrongName(exchange, "an exchange")));
    if (exchange === deadExchange)
      found.push({
        path,
        allowed: `"${deadExchange}" is the exchange of dead letters, which each virtual host gets by itself`,
        aside: true,
      });
  }
  for (const [queue, one] of Object.entries(given.queues)) found.push(...ofQueue(host, queue, one, given));
  for (const [what, pattern] of Object.entries(given.permissions ?? {})) {
    if (typeof pattern === "string" && !isPattern(pattern))
      found.push({ path: [host, "permissions", what], allowed: 'a regular expression of names, such as "^orders"' });
  }
  return found;
}

/** Rules that the values of a topology break, beyond their types and ranges. */
export function topologyMistakes(topology: Topology): TopologyMistake[] {
  const hosts = Object.entries(topology);
  const none: TopologyMistake = { path: [], allowed: "at least one virtual host", aside: true };
  return [...(hosts.length === 0 ? [none] : []), ...hosts.flatMap(([name, host]) => ofHost(name, host))];
}
