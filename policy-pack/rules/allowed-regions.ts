import { allowedCloudRegions, isRegionName, regionIdentity } from '@wedsync/domain';
import { storageLocations } from '../backups/velero.ts';
import { cloudOf } from '../cloud/type.ts';
import { titleOf } from '../cloud/title.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, objection } from '../message.ts';
import { type JudgedResource, stackOf } from '../resource.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

export interface RegionSettings {
  /** The only regions of clouds that are allowed, in their own names. By default those of the stack's residency. */
  readonly regions?: readonly string[];
}

/** Properties whose text is a region whatever it reads, and those that may be zones, numbers or anything. */
const REGION_NAME = /^(\w*Location|location|\w*Region|region|locationName|regionName|failoverLocation|dataLocations?)$/;
const MAYBE_REGION = /^(\w*[rR]egions|\w*[lL]ocations|\w*[zZ]ones?|\w*Zone(Name|Ids?)?|values)$/;
/** Properties with a region's name in them that say something else. */
const OTHER_NAME = /^(isMultiRegionTrail|multiRegion|customDataLocation)$/;

/** `eu-west-2`, `us-gov-west-1`, also as a zone: `eu-west-2a`; and Google's `europe-west2`, `europe-west2-b`. */
const AWS_REGION = /^[a-z]{2}(-[a-z]+){1,3}-\d[a-z]?$/;
const GCP_REGION = /^[a-z]+(-[a-z]+)+\d{1,2}(-[a-z])?$/;
/** Google's regions of several places. */
const GCP_MULTI_REGION = /^(us|eu|asia|nam\d+|eur\d+|asia\d+)$/;
/** Not tied to any place: names, rights, budgets. */
const EVERYWHERE: readonly string[] = ['global', ''];
const ARN = /\barn:aws[\w-]*:[\w-]*:([a-z0-9-]+):/g;

/** Region names, location names and ARNs anywhere in a resource of a cloud, or in the configuration of a provider. */
export function checkRegions(resource: JudgedResource, settings: RegionSettings = {}): Finding[] {
  if (cloudOf(resource.type) === undefined) return [];
  const allowed = allowedFor(resource.urn, settings);
  return checkFields(titleOf(resource), resource.properties, allowed);
}

/** Where Velero keeps backups, by a resource or by the values of its chart, and snapshots; and the zones for volumes. */
export function checkObject(object: KubernetesObject, settings: RegionSettings = {}): Finding[] {
  const { urn, kind, title, fields } = object;
  const allowed = allowedFor(urn, settings);
  const backups = storageLocations([object]);
  if (backups.length > 0) return backups.flatMap((place) => checkFields(place.title, place.config, allowed));
  switch (kind) {
    case 'VolumeSnapshotLocation':
      return checkFields(title, fields.at('spec', 'config'), allowed);
    case 'StorageClass':
      return checkFields(title, fields.at('allowedTopologies'), allowed);
    default:
      return [];
  }
}

function allowedFor(urn: string, { regions }: RegionSettings): ReadonlySet<string> {
  const stack = stackOf(urn);
  const residency = isRegionName(stack) ? regionIdentity(stack).residency : undefined;
  const given = regions === undefined || regions.length === 0 ? allowedCloudRegions(residency) : regions;
  return new Set(given.map(plainRegion));
}

function checkFields(title: string, around: Field, allowed: ReadonlySet<string>): Finding[] {
  return around.leaves().flatMap((leaf) => {
    if (leaf.text === undefined || leaf.secret) return [];
    const found = regionsIn(leaf).filter((region) => !EVERYWHERE.includes(region) && !allowed.has(region));
    return found
      .slice(0, 1)
      .map((region) =>
        objection(
          title,
          leaf,
          `Data may not lie in ${region}, whose law couples were not promised.`,
          `Use one of ${[...allowed].join(', ')}, or have the region added to the rule's settings.`,
        ),
      );
  });
}

/** The regions that a field names, each without its zone. */
function regionsIn({ path, text = '' }: Field): string[] {
  const name =
    path
      .replace(/\[\d+\]/g, '')
      .split('.')
      .at(-1) ?? '';
  const arns = [...text.matchAll(ARN)].map(([, region = '']) => region);
  if (OTHER_NAME.test(name)) return arns;
  const plain = text.toLowerCase().replace(/\s+/g, '');
  if (REGION_NAME.test(name)) return [plainRegion(text), ...arns];
  const looksLikeOne = AWS_REGION.test(plain) || GCP_REGION.test(plain) || GCP_MULTI_REGION.test(plain);
  return MAYBE_REGION.test(name) && looksLikeOne ? [plainRegion(text), ...arns] : arns;
}

/** A region's name as all are compared: `UK South` is `uksouth`, `eu-west-2a` is `eu-west-2`, `EUROPE-WEST2-b` is `europe-west2`. */
function plainRegion(text: string): string {
  const plain = text.toLowerCase().replace(/\s+/g, '');
  if (AWS_REGION.test(plain)) return plain.replace(/[a-z]$/, '');
  return GCP_REGION.test(plain) ? plain.replace(/-[a-z]$/, '') : plain;
}

export const allowedRegions: Rule<RegionSettings> = {
  name: 'allowed-regions',
  description: "Data, and every copy of it, stays in places under the law of the stack's couples.",
  configSchema: {
    properties: {
      regions: {
        type: 'array',
        items: { type: 'string' },
        description: "The only regions of clouds that are allowed. Empty means those of the stack's residency.",
        default: [],
      },
    },
  },
  checkResource: checkRegions,
  checkObject,
};
