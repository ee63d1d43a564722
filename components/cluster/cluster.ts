import { Provider } from '@pulumi/kubernetes/provider.js';
import { ComponentResource, type ComponentResourceOptions, type Input } from '@pulumi/pulumi';

export interface ClusterArgs {
  /** Where the cluster comes from; `existing` is any cluster that a kubeconfig reaches. */
  readonly platform: 'existing';
  /** The kubeconfig's content. @default the kubeconfig of whoever deploys */
  readonly kubeconfig?: Input<string> | undefined;
  /** The kubeconfig's context. @default its current context */
  readonly context?: string | undefined;
}

/** The Kubernetes cluster of a region. */
export class Cluster extends ComponentResource {
  /** The provider through which the region's Kubernetes objects are made. */
  readonly provider: Provider;

  constructor(name: string, args: ClusterArgs, options?: ComponentResourceOptions) {
    super('wedsync:cluster:Cluster', name, {}, options);
    this.provider = new Provider(
      name,
      {
        enableServerSideApply: true,
        ...(args.kubeconfig === undefined ? {} : { kubeconfig: args.kubeconfig }),
        ...(args.context === undefined ? {} : { context: args.context }),
      },
      { parent: this },
    );
    this.registerOutputs({ provider: this.provider });
  }
}
