import { type Bounds, regionCapacity } from '@wedsync/domain';
import type { NodePool } from '../cloud/node-pools.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { DEFAULT_REPLICAS, SCALERS, scalerOf } from '../kubernetes/workload.ts';
import { type Finding, objection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { type Limits, seasonName } from './limits.ts';

const ENGINE = 'cache-engine';
const NAME_LABEL = 'app.kubernetes.io/name';

/** A number of replicas that a field asks for, also by being left out; `undefined` where it is not known yet. */
interface Asked {
  readonly field: Field;
  readonly replicas: number | undefined;
}

/** The replicas of the cache engine: what its autoscaler may choose, or what it has without one. */
export function checkReplicas(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  limits: Limits,
): Finding[] {
  const { kind, name, fields, title, urn } = object;
  const spec = fields.at('spec');
  if (kind === 'Deployment' && isEngine(name, fields) && !scalerOf(object, objects)) {
    const replicas = asked(spec.at('replicas'), DEFAULT_REPLICAS.ofKubernetes);
    return within(title, urn, [replicas, replicas], limits.engine, limits);
  }
  if (!SCALERS.includes(kind) || !isEngine(spec.at('scaleTargetRef', 'name').text ?? '', fields)) return [];
  if (kind === 'HorizontalPodAutoscaler') {
    const least = asked(spec.at('minReplicas'), DEFAULT_REPLICAS.ofKubernetes);
    return within(title, urn, [least, asked(spec.at('maxReplicas'))], limits.engine, limits);
  }
  const scheduled = spec
    .at('triggers')
    .items()
    .filter((trigger) => trigger.at('type').is('cron'))
    .map((trigger) => asked(trigger.at('metadata', 'desiredReplicas')));
  const bounds = scheduled.length > 0 ? limits.yearRound : limits.engine;
  const least = asked(spec.at('minReplicaCount'), DEFAULT_REPLICAS.leastOfKeda);
  const greatest = asked(spec.at('maxReplicaCount'), DEFAULT_REPLICAS.mostOfKeda);
  return [
    ...within(title, urn, [least, greatest], bounds, limits),
    ...scheduled.flatMap((replicas) => within(title, urn, [replicas, replicas], limits.yearRound, limits)),
  ];
}

function isEngine(name: string, fields: Field): boolean {
  return name === ENGINE || fields.at('metadata', 'labels', NAME_LABEL).is(ENGINE);
}

function asked(field: Field, otherwise?: number): Asked {
  const { number, text, isAbsent } = field;
  return { field, replicas: isAbsent ? otherwise : (number ?? (text === undefined ? undefined : Number(text))) };
}

/** Objects to a least number below the bounds and to a greatest one above them, once where both are one field. */
function within(
  subject: string,
  urn: string,
  [least, greatest]: readonly [Asked, Asked],
  { minimum, maximum }: Bounds,
  { region, season }: Limits,
): Finding[] {
  const where = `${region} in ${seasonName(season)}`;
  const fix = `Keep it from ${minimum} to ${maximum}, or change the rule's settings with those who pay for it.`;
  const [low, high] = [least.replicas, greatest.replicas];
  return [
    ...(low !== undefined && low < minimum
      ? [{ ...objection(subject, least.field, `Fewer than ${minimum} engines cannot serve ${where}.`, fix), urn }]
      : []),
    ...(high !== undefined && high > maximum
      ? [
          {
            ...objection(subject, greatest.field, `More than ${maximum} engines are not meant for ${where}.`, fix),
            urn,
          },
        ]
      : []),
  ];
}

/** The workers of all pools together, by the bounds of the year: seasons move them between these. */
export function checkWorkers(pools: readonly NodePool[], { region }: Limits): Finding[] {
  const { minimum, maximum } = regionCapacity(region).workers;
  const [first] = pools;
  if (!first || pools.some(({ least, most }) => least.number === undefined || most.number === undefined)) return [];
  const sum = (of: (pool: NodePool) => Field) => pools.reduce((total, pool) => total + (of(pool).number ?? 0), 0);
  const [least, most] = [sum((pool) => pool.least), sum((pool) => pool.most)];
  const finding = (field: string, value: number, problem: string): Finding => ({
    subject: `${first.title} and the other pools of ${region}`,
    field,
    value: String(value),
    problem,
    fix: `Keep the workers of all pools together from ${minimum} to ${maximum}.`,
    urn: first.urn,
  });
  return [
    ...(least < minimum ? [finding('the least number of workers', least, 'Too few could be left to serve it.')] : []),
    ...(most > maximum
      ? [finding('the greatest number of workers', most, 'Nobody has agreed to pay for so many.')]
      : []),
  ];
}
