import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js';
import type { CustomResourceOptions, Input } from '@pulumi/pulumi';

/** What every object of Kubernetes is, as far as its own API does not say more. */
interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
}

type Leaf = string | number | boolean;

/** `T` where each leaf may be an output of another resource. */
export type WithInputs<T> = [T] extends [Leaf | undefined]
  ? Input<Exclude<T, undefined>>
  : T extends readonly (infer Item)[]
    ? readonly WithInputs<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: WithInputs<T[Key]> }
      : T;

type Stated = 'apiVersion' | 'kind';

/**
 * A custom resource under the types of its API: `new TypedResource<IScaledObject>(…)`. Without a type it takes nothing, so that
 * none is left out by mistake.
 */
export class TypedResource<T extends ApiObject = never> extends CustomResource {
  constructor(name: string, object: Pick<T, Stated> & WithInputs<Omit<T, Stated>>, options?: CustomResourceOptions) {
    super(name, object, options);
  }
}
