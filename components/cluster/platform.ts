import type { ComponentResourceOptions, Input, Resource } from '@pulumi/pulumi';
import type { CloudPlatform, Platform } from '@wedsync/domain';
import type { NodeScaling } from './node-scaling.ts';
import type { ClusterPlan } from './plan.ts';
import type { VolumeDriver } from './storage-class.ts';

/** A cluster as the rest of the region needs it, whichever cloud made it. */
export interface CloudCluster extends Resource {
  readonly kubeconfig: Input<string>;
  readonly volumes: VolumeDriver;
  /** What Karpenter must know, where it shall add workers. */
  readonly nodeScaling?: NodeScaling | undefined;
  /** What must be there before the first object: machines, their rights, their drivers. */
  readonly ready: readonly Resource[];
}

/** What a cloud is told beside the plan. */
export interface CloudOptions {
  /** Google's project. @default the provider's own */
  readonly gcpProject: string | undefined;
  /** Whether Karpenter shall add workers, where the cloud does not by itself. */
  readonly karpenter: boolean;
}

/** Makes a cluster on one cloud. */
export type MakeCluster = (
  name: string,
  plan: ClusterPlan,
  settings: CloudOptions,
  options: ComponentResourceOptions,
) => CloudCluster;

/** A platform whose code is loaded. */
export type LoadedPlatform =
  { readonly kind: 'existing' } | { readonly kind: CloudPlatform; readonly makeCluster: MakeCluster };

/** Loads what a platform needs and nothing else: the SDKs of clouds that are not used cost no time. */
export async function loadPlatform(platform: Platform): Promise<LoadedPlatform> {
  switch (platform) {
    case 'existing':
      return { kind: platform };
    case 'aks': {
      const { Aks } = await import('./aks/aks.ts');
      return { kind: platform, makeCluster: (...args) => new Aks(...args) };
    }
    case 'eks': {
      const { Eks } = await import('./eks/eks.ts');
      return { kind: platform, makeCluster: (...args) => new Eks(...args) };
    }
    case 'gke': {
      const { Gke } = await import('./gke/gke.ts');
      return { kind: platform, makeCluster: (...args) => new Gke(...args) };
    }
  }
}
