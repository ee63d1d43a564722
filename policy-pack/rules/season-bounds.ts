import {
  type Bounds,
  engineBounds,
  isRegionName,
  parseInstant,
  poolOf,
  redisMemoryMiB,
  regionCapacity,
  regionIdentity,
  type RegionName,
  type Season,
  seasonAt,
} from '@wedsync/domain';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Container, containersOf } from '../kubernetes/pod.ts';
import { quantityOf } from '../kubernetes/quantity.ts';
import { SCALERS, scalerOf, type Workload, workloadsOf } from '../kubernetes/workload.ts';
import { type Finding, objection } from '../message.ts';
import { redisWorkload } from '../kubernetes/redis.ts';
import { stackOf } from '../resource.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

export interface SeasonSettings {
  /** CPU cores that all workloads may ask for together. */
  readonly cpu?: number;
  /** Memory in GiB that all workloads may ask for together. */
  readonly memoryGiB?: number;
  /** Replicas of the cache engine over the year, as `minimum` and `maximum`; the season narrows them. */
  readonly engineReplicas?: Partial<Bounds>;
}

/** When is judged: the present, or in a preview the instant that was asked for, in the wall time of the region if it names no offset. */
export interface SeasonMoment {
  readonly now: number;
  readonly asked: string | undefined;
}

/** What may be asked for in a season. */
interface Limits {
  readonly region: RegionName;
  readonly season: Season;
  readonly engine: Bounds;
  readonly yearRound: Bounds;
  readonly cpu: number;
  readonly memoryGiB: number;
}

const ENGINE = 'cache-engine';
const NAME_LABEL = 'app.kubernetes.io/name';
const GIB = 2 ** 30;

/**
 * The cache engine's replicas, Redis' memory, and the CPU and memory that all workloads ask for together when their autoscalers
 * have scaled them out, by the season and the region. A scaler that follows a calendar by itself is held to the bounds of the whole year.
 */
export function checkSeason(
  objects: readonly KubernetesObject[],
  moment: SeasonMoment,
  settings: SeasonSettings = {},
): Finding[] {
  const [first] = objects;
  const stack = stackOf(first?.urn ?? '');
  if (!first || !isRegionName(stack)) return [];
  const limits = limitsOf(stack, moment, settings);
  const workloads = workloadsOf(objects);
  return [
    ...objects.flatMap((object) => checkReplicas(object, objects, limits)),
    ...checkRedisMemory(workloads, limits),
    ...checkSum(workloads, limits),
  ];
}

function limitsOf(region: RegionName, { now, asked }: SeasonMoment, settings: SeasonSettings): Limits {
  const { zone } = regionIdentity(region);
  const season = seasonAt((asked === undefined ? undefined : parseInstant(asked, zone)) ?? now, zone);
  const yearRound = { ...regionCapacity(region).engineReplicas, ...settings.engineReplicas };
  const pool = poolOf(season);
  return {
    region,
    season,
    yearRound,
    engine: engineBounds(yearRound, season),
    cpu: settings.cpu ?? pool.cpu,
    memoryGiB: settings.memoryGiB ?? pool.memoryGiB,
  };
}

function checkReplicas(object: KubernetesObject, objects: readonly KubernetesObject[], limits: Limits): Finding[] {
  const { kind, name, fields, title, urn } = object;
  const spec = fields.at('spec');
  if (kind === 'Deployment' && isEngine(name, fields) && !scalerOf(object, objects)) {
    return within(title, urn, [spec.at('replicas'), spec.at('replicas')], limits.engine, limits);
  }
  if (!SCALERS.includes(kind) || !isEngine(spec.at('scaleTargetRef', 'name').text ?? '', fields)) return [];
  if (kind === 'HorizontalPodAutoscaler') {
    return within(title, urn, [spec.at('minReplicas'), spec.at('maxReplicas')], limits.engine, limits);
  }
  const scheduled = spec
    .at('triggers')
    .items()
    .filter((trigger) => trigger.at('type').is('cron'))
    .map((trigger) => trigger.at('metadata', 'desiredReplicas'));
  const bounds = scheduled.length > 0 ? limits.yearRound : limits.engine;
  return [
    ...within(title, urn, [spec.at('minReplicaCount'), spec.at('maxReplicaCount')], bounds, limits),
    ...scheduled.flatMap((field) => within(title, urn, [field, field], limits.yearRound, limits)),
  ];
}

