import type { PropertyMap } from './values.ts';

/** Times in seconds; 0 means the provider's own limit. */
export interface CustomTimeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly read: number;
}

/** What the program asked of the engine for one resource. Recorded; on one machine only some of it changes anything. */
export interface ResourceOptions {
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** URNs under which the resource may have been known before. */
  readonly aliases: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly retainOnDelete: boolean | undefined;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly importId: string;
  readonly version: string;
  /** Names of the hooks bound to the resource, by moment: `{ afterCreate: ['notify'] }`. */
  readonly hooks: Readonly<Record<string, readonly string[]>>;
  /** Package to provider reference, as given to a component. */
  readonly providers: Readonly<Record<string, string>>;
}

/** A node of the resource graph. Property values may hold secrets and unknowns (see values.ts). */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for components and for the stack itself. */
  readonly custom: boolean;
  /** True for a resource that was read, not registered. */
  readonly external: boolean;
  /** URN, or empty at the root. */
  readonly parent: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  /** Empty for components, and in a preview for what does not exist yet. */
  id: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<URN>::<id>` of the provider resource, or empty. */
  readonly provider: string;
  /** Own value, else the parent's; undefined if neither said anything. */
  readonly protect: boolean | undefined;
  readonly options: ResourceOptions;
}

/** Options of a resource about which the program said nothing. */
export const NO_OPTIONS: ResourceOptions = {
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
  customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
  deletedWith: '',
  replaceWith: [],
  retainOnDelete: undefined,
  deleteBeforeReplace: undefined,
  importId: '',
  version: '',
  hooks: {},
  providers: {},
};
