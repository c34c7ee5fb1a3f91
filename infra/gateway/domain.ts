import type { Problems } from "../kit/problems";

/** A name in the DNS as certificates have it: labels of letters, digits and hyphens (RFC 1123), at most 64 characters, at least two labels. */
const name = /^(?=.{1,64}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Whether a text is a name in the DNS that a certificate can have. */
export const isDomain = (text: string): boolean => name.test(text);

/** Whether a text is the id of a hosted zone of Route 53. */
export const isHostedZone = (text: string): boolean => /^Z[A-Z0-9]{1,31}$/.test(text);

/** Notes a domain that is none. */
export function checkDomain(problems: Problems, domain: string): void {
  problems.unless(isDomain(domain), 'domain must be written as "api.example.com", in at most 64 characters', domain);
}