function isEngine(name: string, fields: Field): boolean {
  return name === ENGINE || fields.at('metadata', 'labels', NAME_LABEL).is(ENGINE);
}

/** Objects to a least number below the bounds and to a greatest one above them, once where both are one field. */
function within(
  subject: string,
  urn: string,
  [least, greatest]: readonly [Field, Field],
  { minimum, maximum }: Bounds,
  { region, season }: Limits,
): Finding[] {
  const where = `${region} in the ${season} season`;
  const fix = `Keep it from ${minimum} to ${maximum}, or change the rule's settings with those who pay for it.`;
  const number = ({ number: value, text }: Field) => value ?? (text === undefined ? undefined : Number(text));
  const [low, high] = [number(least), number(greatest)];
  return [
    ...(low !== undefined && low < minimum
      ? [{ ...objection(subject, least, `Fewer than ${minimum} engines cannot serve ${where}.`, fix), urn }]
      : []),
    ...(high !== undefined && high > maximum
      ? [{ ...objection(subject, greatest, `More than ${maximum} engines are not meant for ${where}.`, fix), urn }]
      : []),
  ];
}

function checkRedisMemory(workloads: readonly Workload[], { region, season }: Limits): Finding[] {
  const nodes = workloads.flatMap(({ object, replicas = 0 }) => {
    const redis = redisWorkload(object);
    return redis ? [{ object, replicas, memory: sumOf(redis.containers, 'memory') }] : [];
  });
  const [first] = nodes;
  if (!first) return [];
  const allowed = redisMemoryMiB(regionCapacity(region).redisMemoryGiB, season) / 1024;
  const wanted = nodes.reduce((sum, { replicas, memory }) => sum + replicas * memory, 0) / GIB;
  if (wanted <= allowed) return [];
  return [
    {
      subject: `Redis of ${region}`,
      field: 'the memory of all its nodes',
      value: `${round(wanted)} GiB`,
      problem: `In the ${season} season it has ${round(allowed)} GiB.`,
      fix: 'Lower resources.requests.memory of its nodes, or run fewer of them.',
      urn: first.object.urn,
    },
  ];
}

function checkSum(workloads: readonly Workload[], { region, season, cpu, memoryGiB }: Limits): Finding[] {
  const [first] = workloads;
  if (!first) return [];
  const wanted = {
    CPU: workloads.reduce((sum, workload) => sum + (workload.replicas ?? 0) * cpuOf(workload), 0),
    memory: workloads.reduce((sum, workload) => sum + (workload.replicas ?? 0) * memoryOf(workload), 0) / GIB,
  };
  return (
    [
      ['CPU', wanted.CPU, cpu, 'cores'],
      ['memory', wanted.memory, memoryGiB, 'GiB'],
    ] as const
  )
    .filter(([, asked, allowed]) => asked > allowed)
    .map(([resource, asked, allowed, unit]) => ({
      subject: `All workloads of ${region}`,
      field: `the ${resource} that they ask for when scaled out`,
      value: `${round(asked)} ${unit}`,
      problem: `In the ${season} season the region's workers have ${allowed} ${unit}.`,
      fix: 'Lower the requests or the greatest number of replicas of the largest of them.',
      urn: largest(workloads, resource === 'CPU' ? cpuOf : memoryOf).object.urn,
    }));
}

function largest(workloads: readonly Workload[], of: (workload: Workload) => number): Workload {
  const total = (workload: Workload) => (workload.replicas ?? 0) * of(workload);
  return workloads.reduce((one, other) => (total(other) > total(one) ? other : one));
}

function cpuOf({ pod }: Workload): number {
  return sumOf(containersOf(pod), 'cpu');
}

function memoryOf({ pod }: Workload): number {
  return sumOf(containersOf(pod), 'memory');
}

/** What containers that run side by side ask for; where they ask for nothing, their limit is what Kubernetes takes. */
function sumOf(containers: readonly Container[], resource: 'cpu' | 'memory'): number {
  return containers
    .filter(({ title }) => title.startsWith('container '))
    .map(({ fields }) => {
      const request = fields.at('resources', 'requests', resource);
      const field = request.isSet ? request : fields.at('resources', 'limits', resource);
      return quantityOf(field.value ?? '') ?? 0;
    })
    .reduce((sum, asked) => sum + asked, 0);
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
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
    checkStack: (objects, _, settings) => checkSeason(objects, moment(), settings),
  };
}
