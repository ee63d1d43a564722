import type { core } from '@pulumi/kubernetes/types/input.js';
import { RESTRICTED_CONTAINER, restrictedPod } from '../shared/pod-security.ts';
import { PRIORITY } from '../shared/priority-classes.ts';
import type { Place } from '../shared/service-names.ts';
import { OPERATOR_USER, RESHARD_USER, type RedisUser } from './acl.ts';
import { REDIS_UID } from './node-pod.ts';
import { FILES, PATHS } from './paths.ts';
import type { RedisNames } from './plan.ts';
import type { QuietDays } from './quiet-days.ts';
import { formatSlots } from './slots.ts';
import { REDIS_PORT, type Shard } from './topology.ts';

interface KeeperFigures {
  readonly place: Place;
  readonly image: string;
  readonly names: RedisNames;
  readonly shards: readonly Shard[];
}

/** The Pod that mends the cluster with whatever it can reach, and moves nothing from one shard to another. */
export function healingPod(figures: KeeperFigures): core.v1.PodSpec {
  return pod(figures, { containers: [keeper(figures, 0)] });
}

/** The Pod that forms the cluster, or joins new nodes to it, and then moves the slots to where they belong. */
export function formationPod(figures: KeeperFigures, waitSeconds: number, quiet: QuietDays): core.v1.PodSpec {
  const mover = container(figures, 'mover', FILES.mover, RESHARD_USER, [
    { name: 'ZONE', value: quiet.posixZone },
    { name: 'FROZEN', value: quiet.dates.join(' ') },
  ]);
  return pod(figures, { initContainers: [keeper(figures, waitSeconds)], containers: [mover] });
}

function keeper(figures: KeeperFigures, waitSeconds: number): core.v1.Container {
  return container(figures, 'keeper', FILES.keeper, OPERATOR_USER, [{ name: 'WAIT', value: String(waitSeconds) }]);
}

function container(
  { image, names, shards }: KeeperFigures,
  name: string,
  script: string,
  user: RedisUser,
  env: core.v1.EnvVar[],
): core.v1.Container {
  const nodes = shards.flatMap(({ index, slots, nodes: hosts }) =>
    hosts.map((host) => `${index} ${formatSlots(slots)} ${host}`),
  );
  return {
    name,
    image,
    command: ['sh', `${PATHS.scripts}/${script}`],
    env: [
      { name: 'NODES', value: nodes.join('\n') },
      { name: 'PORT', value: String(REDIS_PORT) },
      { name: 'CA_FILE', value: `${PATHS.tls}/ca.crt` },
      { name: 'REDIS_USER', value: user.name },
      { name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: names.passwords, key: user.name } } },
      ...env,
    ],
    resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'scripts', mountPath: PATHS.scripts, readOnly: true },
      { name: 'tls', mountPath: PATHS.tls, readOnly: true },
    ],
  };
}

function pod(
  { place, names }: KeeperFigures,
  containers: Pick<core.v1.PodSpec, 'initContainers' | 'containers'>,
): core.v1.PodSpec {
  return {
    serviceAccountName: place.name,
    priorityClassName: PRIORITY.keeper,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(REDIS_UID),
    restartPolicy: 'Never',
    ...containers,
    volumes: [
      { name: 'scripts', configMap: { name: names.scripts } },
      // The authority's certificate alone: the keeper is no node.
      {
        name: 'tls',
        secret: { secretName: names.tls, items: [{ key: 'ca.crt', path: 'ca.crt' }], defaultMode: 0o440 },
      },
    ],
  };
}
