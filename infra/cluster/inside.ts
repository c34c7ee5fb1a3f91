import type { Provider } from "@pulumi/kubernetes/provider.js";
import type { Input } from "@pulumi/pulumi";

/** What runs inside a cluster must know of where it runs, and where it writes what it measures. */
export interface Inside {
  /** Where it runs. */
  readonly cluster: {
    readonly clusterName: Input<string>;
    readonly arn: Input<string>;
    readonly provider: Provider;
    /** The label `cluster` of every series and line from there. */
    readonly label: string;
  };
  /** The Prometheus workspace that everything is written to. */
  readonly workspace: {
    readonly arn: Input<string>;
    /** With a slash at the end. */
    readonly endpoint: Input<string>;
  };
}
