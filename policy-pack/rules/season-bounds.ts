import { isRegionName } from '@wedsync/domain';
import { nodePoolsOf } from '../cloud/node-pools.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { workloadsOf } from '../kubernetes/workload.ts';
import type { Finding } from '../message.ts';
import { type JudgedResource, stackOf } from '../resource.ts';
import type { Rule } from '../rule.ts';
import { limitsOf, type SeasonMoment, type SeasonSettings } from '../season/limits.ts';
import { checkReplicas, checkWorkers } from '../season/replicas.ts';
import { checkRedisMemory, checkSum } from '../season/requests.ts';

/**
 * The cache engine's replicas, Redis' memory, the workers of all pools, and the CPU and memory that all workloads ask for together
 * when their autoscalers have scaled them out, by the season and the region. A scaler that follows a calendar by itself is held to
 * the bounds of the whole year.
 */
export function checkSeason(
  objects: readonly KubernetesObject[],
  resources: readonly JudgedResource[],
  moment: SeasonMoment,
  settings: SeasonSettings = {},
): Finding[] {
  const stack = stackOf(resources[0]?.urn ?? '');
  if (!isRegionName(stack)) return [];
  const limits = limitsOf(stack, moment, settings);
  const workloads = workloadsOf(objects);
  return [
    ...objects.flatMap((object) => checkReplicas(object, objects, limits)),
    ...checkRedisMemory(workloads, limits),
    ...checkSum(workloads, limits),
    ...checkWorkers(resources.flatMap(nodePoolsOf), limits),
  ];
}

/** The rule, at the moment that `moment` tells. */
export function seasonBoundsRule(moment: () => SeasonMoment): Rule<SeasonSettings> {
  return {
    name: 'season-bounds',
    description: "Replicas, CPU and memory stay within the season's bounds.",
    configSchema: {
      properties: {
        cpu: { type: 'number', minimum: 0, description: 'CPU cores that all workloads may ask for together.' },
        memoryGiB: {
          type: 'number',
          minimum: 0,
          description: 'Memory in GiB that all workloads may ask for together.',
        },
        engineReplicas: {
          type: 'object',
          properties: { minimum: { type: 'integer' }, maximum: { type: 'integer' } },
          description: 'Replicas of the cache engine over the year; the season narrows them.',
        },
      },
    },
    checkStack: (objects, resources, settings) => checkSeason(objects, resources, moment(), settings),
  };
}
