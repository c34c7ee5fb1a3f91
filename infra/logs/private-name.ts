import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { Zone } from "@pulumi/aws/route53/zone.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { isDomain } from "../gateway/domain";
import { Problems } from "../kit/problems";

/** What a private name is made from. */
export interface PrivateNameArgs {
  /** The name: `logs.internal.example.com`. */
  readonly domain: string;
  /** The only network in which it stands. */
  readonly vpcId: Input<string>;
  /** The load balancer to which it leads: its name in the DNS, and the zone in which AWS has that. */
  readonly target: { readonly dnsName: Input<string>; readonly zoneId: Input<string> };
}

/**
 * A name that only one network knows. Its private zone is just as long as the name: a zone of the domain above would hide there every other name of that domain, also
 * the public ones.
 */
export class PrivateName extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly zone: Zone; readonly record: DnsRecord };

  constructor(name: string, args: PrivateNameArgs, opts?: ComponentResourceOptions) {
    const { domain, vpcId, target } = args;
    const problems = new Problems(`private name "${name}"`);
    problems.unless(isDomain(domain), 'domain must be written as "logs.internal.example.com"', domain);
    problems.throwIfAny();
    super("vigia:logs:PrivateName", name, {}, opts);
    const zone = new Zone(
      name,
      { name: domain, comment: `Known inside the network only: ${domain}`, vpcs: [{ vpcId }] },
      { parent: this },
    );
    const record = new DnsRecord(
      name,
      {
        zoneId: zone.id,
        name: domain,
        type: "A",
        // Zones of the load balancer whose targets are all ill are left out of the answer.
        aliases: [{ name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true }],
      },
      { parent: this },
    );
    this.nodes = { zone, record };
    this.registerOutputs({ domain });
  }
}
