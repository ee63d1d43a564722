import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { program } from '../control-plane/programs.ts';
import type { Figures } from '../stacks/render.ts';
import { MANAGER } from '../stacks/apply.ts';
import { STAGES } from './stages.ts';

export const ZONES = ['zone-a', 'zone-b', 'zone-c'] as const;
/** What Pods may have of a machine; the rest is the system's. */
const ALLOCATABLE = 0.92;
const PODS_PER_NODE = 110;
/** Of a machine's own disk, which holds images and logs; data has volumes of its own. */
const NODE_DISK = '100Gi';

interface Node extends ApiObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** The season's workers, evenly over three zones, with the capacity that the stack promises in all; Pods on them are only said to run. */
export async function startWorkers(plane: ControlPlane, { workers, pool }: Figures): Promise<void> {
  const config = join(plane.folder, 'kwok.yaml');
  writeFileSync(config, STAGES.map((stage) => JSON.stringify(stage)).join('\n---\n'));
  plane.start('kwok', [
    program('kwok'),
    ...[`--kubeconfig=${plane.kubeconfig}`, `--config=${config}`, '--manage-all-nodes=true'],
    ...['--node-lease-duration-seconds=3600', '--server-address='],
  ]);
  const count = workers.maximum;
  const { cpu, memoryGiB } = pool.weddingSeason;
  const resources = {
    cpu: `${Math.floor((cpu * 1000 * ALLOCATABLE) / count)}m`,
    memory: `${Math.floor((memoryGiB * 1024 * ALLOCATABLE) / count)}Mi`,
    pods: String(PODS_PER_NODE),
    'ephemeral-storage': NODE_DISK,
  };
  for (let index = 0; index < count; index++) {
    const name = `worker-${index}`;
    const labels = {
      'kubernetes.io/hostname': name,
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'topology.kubernetes.io/zone': ZONES[index % ZONES.length] ?? '',
    };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
    await plane.api.apply(node, { manager: MANAGER });
    await plane.api.merge(`/api/v1/nodes/${name}/status`, { status: { capacity: resources, allocatable: resources } });
  }
  await plane.until('the workers', async () => {
    const nodes = await plane.api.list<Node>('/api/v1/nodes');
    return nodes.length === count && nodes.every(isReady);
  });
}

/** Forbids or allows new Pods on every worker. */
export async function cordonAll({ api }: ControlPlane, unschedulable: boolean): Promise<void> {
  for (const { metadata } of await api.list<Node>('/api/v1/nodes'))
    await api.merge(`/api/v1/nodes/${metadata.name}`, { spec: { unschedulable } });
}

function isReady({ status }: Node): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}
