import type { core } from '@pulumi/kubernetes/types/input.js';
import { RESTRICTED_CONTAINER, restrictedPod } from '../shared/pod-security.ts';
import { PRIORITY } from '../shared/priority-classes.ts';
import type { Place } from '../shared/service-names.ts';
import type { RedisUser } from './acl.ts';
import { REDIS_UID } from './node-pod.ts';
import { PATHS } from './paths.ts';
import type { RedisNames } from './plan.ts';
import { formatSlots } from './slots.ts';
import { REDIS_PORT, type Shard } from './topology.ts';

/** What a Pod needs to know of the cluster of which it runs a script. */
export interface ScriptFigures {
  readonly place: Place;
  readonly image: string;
  readonly names: RedisNames;
  readonly shards: readonly Shard[];
}

interface Script {
  /** The container's name. */
  readonly name: string;
  readonly file: string;
  /** Who the script is to the nodes. */
  readonly user: RedisUser;
  /** What it needs beside what `nodes.sh` says. */
  readonly env: readonly core.v1.EnvVar[];
  /** @default what a script needs that only asks and tells */
  readonly resources?: core.v1.ResourceRequirements;
  /** Beside the scripts and the certificates. @default none */
  readonly mounts?: readonly core.v1.VolumeMount[];
}

interface PodParts extends Pick<core.v1.PodSpec, 'initContainers' | 'containers'> {
  /** Beside the scripts and the certificates. @default none */
  readonly volumes?: readonly core.v1.Volume[];
  /** Whether it speaks to the nodes as one of them. @default false: it has the authority's certificate and none of its own */
  readonly asNode?: boolean;
}

/** A container that runs one of the cluster's scripts. */
export function scriptContainer({ image, names, shards }: ScriptFigures, script: Script): core.v1.Container {
  const nodes = shards.flatMap(({ index, slots, nodes: hosts }) =>
    hosts.map((host) => `${index} ${formatSlots(slots)} ${host}`),
  );
  const { name, file, user, env, resources, mounts = [] } = script;
  return {
    name,
    image,
    command: ['sh', `${PATHS.scripts}/${file}`],
    env: [
      { name: 'NODES', value: nodes.join('\n') },
      { name: 'PORT', value: String(REDIS_PORT) },
      { name: 'CA_FILE', value: `${PATHS.tls}/ca.crt` },
      { name: 'REDIS_USER', value: user.name },
      { name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: names.passwords, key: user.name } } },
      ...env,
    ],
    resources: resources ?? { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'scripts', mountPath: PATHS.scripts, readOnly: true },
      { name: 'tls', mountPath: PATHS.tls, readOnly: true },
      ...mounts,
    ],
  };
}

/** A Pod of such containers, which runs once. */
export function scriptPod({ place, names }: ScriptFigures, parts: PodParts): core.v1.PodSpec {
  const { volumes = [], asNode = false, ...containers } = parts;
  const items = asNode ? {} : { items: [{ key: 'ca.crt', path: 'ca.crt' }] };
  return {
    serviceAccountName: place.name,
    priorityClassName: PRIORITY.keeper,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(REDIS_UID),
    restartPolicy: 'Never',
    ...containers,
    volumes: [
      { name: 'scripts', configMap: { name: names.scripts } },
      { name: 'tls', secret: { secretName: names.tls, ...items, defaultMode: 0o440 } },
      ...volumes,
    ],
  };
}
