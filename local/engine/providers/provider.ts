import type { PropertyMap } from '../values.ts';
import type { ResourceState } from '../state/store.ts';

/** A custom resource as its provider sees it; inputs may hold secrets, and in a preview unknowns. */
export interface ResourceRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: PropertyMap;
  /** Inputs of the provider resource in charge, e.g. `{ namespace: 'wedsync' }`. */
  readonly provider: PropertyMap;
  /** What the last update left under this URN or an alias of it. */
  readonly previous: ResourceState | undefined;
}

/** What a resource is after a preview or an update; an empty id is not known yet. */
export interface ResourceResult {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** Makes the resources of one package, or of any, on one machine. Throws a UserError for what it can't do. */
export interface ResourceProvider {
  /** Validates the inputs and fills in defaults and generated names. */
  check(request: ResourceRequest): PropertyMap;
  /** Says what an update would give, with unknowns where only the update can tell. Changes nothing. */
  preview(request: ResourceRequest): ResourceResult;
  /** Makes the resource, or brings an existing one up to date. Inputs are all known. */
  create(request: ResourceRequest): Promise<ResourceResult>;
  /** Answers a function of the package; undefined if the answer is only known in an update. */
  invoke(token: string, args: PropertyMap, dryRun: boolean): Promise<PropertyMap | undefined>;
}

/** Providers by the package they are in charge of: `{ kubernetes: …, random: … }`. */
export type Providers = Readonly<Record<string, ResourceProvider>>;
