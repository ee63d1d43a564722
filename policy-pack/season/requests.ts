import { redisMemoryMiB, regionCapacity } from '@wedsync/domain';
import { type Container, containersOf } from '../kubernetes/pod.ts';
import { quantityOf } from '../kubernetes/quantity.ts';
import { redisWorkload } from '../kubernetes/redis.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Finding } from '../message.ts';
import { type Limits, seasonName } from './limits.ts';

const GIB = 2 ** 30;

/** The memory that all nodes of Redis ask for together; what runs beside Redis in its Pods is not counted here. */
export function checkRedisMemory(workloads: readonly Workload[], { region, season }: Limits): Finding[] {
  const nodes = workloads.flatMap(({ object, replicas = 0 }) => {
    const redis = redisWorkload(object);
    return redis ? [{ object, replicas, memory: sumOf(redis.containers, 'memory') }] : [];
  });
  const [first] = nodes;
  if (!first) return [];
  const allowed = redisMemoryMiB(regionCapacity(region).redisMemoryGiB, season) / 1024;
  const wanted = nodes.reduce((sum, { replicas, memory }) => sum + replicas * memory, 0) / GIB;
  if (wanted <= allowed) return [];
  return [
    {
      subject: `Redis of ${region}`,
      field: 'the memory of all its nodes',
      value: `${round(wanted)} GiB`,
      problem: `In ${seasonName(season)} it has ${round(allowed)} GiB.`,
      fix: 'Lower resources.requests.memory of its nodes, or run fewer of them.',
      urn: first.object.urn,
    },
  ];
}

/** CPU and memory that all workloads ask for together when they are scaled out. */
export function checkSum(workloads: readonly Workload[], { region, season, cpu, memoryGiB }: Limits): Finding[] {
  const [first] = workloads;
  if (!first) return [];
  const wanted = {
    CPU: workloads.reduce((sum, workload) => sum + (workload.replicas ?? 0) * cpuOf(workload), 0),
    memory: workloads.reduce((sum, workload) => sum + (workload.replicas ?? 0) * memoryOf(workload), 0) / GIB,
  };
  return (
    [
      ['CPU', wanted.CPU, cpu, 'cores'],
      ['memory', wanted.memory, memoryGiB, 'GiB'],
    ] as const
  )
    .filter(([, asked, allowed]) => asked > allowed)
    .map(([resource, asked, allowed, unit]) => ({
      subject: `All workloads of ${region}`,
      field: `the ${resource} that they ask for when scaled out`,
      value: `${round(asked)} ${unit}`,
      problem: `In ${seasonName(season)} the region's own work may ask for ${allowed} ${unit}.`,
      fix: 'Lower the requests or the greatest number of replicas of the largest of them.',
      urn: largest(workloads, resource === 'CPU' ? cpuOf : memoryOf).object.urn,
    }));
}

function largest(workloads: readonly Workload[], of: (workload: Workload) => number): Workload {
  const total = (workload: Workload) => (workload.replicas ?? 0) * of(workload);
  return workloads.reduce((one, other) => (total(other) > total(one) ? other : one));
}

function cpuOf({ pod }: Workload): number {
  return sumOf(containersOf(pod), 'cpu');
}

function memoryOf({ pod }: Workload): number {
  return sumOf(containersOf(pod), 'memory');
}

/** What containers that run side by side ask for; where they ask for nothing, their limit is what Kubernetes takes. */
function sumOf(containers: readonly Container[], resource: 'cpu' | 'memory'): number {
  return containers
    .filter(({ list }) => list === 'containers')
    .map(({ fields }) => {
      const request = fields.at('resources', 'requests', resource);
      const field = request.isSet ? request : fields.at('resources', 'limits', resource);
      return quantityOf(field.value ?? '') ?? 0;
    })
    .reduce((sum, asked) => sum + asked, 0);
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}
