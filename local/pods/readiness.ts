import type { Controllers } from './controllers/controllers.ts';
import { NotReadyError } from './errors/not-ready.ts';
import type { Logs } from './house/logs.ts';
import type { Pod } from './pod/pod.ts';
import type { Pods } from './pod/pods.ts';
import type { NotRun } from './runnable.ts';

export interface ReadyOptions {
  /** How long to wait; for ever unless given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Observed {
  /** Why the cluster will never be ready again. */
  readonly failure: () => Error | undefined;
  readonly controllers: Controllers;
  readonly pods: Pods;
  readonly notRun: () => readonly NotRun[];
  readonly logs: Logs;
  /** @returns a function that ends the listening */
  readonly onChange: (listener: () => void) => () => void;
}

const SHOWN_LOG_LINES = 8;

/** Resolves when the cluster is as its objects say; see LocalCluster.whenReady for the errors. */
export async function whenReady(options: ReadyOptions, cluster: Observed): Promise<void> {
  options.signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const finish = (end: () => void) => {
      clearTimeout(timer);
      stopListening();
      options.signal?.removeEventListener('abort', onAbort);
      end();
    };
    const onAbort = () => finish(() => reject(options.signal?.reason as Error));
    const look = () => {
      const hopeless = cluster.failure() ?? whyHopeless(cluster);
      if (hopeless) finish(() => reject(hopeless));
      else if (cluster.controllers.unready().length === 0) finish(resolve);
    };
    const stopListening = cluster.onChange(look);
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => finish(() => reject(timedOut(options.timeoutMs ?? 0, cluster))), options.timeoutMs);
    options.signal?.addEventListener('abort', onAbort);
    look();
  });
}

function whyHopeless({ notRun, controllers }: Observed): NotReadyError | undefined {
  const reasons = [
    ...notRun()
      .filter(({ blocking }) => blocking)
      .map(({ kind, namespace, name, reason }) => `${kind} ${namespace ?? 'default'}/${name}: ${reason}`),
    ...controllers.failedJobs().flatMap((job) => job.unready()),
  ];
  if (reasons.length === 0) return undefined;
  return new NotReadyError('The cluster cannot become ready:', reasons);
}

function timedOut(timeoutMs: number, { controllers, pods, logs, notRun }: Observed): NotReadyError {
  const waiting = pods.all().filter((pod) => !pod.ready && !pod.finished);
  return new NotReadyError(`The cluster was not ready after ${timeoutMs / 1000} s:`, [
    ...controllers.unready(),
    ...waiting.map((pod) => describePod(pod, logs)),
    ...notRun()
      .filter(({ kind }) => kind === 'Certificate' || kind === 'Service')
      .map(({ kind, namespace, name, reason }) => `${kind} ${namespace}/${name}: ${reason}`),
  ]);
}

function describePod(pod: Pod, logs: Logs): string {
  const { namespace, name } = pod.identity;
  const log = logs.tail(namespace, name, SHOWN_LOG_LINES);
  const restarts = pod.containers.reduce((sum, container) => sum + container.restarts, 0);
  const title = `Pod ${namespace}/${name} (${pod.phase}, ${restarts} restarts): ${pod.reason ?? 'is not ready'}`;
  return [title, ...(log.length > 0 ? ['last lines of its log:', ...log.map((line) => `  ${line}`)] : [])].join('\n');
}
