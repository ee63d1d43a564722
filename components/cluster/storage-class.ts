import type { Input } from '@pulumi/pulumi';

/** The class of the region's volumes, on every cloud. */
export const STORAGE_CLASS = 'wedsync-premium';

/** Solid-state volumes of a cloud: its driver, and how it makes them fast and encrypted. */
export interface VolumeDriver {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, Input<string>>>;
}
