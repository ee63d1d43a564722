import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planJob, jobBackOffMs } from '../../../local/pods/controllers/job-plan.ts';
import { replicasOf, rolloutTarget } from '../../../local/pods/controllers/replicas.ts';
import { countOf, planRollout, type RolloutPod, type RolloutTarget } from '../../../local/pods/controllers/rollout.ts';
import { planStatefulSet, type OrdinalPod } from '../../../local/pods/controllers/stateful-plan.ts';
import { repositoryOf } from '../../../local/pods/images.ts';
import type { Deployment, HorizontalPodAutoscaler } from '../../../local/pods/kubernetes/workloads.ts';
import { BackOff } from '../../../local/pods/pod/back-off.ts';
import { parseQuantity } from '../../../local/pods/pod/resources.ts';

/** Pods in any state that can be: what is available is ready. */
const pods = fc
  .array(
    fc.record({ current: fc.boolean(), level: fc.integer({ min: 0, max: 2 }), terminating: fc.boolean() }),
    { maxLength: 12 },
  )
  .map((states) =>
    states.map(({ level, ...state }, index) => ({ ...state, name: `p${index}`, ready: level > 0, available: level > 1 })),
  ); // prettier-ignore
const target = fc
  .record({ replicas: fc.nat(6), surge: fc.nat(3), unavailable: fc.nat(3), recreate: fc.constant(false) })
  .filter(({ surge, unavailable }) => surge + unavailable > 0);

const serving = (all: readonly RolloutPod[]) => all.filter(({ available, terminating }) => available && !terminating);

describe('the plan of a rolling update', () => {
  it('never takes away an available Pod that is needed', () => {
    fc.assert(
      fc.property(pods, target, (all, wanted) => {
        const removed = new Set(planRollout(all, wanted).remove);
        const left = serving(all).filter(({ name }) => !removed.has(name)).length;
        const floor = Math.min(serving(all).length, wanted.replicas - wanted.unavailable);
        assert.ok(left >= floor, `${left} of ${serving(all).length} left`);
      }),
    );
  });

  it('never makes more Pods than replicas and surge', () => {
    fc.assert(
      fc.property(pods, target, (all, wanted) => {
        const living = all.filter(({ terminating }) => !terminating).length;
        const { create } = planRollout(all, wanted);
        assert.ok(create === 0 || living + create <= wanted.replicas + wanted.surge);
      }),
    );
  });

  it('ends, whatever it began with, with just the current Pods', () => {
    fc.assert(
      fc.property(pods, target, fc.boolean(), (all, wanted, recreate) => {
        const end = follow(all, { ...wanted, recreate });
        assert.equal(end.length, wanted.replicas);
        assert.ok(end.every(({ current }) => current));
      }),
    );
  });

  it('with Recreate starts a new Pod only when every old one has gone', () => {
    fc.assert(
      fc.property(pods, target, (all, wanted) => {
        const { create } = planRollout(all, { ...wanted, recreate: true });
        assert.ok(create === 0 || all.every(({ current }) => current));
      }),
    );
  });

  /** Plays the plan to its end: what is removed goes, and what is there becomes available. */
  function follow(all: readonly RolloutPod[], wanted: RolloutTarget): readonly RolloutPod[] {
    let state = all;
    for (let round = 0; round < 100; round++) {
      const settled = state.filter(({ terminating }) => !terminating);
      const plan = planRollout(settled, wanted);
      const created = Array.from({ length: plan.create }, (_, index) => ({
        name: `n${round}-${index}`,
        current: true,
      }));
      if (plan.create === 0 && plan.remove.length === 0 && settled.every(({ available }) => available)) return settled;
      state = [...settled.filter(({ name }) => !plan.remove.includes(name)), ...created].map((pod) => ({
        ...pod,
        ready: true,
        available: true,
        terminating: false,
      }));
    }
    return state;
  }

  it('counts shares of the replicas as Kubernetes does', () => {
    assert.equal(countOf('25%', 10, 'up'), 3);
    assert.equal(countOf('25%', 10, 'down'), 2);
    assert.equal(countOf(2, 10, 'up'), 2);
    const spec = (strategy: object) => ({ spec: { strategy: { rollingUpdate: strategy } } }) as unknown as Deployment;
    assert.deepEqual(rolloutTarget(spec({}), 2), { replicas: 2, surge: 1, unavailable: 0, recreate: false });
    assert.equal(
      rolloutTarget(spec({ maxSurge: 0, maxUnavailable: '10%' }), 2).unavailable,
      1,
      'or it could never move',
    );
  });
});

