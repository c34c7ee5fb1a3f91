import type { Api } from "@pulumi/aws/apigatewayv2/api.js";
import { ApiMapping } from "@pulumi/aws/apigatewayv2/apiMapping.js";
import { DomainName } from "@pulumi/aws/apigatewayv2/domainName.js";
import type { Stage } from "@pulumi/aws/apigatewayv2/stage.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import type { Resource } from "@pulumi/pulumi";
import type { GatewayArgs } from "./gateway.args";

/** The raw resources of a public name. */
export interface DomainNodes {
  readonly domainName: DomainName;
  readonly mapping: ApiMapping;
  readonly record: DnsRecord;
}

/** The public name of an API: TLS 1.2 and later, in one region, with a record that points to it. */
export function createDomain(
  name: string,
  { domain, hostedZoneId, certificateArn }: GatewayArgs,
  api: Api,
  stage: Stage,
  parent: Resource,
): DomainNodes {
  const domainName = new DomainName(
    name,
    {
      domainName: domain,
      domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    },
    { parent },
  );
  const mapping = new ApiMapping(name, { apiId: api.id, domainName: domainName.id, stage: stage.id }, { parent });
  const { domainNameConfiguration: endpoint } = domainName;
  const record = new DnsRecord(
    name,
    {
      zoneId: hostedZoneId,
      name: domain,
      type: "A",
      aliases: [{ name: endpoint.targetDomainName, zoneId: endpoint.hostedZoneId, evaluateTargetHealth: false }],
    },
    // Nobody is sent to a name that has no API behind it yet.
    { parent, dependsOn: [mapping] },
  );
  return { domainName, mapping, record };
}
