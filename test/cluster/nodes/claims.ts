import { quantityOf } from '../../../policy-pack/kubernetes/quantity.ts';
import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';

/** A PersistentVolumeClaim, or a patch of one, as far as it is looked at here. */
export interface Claim extends ApiObject {
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly volumeName?: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
  readonly status?: { readonly phase?: string; readonly capacity?: { readonly storage: string } };
}

/** Bytes by claim. */
export type Sizes = Readonly<Record<string, number>>;

export async function claimsOf({ api }: ControlPlane, namespace: string): Promise<Claim[]> {
  return api.list<Claim>(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
}

/** The size that each claim asks for. */
export function sizesAsked(claims: readonly Claim[]): Sizes {
  return sizes(claims, ({ spec }) => spec.resources.requests.storage);
}

/** The size that each claim has; 0 before it has a volume. */
export function sizesHad(claims: readonly Claim[]): Sizes {
  return sizes(claims, ({ status }) => status?.capacity?.storage ?? '0');
}

function sizes(claims: readonly Claim[], of: (claim: Claim) => string): Sizes {
  const named = claims.map((claim) => [claim.metadata.name, quantityOf(of(claim)) ?? NaN] as const);
  return Object.fromEntries(named.toSorted(([first], [second]) => first.localeCompare(second)));
}