describe('the number of replicas', () => {
  const web = (replicas?: number) =>
    ({ metadata: { name: 'web', namespace: 'shop' }, spec: { replicas } }) as unknown as Deployment;
  const autoscaler = (namespace: string, minReplicas?: number) =>
    ({
      metadata: { name: 'web', namespace },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas },
    }) as unknown as HorizontalPodAutoscaler;

  it('is the autoscaler’s lower bound, else the Deployment’s own, else one; never more than the machine runs', () => {
    assert.deepEqual(replicasOf(web(), [autoscaler('shop', 10)], 2), { wanted: 10, run: 2 });
    assert.deepEqual(replicasOf(web(4), [autoscaler('other', 10)], 20), { wanted: 4, run: 4 });
    assert.deepEqual(replicasOf(web(), [], 2), { wanted: 1, run: 1 });
    assert.deepEqual(replicasOf(web(), [autoscaler('shop')], 2), { wanted: 1, run: 1 });
    assert.deepEqual(replicasOf(web(0), [autoscaler('shop', 10)], 2), { wanted: 0, run: 0 }, 'zero switches it off');
  });
});

describe('the plan of a StatefulSet', () => {
  const ordinals = fc.array(
    fc.option(fc.record({ current: fc.boolean(), available: fc.boolean(), terminating: fc.boolean() }), { nil: undefined }),
    { maxLength: 8 },
  ); // prettier-ignore
  const wanted = fc.record({
    replicas: fc.nat(6),
    parallel: fc.boolean(),
    partition: fc.nat(3),
    replace: fc.boolean(),
  });

  it('replaces or takes away one at a time, from the top, unless it shrinks in parallel', () => {
    fc.assert(
      fc.property(ordinals, wanted, (all: (OrdinalPod | undefined)[], set) => {
        const { remove } = planStatefulSet(all, set);
        const shrinking = all.length > set.replicas && set.parallel;
        assert.ok(remove.length <= 1 || shrinking);
        const [ordinal] = remove;
        if (ordinal === undefined || ordinal >= set.replicas) return;
        assert.ok(ordinal >= set.partition && all[ordinal]?.current === false && set.replace);
        const above = all.slice(ordinal + 1, set.replicas);
        assert.ok(above.every((pod) => pod?.current && pod.available && !pod.terminating));
      }),
    );
  });

  it('in order starts a Pod only when all below it are available', () => {
    fc.assert(
      fc.property(ordinals, wanted, (all: (OrdinalPod | undefined)[], set) => {
        const { create } = planStatefulSet(all, { ...set, parallel: false });
        assert.ok(create.length <= 1);
        for (const ordinal of create) {
          assert.ok(all.slice(0, ordinal).every((pod) => pod?.available && !pod.terminating));
        }
      }),
    );
  });

  it('in parallel fills every gap at once', () => {
    const pod = { current: true, available: false, terminating: false };
    const set = { replicas: 4, parallel: true, partition: 0, replace: true };
    assert.deepEqual(planStatefulSet([undefined, pod, undefined], set).create, [0, 2, 3]);
  });
});

describe('the plan of a Job', () => {
  it('starts as many Pods as are missing, so many at a time, until it is complete or has failed too often', () => {
    const job = { completions: 5, parallelism: 2, backoffLimit: 3 };
    assert.deepEqual(planJob({ active: 0, succeeded: 0, failed: 0 }, job), { start: 2 });
    assert.deepEqual(planJob({ active: 1, succeeded: 3, failed: 3 }, job), { start: 1 });
    assert.deepEqual(planJob({ active: 1, succeeded: 4, failed: 0 }, job), { start: 0 });
    assert.equal(planJob({ active: 0, succeeded: 5, failed: 3 }, job), 'complete');
    assert.equal(planJob({ active: 0, succeeded: 1, failed: 4 }, job), 'failed');
  });

  it('waits twice as long after each failure, at most 30 s', () => {
    assert.deepEqual([0, 1, 2, 3, 9].map(jobBackOffMs), [0, 1000, 2000, 4000, 30_000]);
  });
});

describe('the back-off of restarts', () => {
  it('restarts at once, then after 1 s, doubling to 30 s', () => {
    const backOff = new BackOff();
    const waits = Array.from({ length: 8 }, () => backOff.afterRunOf(10));
    assert.deepEqual(waits, [0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('starts afresh after a run of half a minute', () => {
    const backOff = new BackOff();
    for (let run = 0; run < 5; run++) backOff.afterRunOf(10);
    assert.equal(backOff.afterRunOf(30_000), 0);
    assert.equal(backOff.afterRunOf(10), 1000);
  });
});

describe('an image reference', () => {
  for (const [image, repository] of [
    ['redis', 'redis'],
    ['redis:7.0', 'redis'],
    ['ghcr.io/wedsync/cache-engine@sha256:00ff', 'ghcr.io/wedsync/cache-engine'],
    ['localhost:5000/web:1@sha256:00ff', 'localhost:5000/web'],
    ['localhost:5000/web', 'localhost:5000/web'],
  ] as const) {
    it(`${image} is of the repository ${repository}`, () => assert.equal(repositoryOf(image), repository));
  }
});

describe('a quantity', () => {
  it('is read with its unit', () => {
    assert.deepEqual(['500m', '2', '1.5Gi', '3k'].map(parseQuantity), [0.5, 2, 1.5 * 2 ** 30, 3000]);
    assert.ok(Number.isNaN(parseQuantity('much')));
  });
});
