import assert from 'node:assert/strict';
import type { RecordedResource } from '../../../support/pulumi/mocks.ts';

/** A resource with what Pulumi itself was told about it. */
export interface Made extends RecordedResource {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
}

/** Workers of one zone, whatever the cloud calls them. */
export interface PoolFacts {
  readonly zone: string | undefined;
  readonly minimum: number;
  readonly maximum: number;
  readonly machine: string;
  readonly encryptedDisk: boolean;
  /** Whether the number of workers at the time is left alone by an update. */
  readonly countLeftAlone: boolean;
}

/** A key under which something is encrypted. */
export interface KeyFacts {
  /** Days between rotations. */
  readonly rotationDays: number;
  readonly protect: boolean;
}

/** The same hard questions of every cloud, as each answers them. */
export interface ClusterFacts {
  readonly location: string;
  readonly version: string;
  /** Nothing but the region's own network reaches the API server. */
  readonly privateApi: boolean;
  /** No worker has an address of the internet. */
  readonly privateWorkers: boolean;
  readonly pools: readonly PoolFacts[];
  /** The key under which the API server keeps secrets. */
  readonly secretsKey: KeyFacts;
  /** Every key. */
  readonly keys: readonly KeyFacts[];
  readonly workloadIdentity: boolean;
  /** Names of what is logged of the control plane. */
  readonly auditLogs: readonly string[];
  /** The cloud itself refuses to delete the cluster. */
  readonly deletionProtection: boolean;
  /** Pulumi itself refuses to. */
  readonly protect: boolean;
  /** NetworkPolicies count. */
  readonly networkPolicies: boolean;
  /** Nobody gets in by a certificate or password that was handed out once. */
  readonly noStaticCredentials: boolean;
  /** Upgrades that the cloud makes by itself come on these days only; none where it makes none. */
  readonly maintenanceDays: readonly string[];
  readonly storage: { readonly driver: string; readonly fast: boolean; readonly encrypted: boolean };
}

type Bag = Readonly<Record<string, unknown>>;

/** What a platform made, to be looked through. */
export class Findings {
  private readonly made: readonly Made[];

  constructor(made: readonly Made[]) {
    this.made = made;
  }

  all(type: string): Made[] {
    return this.made.filter((resource) => resource.type === type);
  }

  one(type: string): Made {
    const found = this.all(type);
    assert.equal(found.length, 1, `${found.length} of ${type}`);
    return found[0] as Made;
  }

  /** The only StorageClass. */
  storageClass(): Bag {
    return this.one('kubernetes:storage.k8s.io/v1:StorageClass').inputs;
  }
}

/** What lies at a path inside of inputs, such as `vpcConfig.endpointPublicAccess`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, step) => (found as Bag | undefined)?.[step], value);
}

/** The days that `P28D` or `2419200s` are. */
export function days(text: unknown): number {
  const [, iso, seconds] = /^(?:P(\d+)D|(\d+)s)$/.exec(String(text)) ?? [];
  return iso === undefined ? Number(seconds) / 86_400 : Number(iso);
}
