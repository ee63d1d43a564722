import type { RegionIdentity } from './regions.ts';

/** Clouds on which a region can run, or keep copies of its data. */
export type CloudName = 'azure' | 'aws' | 'gcp';

/**
 * The clouds' regions in which data may lie, by whose law it is kept under: London and Cardiff for couples in the UK, Dublin (of Google's,
 * which has none there, Belgium) for those in the EU. A copy for safety counts like the data itself.
 */
const REGIONS: Readonly<Record<RegionIdentity['residency'], Readonly<Record<CloudName, readonly string[]>>>> = {
  UK: { azure: ['uksouth', 'ukwest'], aws: ['eu-west-2'], gcp: ['europe-west2'] },
  EU: { azure: ['northeurope'], aws: ['eu-west-1'], gcp: ['europe-west1'] },
};

/** The regions of all clouds in which data under `residency` may lie; those of every law if it is not said. */
export function allowedCloudRegions(residency?: RegionIdentity['residency']): readonly string[] {
  const laws = residency === undefined ? Object.values(REGIONS) : [REGIONS[residency]];
  return laws.flatMap((clouds) => Object.values(clouds).flat());
}
