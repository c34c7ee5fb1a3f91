import { account, type Made, uuid } from "./arn";
import { hex } from "./names";
import type { Special } from "./outputs";
import { type Bag, text } from "./wire";

/** Ids of API Gateway are ten letters and digits, those of its parts seven. */
const short =
  (length: number) =>
  ({ seed }: Made): Special => ({ id: hex(seed, length) });

/** Between the internet and the services. Forms: the examples of each service's API reference. */
export const gatewaySpecials: Readonly<Record<string, (made: Made, inputs: Bag) => Special>> = {
  "aws:acm/certificate:Certificate": ({ seed, region }, inputs) => {
    const arn = `arn:aws:acm:${region}:${account}:certificate/${uuid(seed)}`;
    const domainName = text(inputs.domainName) ?? "";
    const resourceRecordName = `_${hex(seed, 32)}.${domainName}.`;
    const resourceRecordValue = `_${hex(`${seed}#value`, 32)}.acm-validations.aws.`;
    const option = { domainName, resourceRecordName, resourceRecordType: "CNAME", resourceRecordValue };
    return { id: arn, outputs: { arn, domainValidationOptions: [option], status: "PENDING_VALIDATION" } };
  },
  "aws:apigatewayv2/api:Api": ({ seed, region }) => {
    const id = hex(seed, 10);
    return {
      id,
      outputs: {
        apiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
        arn: `arn:aws:apigateway:${region}::/apis/${id}`,
        executionArn: `arn:aws:execute-api:${region}:${account}:${id}`,
      },
    };
  },
  "aws:apigatewayv2/apiMapping:ApiMapping": short(6),
  "aws:apigatewayv2/authorizer:Authorizer": short(6),
  "aws:apigatewayv2/domainName:DomainName": ({ seed, region }, inputs) => {
    const id = text(inputs.domainName) ?? "";
    const given = typeof inputs.domainNameConfiguration === "object" ? inputs.domainNameConfiguration : {};
    return {
      id,
      outputs: {
        arn: `arn:aws:apigateway:${region}::/domainnames/${id}`,
        domainNameConfiguration: {
          ...given,
          hostedZoneId: `Z${hex(seed, 13).toUpperCase()}`,
          targetDomainName: `d-${hex(seed, 10)}.execute-api.${region}.amazonaws.com`,
        },
      },
    };
  },
  "aws:apigatewayv2/integration:Integration": short(7),
  "aws:apigatewayv2/route:Route": short(7),
  "aws:apigatewayv2/stage:Stage": (_made, inputs) => ({ id: text(inputs.name) ?? "" }),
  "aws:apigatewayv2/vpcLink:VpcLink": short(6),
  "aws:route53/zone:Zone": ({ seed }) => {
    const zoneId = `Z${hex(seed, 20).toUpperCase()}`;
    return { id: zoneId, outputs: { zoneId } };
  },
  "aws:route53/record:Record": (_made, inputs) => {
    const [zone, name, type] = [text(inputs.zoneId), text(inputs.name), text(inputs.type)];
    return { id: `${zone ?? ""}_${name ?? ""}_${type ?? ""}`, outputs: { fqdn: (name ?? "").replace(/\.$/, "") } };
  },
  "aws:synthetics/canary:Canary": ({ seed, region, physical }) => ({
    id: physical,
    outputs: {
      arn: `arn:aws:synthetics:${region}:${account}:canary:${physical}`,
      engineArn: `arn:aws:lambda:${region}:${account}:function:cwsyn-${physical}-${uuid(seed)}:1`,
      status: "RUNNING",
    },
  }),
  "aws:wafv2/webAcl:WebAcl": ({ seed, region, physical }) => ({
    id: uuid(seed),
    outputs: { arn: `arn:aws:wafv2:${region}:${account}:regional/webacl/${physical}/${uuid(seed)}` },
  }),
};
