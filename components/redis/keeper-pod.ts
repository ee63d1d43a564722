import type { core } from '@pulumi/kubernetes/types/input.js';
import { RESTRICTED_CONTAINER, restrictedPod } from '../shared/pod-security.ts';
import { PRIORITY } from '../shared/priority-classes.ts';
import type { Place } from '../shared/service-names.ts';
import { OPERATOR_USER } from './acl.ts';
import { REDIS_UID } from './node-pod.ts';
import { FILES, PATHS } from './paths.ts';
import type { RedisNames } from './plan.ts';
import { REDIS_PORT, type Shard } from './topology.ts';

interface KeeperFigures {
  readonly place: Place;
  readonly image: string;
  readonly names: RedisNames;
  readonly shards: readonly Shard[];
  /** Seconds to wait for nodes that do not answer yet. */
  readonly waitSeconds: number;
}

/** The Pod that forms the cluster and mends it. */
export function keeperPod({ place, image, names, shards, waitSeconds }: KeeperFigures): core.v1.PodSpec {
  const nodes = shards.flatMap(({ index, firstSlot, lastSlot, nodes: hosts }) =>
    hosts.map((host) => `${index} ${firstSlot} ${lastSlot} ${host}`),
  );
  return {
    serviceAccountName: place.name,
    priorityClassName: PRIORITY.keeper,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(REDIS_UID),
    restartPolicy: 'Never',
    containers: [
      {
        name: 'keeper',
        image,
        command: ['sh', `${PATHS.scripts}/${FILES.keeper}`],
        env: [
          { name: 'NODES', value: nodes.join('\n') },
          { name: 'PORT', value: String(REDIS_PORT) },
          { name: 'CA_FILE', value: `${PATHS.tls}/ca.crt` },
          { name: 'WAIT', value: String(waitSeconds) },
          { name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: names.passwords, key: OPERATOR_USER.name } } },
        ],
        resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '64Mi' } },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'scripts', mountPath: PATHS.scripts, readOnly: true },
          { name: 'tls', mountPath: PATHS.tls, readOnly: true },
        ],
      },
    ],
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
