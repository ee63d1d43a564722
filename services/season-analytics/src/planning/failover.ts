import { REGION_NAMES, regionCapacity, regionIdentity, type RegionName } from '@wedsync/domain';

/** A region that may take a lost one's load, and the share that it takes. */
export interface Taker {
  readonly region: RegionName;
  readonly share: number;
}

/**
 * Who may take the load of a lost region: regions under the same law as its data, in proportion to the engines that they may have. Nobody, where no other
 * region is under that law: UK data stays in the UK, and that of EU couples in the EU.
 */
export function takersOf(lost: RegionName): readonly Taker[] {
  const { residency } = regionIdentity(lost);
  const takers = REGION_NAMES.filter((region) => region !== lost && regionIdentity(region).residency === residency);
  const engines = (region: RegionName) => regionCapacity(region).engineReplicas.maximum;
  const all = takers.reduce((sum, region) => sum + engines(region), 0);
  return takers.map((region) => ({ region, share: engines(region) / all }));
}

/** Why a region's load goes where it goes. */
export function failoverReason(lost: RegionName): string {
  const { residency } = regionIdentity(lost);
  const takers = takersOf(lost);
  return takers.length === 0
    ? `no other region may hold ${residency} data, so what ${lost} was asked goes unanswered until it is back`
    : `${residency} data stays under ${residency} law: ${takers.map(({ region }) => region).join(' and ')} ${takers.length === 1 ? 'takes' : 'take'} it`;
}
