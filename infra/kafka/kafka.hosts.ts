/**
 * The names of all brokers of a cluster. Its bootstrap text names three of them, whatever their number; the others differ in the number at the beginning
 * ("Get the bootstrap brokers for an Amazon MSK cluster", MSK Developer Guide, 2026-11).
 */
export function brokerHosts(bootstrap: string, brokers: number): readonly string[] {
  const [, domain] = /^b-\d+\.([^:,]+)/.exec(bootstrap) ?? [];
  if (domain === undefined) throw new TypeError(`"${bootstrap}" does not begin with the name of a broker, b-1.`);
  return Array.from({ length: brokers }, (_, index) => `b-${index + 1}.${domain}`);
}
