import type { core } from '@pulumi/kubernetes/types/input.js';
import { OPERATOR_USER, RESHARD_USER } from './acl.ts';
import { FILES } from './paths.ts';
import type { QuietDays } from './quiet-days.ts';
import { scriptContainer, type ScriptFigures, scriptPod } from './script-pod.ts';

/** The Pod that mends the cluster with whatever it can reach, and moves nothing from one shard to another. */
export function healingPod(figures: ScriptFigures): core.v1.PodSpec {
  return scriptPod(figures, { containers: [keeper(figures, 0)] });
}

/** The Pod that forms the cluster, or joins new nodes to it, and then moves the slots to where they belong. */
export function formationPod(figures: ScriptFigures, waitSeconds: number, quiet: QuietDays): core.v1.PodSpec {
  const mover = scriptContainer(figures, {
    name: 'mover',
    file: FILES.mover,
    user: RESHARD_USER,
    env: [
      { name: 'ZONE', value: quiet.posixZone },
      { name: 'FROZEN', value: quiet.dates.join(' ') },
    ],
  });
  return scriptPod(figures, { initContainers: [keeper(figures, waitSeconds)], containers: [mover] });
}

function keeper(figures: ScriptFigures, waitSeconds: number): core.v1.Container {
  const env = [{ name: 'WAIT', value: String(waitSeconds) }];
  return scriptContainer(figures, { name: 'keeper', file: FILES.keeper, user: OPERATOR_USER, env });
}
