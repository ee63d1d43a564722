import type { Place } from '../shared/service-names.ts';

/** Who may open connections: the Pods of an instance, every Pod of a namespace, or an address range outside. */
export type Peer =
  | { readonly kind: 'pods'; readonly place: Place; readonly selector: Record<string, string> }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'internet' };

/** One permitted flow of TCP connections. Whatever is not listed is denied. */
export interface Flow {
  readonly from: Peer;
  readonly to: Peer;
  readonly ports: readonly number[];
}

/** The Pods of one instance, as the end of a flow. */
export function pods(place: Place, selector: Record<string, string>): Peer & { kind: 'pods' } {
  return { kind: 'pods', place, selector };
}
