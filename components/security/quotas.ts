import type { core } from '@pulumi/kubernetes/types/input.js';

/** What a Pod asks for and may take: CPU in thousandths of a core, memory in MiB. */
export interface PodDemand {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly memoryLimitMiB: number;
  /** The most that one of its containers may take. */
  readonly largestContainerMiB: number;
}

/** Pods alike that may be in a namespace at once, those that are about to end among them. */
export interface PodGroup {
  readonly namespace: string;
  readonly pods: number;
  readonly demand: PodDemand;
  /** The claim of each of them, in GiB. @default none */
  readonly storageGiB?: number;
}

/** What a namespace may take in all, and what each of its containers may take. */
export interface NamespaceLimits {
  readonly namespace: string;
  readonly quota: core.v1.ResourceQuotaSpec;
  readonly limits: core.v1.LimitRangeSpec;
}

/** For a container that says nothing of itself: one that a person adds, for debugging or by mistake. */
const DEFAULT_REQUEST = { cpu: '50m', memory: '64Mi' } as const;
const DEFAULT_MEMORY_MIB = 128;
/** What was planned before a change may be greater, and has to be able to start again until the change has reached it. */
const HEADROOM = 2;
/**
 * Disk of the machine: with a read-only root a container writes its log there, which the kubelet keeps below 60 MiB (six files of
 * 10 MiB), and nothing else.
 */
const LOG_REQUEST = '64Mi';
const LOG_LIMIT = '256Mi';

/** The limits of every namespace that has Pods. */
export function namespaceLimits(groups: readonly PodGroup[]): NamespaceLimits[] {
  return [...new Set(groups.map(({ namespace }) => namespace))].map((namespace) => {
    const own = groups.filter((group) => group.namespace === namespace);
    return { namespace, quota: quota(own), limits: limits(own) };
  });
}

function quota(groups: readonly PodGroup[]): core.v1.ResourceQuotaSpec {
  const sum = (of: (group: PodGroup) => number) => groups.reduce((total, group) => total + group.pods * of(group), 0);
  return {
    hard: {
      pods: String(sum(() => 1)),
      'requests.cpu': `${sum(({ demand }) => demand.cpuMillis)}m`,
      'requests.memory': `${sum(({ demand }) => demand.memoryMiB)}Mi`,
      'limits.memory': `${sum(({ demand }) => demand.memoryLimitMiB)}Mi`,
      persistentvolumeclaims: String(sum(({ storageGiB }) => (storageGiB === undefined ? 0 : 1))),
      'requests.storage': `${sum(({ storageGiB }) => storageGiB ?? 0)}Gi`,
      // No way into the cluster leads through these namespaces.
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    },
  };
}

function limits(groups: readonly PodGroup[]): core.v1.LimitRangeSpec {
  const largest = Math.max(...groups.map(({ demand }) => demand.largestContainerMiB));
  const claim = Math.max(...groups.map(({ storageGiB }) => storageGiB ?? 0));
  return {
    limits: [
      {
        type: 'Container',
        defaultRequest: { ...DEFAULT_REQUEST, 'ephemeral-storage': LOG_REQUEST },
        default: { memory: `${DEFAULT_MEMORY_MIB}Mi`, 'ephemeral-storage': LOG_LIMIT },
        max: { memory: `${Math.max(largest * HEADROOM, DEFAULT_MEMORY_MIB)}Mi` },
      },
      ...(claim === 0 ? [] : [{ type: 'PersistentVolumeClaim', max: { storage: `${claim * HEADROOM}Gi` } }]),
    ],
  };
}

/**
 * What a planned Pod asks for. Containers that start it run one after the other before the others do, so only the greediest of them
 * counts, and only where it asks for more than the others together.
 *
 * @throws Error where a container does not say what it asks for in the units that plans use.
 */
export function demandOf(spec: core.v1.PodSpec): PodDemand {
  const first = resourcesOf(spec.initContainers);
  const lasting = resourcesOf(spec.containers);
  const most = (of: (resources: Resources) => number) =>
    Math.max(
      0,
      ...first.map(of),
      lasting.map(of).reduce((total, each) => total + each, 0),
    );
  const limit = ({ limits: { memory } }: Resources) => mebibytes(memory);
  return {
    cpuMillis: most(({ requests: { cpu } }) => quantity(cpu, 'm')),
    memoryMiB: most(({ requests: { memory } }) => mebibytes(memory)),
    memoryLimitMiB: most(limit),
    largestContainerMiB: Math.max(0, ...[...first, ...lasting].map(limit)),
  };
}

interface Resources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** Plans write their figures out: none of them is an output. */
function resourcesOf(containers: core.v1.PodSpec['initContainers']): Resources[] {
  return ((containers ?? []) as core.v1.Container[]).map(({ resources }) => ({
    requests: {},
    limits: {},
    ...(resources as Partial<Resources> | undefined),
  }));
}

function mebibytes(text: string | undefined): number {
  return quantity(text, 'Mi');
}

function quantity(text: string | undefined, unit: string): number {
  const digits = new RegExp(`^(\\d+)${unit}$`).exec(String(text))?.[1];
  if (digits === undefined)
    throw new Error(`A container of a plan asks for ${String(text)}, not for a number of ${unit}.`);
  return Number(digits);
}
