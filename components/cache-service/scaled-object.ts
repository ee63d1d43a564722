import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IScaleTriggers } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaleTriggers';
import { METRICS } from '@wedsync/cache-engine/contract';
import { type Bounds, dateIn, engineFloors, scalingSeason } from '@wedsync/domain';
import type { Place } from '../shared/service-names.ts';
import { SCALING_BEHAVIOR, TARGET_CPU_PERCENT } from './autoscaler.ts';
import { type ScheduledFloor, scheduledFloors, type ScheduleFigures } from './schedule.ts';

/** What the engine's scaling by KEDA is planned from. */
export interface ScaledObjectFigures extends ScheduleFigures {
  readonly place: Place;
  /** Replica bounds of the season in which the stack is deployed. */
  readonly replicas: Bounds;
  /** Where Prometheus answers. @default no trigger asks it, and a Saturday keeps its floor only */
  readonly prometheusUrl: string | undefined;
}

/**
 * Requests that an engine has under way, on average, before it gets help; nearly all of them wait for the AI provider, to which an
 * engine makes 64 calls at once.
 */
export const REQUESTS_UNDER_WAY = 32;
const POLL_SECONDS = 15;
/** Failures in a row, a poll apart each, after which a trigger counts as broken. */
const FAILURES = 4;
/** A day and an hour: on a Saturday by local clocks it reaches back to the day's beginning. */
const SATURDAY_SO_FAR = '25h';

/**
 * The autoscaler leaves alone what is off by a tenth or less, so the schedule asks for a tenth more than it promises.
 * (`--horizontal-pod-autoscaler-tolerance` of the controller manager, 0.1 by default.)
 */
const TOLERANCE = 0.1;

/**
 * Scales the engine by calendar and by load: the highest of all triggers counts, so that load adds to the calendar and never takes
 * away from it.
 */
export function scaledObject(figures: ScaledObjectFigures): IScaledObject['spec'] {
  const { place, replicas, prometheusUrl } = figures;
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: place.name },
    pollingInterval: POLL_SECONDS,
    minReplicaCount: replicas.minimum,
    maxReplicaCount: replicas.maximum,
    // When Prometheus stops answering, nothing is taken away, and there are enough for a Saturday, since nobody knows the load.
    ...(prometheusUrl === undefined
      ? {}
      : {
          fallback: {
            failureThreshold: FAILURES,
            replicas: Math.min(replicas.maximum, saturdayFloor(figures)),
            behavior: 'currentReplicasIfHigher' as const,
          },
        }),
    advanced: {
      restoreToOriginalReplicaCount: false,
      // The name of the autoscaler that the region makes where there is no KEDA, so that KEDA takes that over.
      horizontalPodAutoscalerConfig: { name: place.name, behavior: SCALING_BEHAVIOR },
    },
    triggers: [
      ...scheduledFloors(figures).map((floor) => cron(floor, figures.zone)),
      { type: 'cpu', name: 'cpu', metricType: 'Utilization', metadata: { value: String(TARGET_CPU_PERCENT) } },
      ...(prometheusUrl === undefined
        ? []
        : [
            prometheus('requests-under-way', prometheusUrl, requestsUnderWay(place), REQUESTS_UNDER_WAY),
            prometheus('saturday-so-far', prometheusUrl, mostOnSaturday(place), 1),
          ]),
    ],
  };
}

/** The annotation by which KEDA takes over an autoscaler that exists. */
export const TAKES_OVER = { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' } as const;

function saturdayFloor({ yearRound, instant, zone }: ScheduleFigures): number {
  return engineFloors(yearRound, scalingSeason(dateIn(zone, instant))).saturday;
}

function cron({ name, start, end, replicas }: ScheduledFloor, timezone: string): IScaleTriggers {
  const desiredReplicas = String(Math.ceil(replicas * (1 + TOLERANCE)));
  return { type: 'cron', name, metadata: { timezone, start, end, desiredReplicas } };
}

function prometheus(name: string, serverAddress: string, query: string, threshold: number): IScaleTriggers {
  return {
    type: 'prometheus',
    name,
    metricType: 'AverageValue',
    metadata: { serverAddress, query, threshold: String(threshold) },
  };
}

/** Seconds of answering a second are requests under way, on average (Little's law). */
function requestsUnderWay({ namespace }: Place): string {
  return `sum(rate(${METRICS.duration}_sum{namespace="${namespace}"}[2m]))`;
}

/**
 * The most engines that there were since the day before, on a Saturday; nothing on other days. What a Saturday once needed it keeps
 * until it is over. Prometheus knows UTC only: the condition holds from Friday 23:00 UTC, where a Saturday begins in summer.
 */
function mostOnSaturday({ namespace, name }: Place): string {
  const replicas = `kube_deployment_spec_replicas{namespace="${namespace}",deployment="${name}"}`;
  return (
    `max(max_over_time(${replicas}[${SATURDAY_SO_FAR}])) ` +
    'and on() (day_of_week() == 6 or (day_of_week() == 5 and hour() >= 23))'
  );
}
