import { isRegionName, regionCapacity } from '@wedsync/domain';
import { matches, type Labels } from '../kubernetes/labels.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { redisWorkload } from '../kubernetes/redis.ts';
import { type Finding, objection } from '../message.ts';
import { SHARD_LABEL } from '../redis/clusters.ts';
import { stackOf } from '../resource.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const ZONE = 'topology.kubernetes.io/zone';
const MACHINE = 'kubernetes.io/hostname';

export interface ZoneSettings {
  /** Labels of machines over which a shard may be spread. By default zones, and machines in a region that has no zones. */
  readonly topologyKeys?: readonly string[];
}

/** Each StatefulSet that runs Redis: the scheduler must be made to put its Pods into different zones. */
export function checkZones(object: KubernetesObject, settings: ZoneSettings = {}): Finding[] {
  const topologyKeys = settings.topologyKeys?.length ? settings.topologyKeys : keysIn(stackOf(object.urn));
  if (object.kind !== 'StatefulSet') return [];
  const workload = redisWorkload(object);
  if (!workload) return [];
  const { spec } = workload.pod;
  const pinned = topologyKeys.map((key) => spec.at('nodeSelector', key)).find((field) => field.isSet);
  if (pinned) {
    const problem = 'Its master and its replica would stand in one zone, and fall together with it.';
    return [objection(object.title, pinned, problem, 'Leave it out.')];
  }
  const spread = spec.at('topologySpreadConstraints');
  const apart = spec.at('affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const labels = workload.pod.metadata.at('labels');
  if ([spread, apart, labels].some((field) => field.uncertain)) return [];
  const terms = [...spread.items().filter(isStrict), ...apart.items()];
  const kept = terms.some(
    (term) =>
      topologyKeys.includes(term.at('topologyKey').text ?? '') &&
      selectsOneShard(term.at('labelSelector'), workload.labels),
  );
  if (kept) return [];
  return [
    objection(
      object.title,
      spread,
      'Nothing keeps the master and its replica out of one zone, where both would fall together.',
      `Add a constraint over ${topologyKeys.join(' or ')} with maxSkew 1 and whenUnsatisfiable DoNotSchedule that selects the shard's Pods.`,
    ),
  ];
}

/** Manchester is near no cloud that has zones there, so its machines are what can be kept apart. */
function keysIn(stack: string): readonly string[] {
  return isRegionName(stack) && regionCapacity(stack).zones === 1 ? [ZONE, MACHINE] : [ZONE];
}

function isStrict(constraint: Field): boolean {
  return constraint.at('whenUnsatisfiable').is('DoNotSchedule') && constraint.at('maxSkew').is(1);
}

/** A constraint over several shards would be content with both nodes of one shard in a zone, and those of another elsewhere. */
function selectsOneShard(selector: Field, labels: Labels): boolean {
  const otherShard = { ...labels, [SHARD_LABEL]: `not ${labels[SHARD_LABEL] ?? ''}` };
  return matches(selector, labels) && !(SHARD_LABEL in labels && matches(selector, otherShard));
}

export const redisZoneSpread: Rule<ZoneSettings> = {
  name: 'redis-zone-spread',
  description: 'A Redis master and its replica stand in two zones.',
  configSchema: {
    properties: {
      topologyKeys: {
        type: 'array',
        items: { type: 'string' },
        description: 'Labels of machines over which a shard may be spread. Empty means zones, where there are any.',
        default: [],
      },
    },
  },
  checkObject: checkZones,
};
