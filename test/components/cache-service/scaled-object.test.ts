import assert from 'node:assert/strict';
import { engineBounds, engineFloors, SEASONS } from '@wedsync/domain';
import { scheduledFloors } from '../../../components/cache-service/schedule.ts';
import { scaledObject, type ScaledObjectFigures } from '../../../components/cache-service/scaled-object.ts';
import { fc } from '../../support/property.ts';

const yearRound = { minimum: 10, maximum: 200 };
const figures: ScaledObjectFigures = {
  place: { namespace: 'wedsync-cache', name: 'cache-engine' },
  replicas: engineBounds(yearRound, 'peak'),
  yearRound,
  zone: 'Europe/London',
  busyDays: new Set(['2026-08-07']),
  instant: Date.UTC(2026, 5, 1),
  prometheusUrl: 'http://prometheus:9090',
};
const triggers = (type: string, changes: Partial<ScaledObjectFigures> = {}) =>
  scaledObject({ ...figures, ...changes }).triggers.filter((trigger) => trigger.type === type);

/** What a HorizontalPodAutoscaler makes of a target of `wanted` replicas, with its default tolerance. */
function autoscaled(current: number, wanted: number): number {
  return Math.abs(wanted / current - 1) <= 0.1 ? current : wanted;
}

describe('the engine’s scaling by KEDA', () => {
  it('has the season’s bounds', () => {
    const { minReplicaCount, maxReplicaCount } = scaledObject(figures);
    assert.deepEqual([minReplicaCount, maxReplicaCount], [25, 200]);
  });

  it('has a trigger for each window of the schedule, by the clocks of the region', () => {
    const cron = triggers('cron', { zone: 'Europe/Dublin' });
    assert.deepEqual(
      cron.map(({ name }) => name),
      scheduledFloors(figures).map(({ name }) => name),
    );
    assert.deepEqual([...new Set(cron.map(({ metadata }) => metadata['timezone']))], ['Europe/Dublin']);
    assert.equal(new Set(cron.map(({ name }) => name)).size, cron.length);
  });

  it('reaches each floor from any number of replicas, although the autoscaler leaves alone what is off by a tenth', () => {
    const floors = scheduledFloors(figures);
    const asked = triggers('cron').map(({ metadata }) => Number(metadata['desiredReplicas']));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(floors.length - 1), (current, index) => {
        const floor = floors[index]?.replicas ?? 0;
        assert.ok(autoscaled(current, asked[index] ?? 0) >= floor, `from ${current} to ${floor}`);
      }),
    );
  });

  it('adds load: CPU always, requests under way where there is Prometheus', () => {
    assert.equal(triggers('cpu').length, 1);
    const [load] = triggers('prometheus');
    assert.equal(
      load?.metadata['query'],
      'sum(rate(wedsync_cache_answer_duration_seconds_sum{namespace="wedsync-cache"}[2m]))',
    );
    assert.deepEqual(triggers('prometheus', { prometheusUrl: undefined }), []);
    assert.equal(scaledObject({ ...figures, prometheusUrl: undefined }).fallback, undefined);
  });

  it('keeps on a Saturday what it had on that Saturday, as far as Prometheus knows', () => {
    const [, most] = triggers('prometheus');
    assert.deepEqual(most?.metadata, {
      serverAddress: 'http://prometheus:9090',
      query:
        'max(max_over_time(kube_deployment_spec_replicas{namespace="wedsync-cache",deployment="cache-engine"}[25h])) ' +
        'and on() (day_of_week() == 6 or (day_of_week() == 5 and hour() >= 23))',
      threshold: '1',
    });
  });

  it('takes nothing away when Prometheus fails, and has enough for a Saturday, within the season’s bounds', () => {
    for (const season of SEASONS) {
      const replicas = engineBounds(yearRound, season);
      const { fallback } = scaledObject({ ...figures, replicas });
      assert.equal(fallback?.behavior, 'currentReplicasIfHigher');
      assert.equal(fallback.replicas, Math.min(replicas.maximum, engineFloors(yearRound, 'peak').saturday));
    }
  });
});
