import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { MANAGER } from '../stacks/apply.ts';

interface Claim extends ApiObject {
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly volumeName?: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

interface Node extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly labels: Readonly<Record<string, string>> };
}

const CLASS = 'zonal-disks';
const ZONE = 'topology.kubernetes.io/zone';
/** Which node the scheduler chose for the Pod that waits for the volume. */
const CHOSEN_NODE = 'volume.kubernetes.io/selected-node';
const POLL_MS = 150;

/** The cluster's default storage: disks that exist in one zone, as a cloud's do, made where the scheduler wants the Pod. */
export async function applyStorageClass({ api }: ControlPlane): Promise<void> {
  const metadata = { name: CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } };
  const storageClass = {
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata, provisioner: 'test.wedsync.io/disks' },
    ...{ volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: true },
  };
  await api.apply(storageClass, { manager: MANAGER });
}

/** Makes the volumes that claims wait for, until `stop` is called. */
export function provisionVolumes(plane: ControlPlane): { stop(): Promise<void> } {
  let stopped = false;
  const working = (async () => {
    while (!stopped) {
      await provisionWaiting(plane).catch((error: unknown) => {
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

async function provisionWaiting({ api }: ControlPlane): Promise<void> {
  for (const claim of await api.list<Claim>('/api/v1/persistentvolumeclaims')) {
    const node = claim.metadata.annotations?.[CHOSEN_NODE];
    if (claim.spec.volumeName !== undefined || node === undefined) continue;
    const { metadata } = await api.get<Node>({ apiVersion: 'v1', kind: 'Node', metadata: { name: node } });
    await api.apply(volumeFor(claim, metadata.labels[ZONE] ?? ''), { manager: MANAGER });
  }
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
