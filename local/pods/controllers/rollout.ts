/** A Pod as the plan of a rolling update sees it. */
export interface RolloutPod {
  readonly name: string;
  /** Whether it was made from the present template. */
  readonly current: boolean;
  readonly ready: boolean;
  /** Ready for at least `minReadySeconds`. */
  readonly available: boolean;
  readonly terminating: boolean;
}

export interface RolloutTarget {
  readonly replicas: number;
  /** How many Pods more than `replicas` there may be. */
  readonly surge: number;
  /** How many fewer than `replicas` may be available. */
  readonly unavailable: number;
  /** Stop every old Pod before the first new one starts. */
  readonly recreate: boolean;
}

export interface RolloutStep {
  readonly create: number;
  readonly remove: readonly string[];
}

/**
 * What a Deployment does next. Old Pods that are not ready go first, as they serve nobody; available ones go only while
 * `replicas − unavailable` stay available; new ones come while there are at most `replicas + surge`.
 */
export function planRollout(pods: readonly RolloutPod[], target: RolloutTarget): RolloutStep {
  const living = pods.filter(({ terminating }) => !terminating);
  const fresh = living.filter(({ current }) => current);
  const old = living.filter(({ current }) => !current);
  if (target.recreate) return planRecreation(pods, fresh, old, target.replicas);

  const surplus = byUsefulness(fresh).slice(0, Math.max(0, fresh.length - target.replicas));
  const brokenOld = old.filter(({ ready }) => !ready);
  const leaving = new Set([...surplus, ...brokenOld]);
  const staying = living.filter((pod) => !leaving.has(pod));
  const spare = staying.filter(({ available }) => available).length - (target.replicas - target.unavailable);
  const replaceable = byUsefulness(old.filter((pod) => !leaving.has(pod)));
  const remove = [...leaving, ...replaceable.slice(0, Math.max(0, spare))];

  const room = target.replicas + target.surge - living.length;
  const create = Math.max(0, Math.min(target.replicas - fresh.length, room));
  return { create, remove: remove.map(({ name }) => name) };
}

function planRecreation(
  pods: readonly RolloutPod[],
  fresh: readonly RolloutPod[],
  old: readonly RolloutPod[],
  replicas: number,
): RolloutStep {
  const surplus = byUsefulness(fresh).slice(0, Math.max(0, fresh.length - replicas));
  const oldLeft = pods.some(({ current }) => !current);
  return {
    create: oldLeft ? 0 : Math.max(0, replicas - fresh.length),
    remove: [...old, ...surplus].map(({ name }) => name),
  };
}

/** Those that serve least first. */
function byUsefulness(pods: readonly RolloutPod[]): RolloutPod[] {
  const rank = (pod: RolloutPod) => (pod.available ? 2 : pod.ready ? 1 : 0);
  return [...pods].sort((a, b) => rank(a) - rank(b));
}

/** A count that may be a share of the replicas: `"25%"`. Kubernetes rounds surge up and unavailability down. */
export function countOf(value: number | string, replicas: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const exact = (replicas * Number.parseFloat(value)) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
