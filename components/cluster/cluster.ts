import { Provider } from '@pulumi/kubernetes/provider.js';
import { StorageClass } from '@pulumi/kubernetes/storage/v1/storageClass.js';
import { ComponentResource, type ComponentResourceOptions, type Input, InputPropertyError } from '@pulumi/pulumi';
import type { CloudPlatform } from '@wedsync/domain';
import type { NodeScaling } from './node-scaling.ts';
import type { LoadedPlatform } from './platform.ts';
import { type ClusterFigures, type ClusterPlan, planCluster } from './plan.ts';
import { STORAGE_CLASS, type VolumeDriver } from './storage-class.ts';

/**
 * How objects are changed. ConfigMaps and Secrets have names of their own here, and are changed in place: the provider would otherwise
 * delete one before it makes it anew, and a Pod that starts in between, or for as long as a failed update is not mended, finds none.
 */
const PROVIDER = { enableServerSideApply: true, enableConfigMapMutable: true, enableSecretMutable: true };

export interface ClusterArgs {
  /** Where the cluster comes from; `existing` is any cluster that a kubeconfig reaches. */
  readonly platform: LoadedPlatform;
  readonly figures: ClusterFigures;
  /** The content of an existing cluster's kubeconfig. @default the kubeconfig of whoever deploys */
  readonly kubeconfig?: Input<string> | undefined;
  /** The context of an existing cluster's kubeconfig. @default its current context */
  readonly context?: string | undefined;
  /** Google's project. @default the provider's own */
  readonly gcpProject?: string | undefined;
  /** Whether Karpenter shall add workers. @default false */
  readonly karpenter?: boolean;
}

/** The Kubernetes cluster of a region: made on a cloud, or there already. */
export class Cluster extends ComponentResource {
  /** The provider through which the region's Kubernetes objects are made. */
  readonly provider: Provider;
  /** What Karpenter must know; `undefined` where it is not to add workers. */
  readonly nodeScaling: NodeScaling | undefined;

  constructor(name: string, args: ClusterArgs, options?: ComponentResourceOptions) {
    super('wedsync:cluster:Cluster', name, {}, options);
    const { platform, kubeconfig, context } = args;
    if (platform.kind === 'existing') {
      this.provider = this.providerFor(name, { ...(kubeconfig && { kubeconfig }), ...(context && { context }) });
      this.nodeScaling = undefined;
    } else {
      const plan = planned(platform.kind, args.figures);
      const cloud = platform.makeCluster(
        name,
        plan,
        { gcpProject: args.gcpProject, karpenter: args.karpenter ?? false },
        { parent: this },
      );
      this.provider = this.providerFor(name, { kubeconfig: cloud.kubeconfig }, { dependsOn: [...cloud.ready] });
      this.makeStorageClass(cloud.volumes);
      this.nodeScaling = cloud.nodeScaling;
    }
    this.registerOutputs({ provider: this.provider });
  }

  private providerFor(
    name: string,
    reached: { readonly kubeconfig?: Input<string>; readonly context?: string },
    options: ComponentResourceOptions = {},
  ): Provider {
    return new Provider(name, { ...PROVIDER, ...reached }, { parent: this, ...options });
  }

  /**
   * The class of whatever names none, also beside a default of the cloud's own, which is older: encrypted volumes that grow when asked, in
   * the zone of the Pod that first wants one, and kept until somebody says otherwise.
   */
  private makeStorageClass({ provisioner, parameters }: VolumeDriver): void {
    new StorageClass(
      STORAGE_CLASS,
      {
        metadata: {
          name: STORAGE_CLASS,
          annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
        },
        provisioner,
        parameters: { ...parameters },
        allowVolumeExpansion: true,
        volumeBindingMode: 'WaitForFirstConsumer',
        reclaimPolicy: 'Retain',
      },
      { parent: this, provider: this.provider },
    );
  }
}

function planned(platform: CloudPlatform, figures: ClusterFigures): ClusterPlan {
  try {
    return planCluster(platform, figures);
  } catch (error) {
    throw new InputPropertyError({
      propertyPath: 'pool',
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
