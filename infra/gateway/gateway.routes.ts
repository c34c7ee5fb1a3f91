import type { Api } from "@pulumi/aws/apigatewayv2/api.js";
import { Authorizer } from "@pulumi/aws/apigatewayv2/authorizer.js";
import { Integration } from "@pulumi/aws/apigatewayv2/integration.js";
import { Route } from "@pulumi/aws/apigatewayv2/route.js";
import { VpcLink } from "@pulumi/aws/apigatewayv2/vpcLink.js";
import { interpolate, output, type Resource } from "@pulumi/pulumi";
import { clientAddressHeader } from "./client-address";
import type { GatewayArgs, NormalGateway } from "./gateway.args";

/** The raw resources between an API and its services. */
export interface RouteNodes {
  readonly vpcLink: VpcLink;
  readonly authorizer: Authorizer;
  readonly integration: Integration;
  readonly routes: readonly Route[];
}

/** The way to the load balancer: into the network by a VPC link, over TLS, to a certificate of the gateway's own name. */
function createIntegration(
  name: string,
  api: Api,
  link: VpcLink,
  args: GatewayArgs,
  timeout: number,
  parent: Resource,
) {
  return new Integration(
    name,
    {
      apiId: api.id,
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: args.loadBalancer.listenerArn,
      connectionType: "VPC_LINK",
      connectionId: link.id,
      payloadFormatVersion: "1.0",
      timeoutMilliseconds: timeout,
      // Without it, a private integration speaks HTTP.
      tlsConfig: { serverNameToVerify: args.domain },
      requestParameters: {
        [`overwrite:header.${clientAddressHeader}`]: "$context.identity.sourceIp",
        "overwrite:header.x-request-id": "$context.requestId",
      },
    },
    { parent },
  );
}

/** The routes of all services: with a token of the issuer, but for the few that are open. */
export function createRoutes(
  name: string,
  api: Api,
  args: GatewayArgs,
  { routes, timeout }: NormalGateway,
  parent: Resource,
): RouteNodes {
  const { jwt, vpcLink: entry } = args;
  const vpcLink = new VpcLink(
    name,
    {
      subnetIds: output(entry.subnets).apply((subnets) => [...subnets]),
      securityGroupIds: [...entry.securityGroups],
    },
    { parent },
  );
  const authorizer = new Authorizer(
    name,
    {
      apiId: api.id,
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: jwt.issuer, audiences: [...jwt.audiences] },
    },
    { parent },
  );
  const integration = createIntegration(name, api, vpcLink, args, timeout, parent);
  const target = interpolate`integrations/${integration.id}`;
  const made = routes.map(
    ({ logical, key, open, scopes }) =>
      new Route(
        `${name}-${logical}`,
        {
          apiId: api.id,
          routeKey: key,
          target,
          ...(open
            ? { authorizationType: "NONE" }
            : {
                authorizationType: "JWT",
                authorizerId: authorizer.id,
                ...(scopes.length > 0 && { authorizationScopes: [...scopes] }),
              }),
        },
        { parent },
      ),
  );
  return { vpcLink, authorizer, integration, routes: made };
}
