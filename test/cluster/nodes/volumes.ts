import { quantityOf } from '../../../policy-pack/kubernetes/quantity.ts';
import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { MANAGER } from '../stacks/apply.ts';
import type { Claim } from './claims.ts';

interface Node extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly labels: Readonly<Record<string, string>> };
}

const CLASS = 'zonal-disks';
const ZONE = 'topology.kubernetes.io/zone';
/** Which node the scheduler chose for the Pod that waits for the volume. */
const CHOSEN_NODE = 'volume.kubernetes.io/selected-node';
const POLL_MS = 150;

/**
 * The cluster's default storage: disks that exist in one zone, as a cloud's do, made where the scheduler wants the Pod.
 * @param allowVolumeExpansion whether they may grow
 */
export async function applyStorageClass({ api }: ControlPlane, allowVolumeExpansion = true): Promise<void> {
  const metadata = { name: CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } };
  const storageClass = {
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata, provisioner: 'test.wedsync.io/disks' },
    ...{ volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion },
  };
  await api.apply(storageClass, { manager: MANAGER });
}

/** Chooses a node for the first Pod that uses a claim, as the scheduler does, so that its volume is made. */
export async function chooseNode({ api }: ControlPlane, { metadata }: Claim, node: string): Promise<void> {
  const claim = `/api/v1/namespaces/${metadata.namespace ?? ''}/persistentvolumeclaims/${metadata.name}`;
  await api.merge(claim, { metadata: { annotations: { [CHOSEN_NODE]: node } } });
}

/** Does what a driver of disks does, until `stop` is called: makes the volumes that claims wait for, and has them grow. */
export function provisionVolumes(plane: ControlPlane): { stop(): Promise<void> } {
  let stopped = false;
  const working = (async () => {
    while (!stopped) {
      await serveClaims(plane).catch((error: unknown) => {
        if (!stopped) throw error;
      });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}

async function serveClaims(plane: ControlPlane): Promise<void> {
  for (const claim of await plane.api.list<Claim>('/api/v1/persistentvolumeclaims')) {
    if (claim.spec.volumeName === undefined) await makeVolume(plane, claim);
    else if (claim.status?.phase === 'Bound') await growVolume(plane, claim, claim.spec.volumeName);
  }
}

async function makeVolume({ api }: ControlPlane, claim: Claim): Promise<void> {
  const node = claim.metadata.annotations?.[CHOSEN_NODE];
  if (node === undefined) return;
  const { metadata } = await api.get<Node>({ apiVersion: 'v1', kind: 'Node', metadata: { name: node } });
  await api.apply(volumeFor(claim, metadata.labels[ZONE] ?? ''), { manager: MANAGER });
}

/** The volume first, then what the claim says that it has, as Kubernetes' resizer for drivers and a kubelet do it. */
async function growVolume({ api }: ControlPlane, { metadata, spec, status }: Claim, volume: string): Promise<void> {
  const { storage } = spec.resources.requests;
  if ((quantityOf(storage) ?? 0) <= (quantityOf(status?.capacity?.storage) ?? Infinity)) return;
  await api.merge(`/api/v1/persistentvolumes/${volume}`, { spec: { capacity: { storage } } });
  const claim = `/api/v1/namespaces/${metadata.namespace ?? ''}/persistentvolumeclaims/${metadata.name}`;
  await api.merge(`${claim}/status`, { status: { capacity: { storage } } });
}

function volumeFor({ metadata: { namespace, name, uid }, spec }: Claim, zone: string): ApiObject {
  const matchExpressions = [{ key: ZONE, operator: 'In', values: [zone] }];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `disk-${uid ?? ''}` },
    spec: {
      capacity: { storage: spec.resources.requests.storage },
      accessModes: spec.accessModes,
      storageClassName: CLASS,
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      csi: { driver: 'test.wedsync.io', volumeHandle: uid },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
  };
}
