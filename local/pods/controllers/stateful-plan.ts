/** A StatefulSet's Pod as the plan sees it; `undefined` where there is none of that ordinal. */
export interface OrdinalPod {
  readonly current: boolean;
  /** Ready for at least `minReadySeconds`. */
  readonly available: boolean;
  readonly terminating: boolean;
}

export interface StatefulTarget {
  readonly replicas: number;
  /** Start all at once rather than one after the other. */
  readonly parallel: boolean;
  /** Ordinals below it keep their template. */
  readonly partition: number;
  /** Whether Pods of an earlier template are replaced at all. */
  readonly replace: boolean;
}

export interface StatefulStep {
  readonly create: readonly number[];
  readonly remove: readonly number[];
}

/**
 * What a StatefulSet does next: fill the gaps (in order, each after the one before is available, unless parallel),
 * take away what is too much from the top, and replace what is of an earlier template, highest ordinal first, one at a
 * time, each only when all above it are available again.
 * @param pods by ordinal; may be longer than `replicas`
 */
export function planStatefulSet(pods: readonly (OrdinalPod | undefined)[], target: StatefulTarget): StatefulStep {
  const wanted = Array.from({ length: target.replicas }, (_, ordinal) => pods[ordinal]);
  const missing = wanted.flatMap((pod, ordinal) => (pod ? [] : [ordinal]));
  const firstUnavailable = wanted.findIndex((pod) => !pod?.available || pod.terminating);
  const create = target.parallel ? missing : missing.filter((ordinal) => ordinal === firstUnavailable);

  const surplus = pods.flatMap((pod, ordinal) => (pod && ordinal >= target.replicas ? [ordinal] : []));
  if (surplus.length > 0) {
    const going = surplus.filter((ordinal) => !pods[ordinal]?.terminating);
    const oneLeaves = going.length < surplus.length;
    return { create, remove: target.parallel ? going : oneLeaves ? [] : going.slice(-1) };
  }
  return { create, remove: target.replace ? nextReplacement(wanted, target.partition) : [] };
}

function nextReplacement(pods: readonly (OrdinalPod | undefined)[], partition: number): number[] {
  for (let ordinal = pods.length - 1; ordinal >= partition; ordinal--) {
    const pod = pods[ordinal];
    if (!pod || pod.terminating) return [];
    if (!pod.current) return [ordinal];
    if (!pod.available) return [];
  }
  return [];
}
