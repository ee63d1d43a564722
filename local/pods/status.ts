import type { Controllers } from './controllers/controllers.ts';
import type { JobState } from './controllers/job.ts';
import { namespaceOf } from './kubernetes/object.ts';
import { isHeadless } from './kubernetes/workloads.ts';
import type { AddressBook } from './network/address-book.ts';
import { serviceAddress } from './network/host-names.ts';
import { tcpPorts } from './network/service-listener.ts';
import type { Services } from './network/services.ts';
import type { PodPhase } from './pod/pod.ts';
import type { Pods } from './pod/pods.ts';
import type { NotRun } from './runnable.ts';

export interface PodStatus {
  readonly namespace: string;
  readonly name: string;
  /** The workload it belongs to: `StatefulSet shop/redis`. */
  readonly owner: string;
  readonly ip: string;
  readonly phase: PodPhase;
  readonly ready: boolean;
  /** Why it is not ready. */
  readonly reason: string | undefined;
  readonly restarts: number;
  /** Of its containers' main processes. */
  readonly pids: readonly number[];
  /** When its latest container started. */
  readonly started: Date | undefined;
}

export interface ServiceStatus {
  readonly namespace: string;
  readonly name: string;
  /** Undefined for a headless Service. */
  readonly address: string | undefined;
  readonly ports: readonly number[];
  /** Names of the Pods that take its connections. */
  readonly ready: readonly string[];
}

export interface JobStatus {
  readonly namespace: string;
  readonly name: string;
  readonly state: JobState;
  readonly failures: number;
}

export interface ClusterStatus {
  readonly pods: readonly PodStatus[];
  readonly services: readonly ServiceStatus[];
  readonly jobs: readonly JobStatus[];
  /** What cannot run on this machine, and what runs with fewer replicas than it should. */
  readonly notRun: readonly NotRun[];
  /** Kinds that are accepted without anybody to enforce them: `NetworkPolicy: 12 objects`. */
  readonly notEnforced: readonly string[];
}

export function podStatuses(pods: Pods): PodStatus[] {
  return pods.all().map((pod) => ({
    namespace: pod.identity.namespace,
    name: pod.identity.name,
    owner: pod.identity.owner,
    ip: pod.address,
    phase: pod.phase,
    ready: pod.ready,
    reason: pod.reason,
    restarts: pod.containers.reduce((sum, { restarts }) => sum + restarts, 0),
    pids: pod.containers.flatMap(({ pid }) => pid ?? []),
    started: pod.containers
      .map(({ startedAt }) => startedAt)
      .sort(byTime)
      .at(-1),
  }));
}

const byTime = (a: Date | undefined, b: Date | undefined) => (a?.getTime() ?? 0) - (b?.getTime() ?? 0);

export function serviceStatuses(services: Services, addresses: AddressBook): ServiceStatus[] {
  return services.all().map((service) => ({
    namespace: namespaceOf(service),
    name: service.metadata.name,
    address: isHeadless(service) ? undefined : serviceAddress(addresses, namespaceOf(service), service.metadata.name),
    ports: tcpPorts(service).map(({ port }) => port),
    ready: services.readyPods(service).map(({ pod }) => pod),
  }));
}

export function jobStatuses(controllers: Controllers): JobStatus[] {
  return controllers.jobs().map(({ namespace, name, state, failures }) => ({ namespace, name, state, failures }));
}
