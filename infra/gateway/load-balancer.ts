import { Listener } from "@pulumi/aws/lb/listener.js";
import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import { LoadBalancer as Alb } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { loadBalancerPrefix } from "../bucket/bucket.policy";
import { type LoadBalancerArgs, type NormalService, normalizeLoadBalancer } from "./load-balancer.args";
import {
  type LoadBalancerWatch,
  type TargetGroupWatch,
  watchLoadBalancer,
  watchTargetGroup,
} from "./load-balancer.watch";

/**
 * TLS 1.2 and 1.3 with forward secrecy, which every client of the gateway's side speaks ("Security policies for your Application Load Balancer", ELB User
 * Guide, 2026-11).
 */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** The pods of one service. Pods join by a TargetGroupBinding that names the ARN. */
export interface ServiceNodes {
  readonly targetGroup: TargetGroup;
  readonly rule: ListenerRule;
  readonly watch: TargetGroupWatch;
}

/** An internal load balancer before the services of the cluster: TLS only, logged, each service's pods in a group of their own, and watched. */
export class LoadBalancer extends ComponentResource {
  /** The raw resources; services by their names. */
  readonly nodes: {
    readonly loadBalancer: Alb;
    readonly listener: Listener;
    readonly services: Readonly<Record<string, ServiceNodes>>;
    readonly watch: LoadBalancerWatch;
  };

  constructor(name: string, args: LoadBalancerArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeLoadBalancer(name, args);
    super("vigia:gateway:LoadBalancer", name, {}, opts);
    const loadBalancer = this.createLoadBalancer(name, args);
    const listener = this.createListener(name, args, loadBalancer);
    const services = Object.fromEntries(
      normal.services.map((service) => [
        service.service,
        this.createService(name, args, service, loadBalancer, listener),
      ]),
    );
    const watch = watchLoadBalancer(name, loadBalancer, args, { parent: this });
    this.nodes = { loadBalancer, listener, services, watch };
    this.registerOutputs({ arn: loadBalancer.arn, listenerArn: listener.arn, targetGroups: this.targetGroups });
  }

  get arn(): Output<string> {
    return this.nodes.loadBalancer.arn;
  }

  /** What the gateway's integration points to. */
  get listenerArn(): Output<string> {
    return this.nodes.listener.arn;
  }

  /** By service: what a TargetGroupBinding names. */
  get targetGroups(): Readonly<Record<string, { readonly arn: Output<string> }>> {
    return Object.fromEntries(
      Object.entries(this.nodes.services).map(([service, { targetGroup }]) => [service, { arn: targetGroup.arn }]),
    );
  }

  private createLoadBalancer(name: string, args: LoadBalancerArgs): Alb {
    const { bucket, prefix = loadBalancerPrefix } = args.logs;
    const logs = { bucket, prefix, enabled: true };
    return new Alb(
      name,
      {
        loadBalancerType: "application",
        internal: true,
        subnets: output(args.subnets).apply((subnets) => [...subnets]),
        securityGroups: [...args.securityGroups],
        accessLogs: logs,
        // Why a target was unhealthy at night can be read in the morning.
        healthCheckLogs: logs,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        // Lets an on-call engineer move traffic out of a zone with one command, before its cause is known.
        enableZonalShift: true,
        enableDeletionProtection: args.protect ?? true,
      },
      { parent: this },
    );
  }

  private createListener(name: string, { certificateArn }: LoadBalancerArgs, loadBalancer: Alb): Listener {
    const notFound = { contentType: "application/json", messageBody: '{"message":"Not Found"}', statusCode: "404" };
    return new Listener(
      name,
      {
        loadBalancerArn: loadBalancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: tlsPolicy,
        certificateArn,
        defaultActions: [{ type: "fixed-response", fixedResponse: notFound }],
      },
      { parent: this },
    );
  }

  private createService(
    name: string,
    { vpcId, clusterName, changes, watcher }: LoadBalancerArgs,
    { service, size, protocol, port, healthPath, deregistrationDelay }: NormalService,
    loadBalancer: Alb,
    listener: Listener,
  ): ServiceNodes {
    const logical = `${name}-${service}`;
    const targetGroup = new TargetGroup(
      logical,
      {
        vpcId,
        targetType: "ip",
        port,
        protocol,
        // A pod that answers worse than the others gets less to do, by itself.
        loadBalancingAlgorithmType: "weighted_random",
        loadBalancingAnomalyMitigation: "on",
        deregistrationDelay,
        healthCheck: {
          path: healthPath,
          protocol,
          matcher: "200",
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
        ...(clusterName !== undefined && { tags: { "eks:eks-cluster-name": clusterName } }),
      },
      { parent: this },
    );
    // Rules do not overlap, so that their order means nothing: AWS numbers them, and a new service moves no other.
    const rule = new ListenerRule(
      logical,
      {
        listenerArn: listener.arn,
        conditions: [{ pathPattern: { values: [`/${service}`, `/${service}/*`] } }],
        actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      },
      { parent: this },
    );
    const watch = watchTargetGroup(
      logical,
      targetGroup,
      {
        loadBalancer,
        ...size,
        acceptable: `${size.acceptable} seconds`,
        protocol,
        ...(changes && { changes }),
        watcher,
      },
      { parent: this },
    );
    return { targetGroup, rule, watch };
  }
}
