import assert from 'node:assert/strict';
import { MemoryColdTier } from '../../../../services/cache-engine/src/adapters/memory/memory-cold-tier.ts';
import type { Adapters, Engine } from '../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { textOf } from '../../../../services/cache-engine/src/engine/completion.ts';
import { NO_WISHES } from '../../../../services/cache-engine/src/engine/controls.ts';
import type { QuestionContext } from '../../../../services/cache-engine/src/engine/question.ts';
import { requestOf } from '../../../../services/cache-engine/src/engine/requesting.ts';
import { testEngine, testRegion, type TestRegion } from '../support/compose.ts';
import { TestClock, TestOrigin } from '../support/doubles.ts';
import { completion, question } from '../support/questions.ts';

const SMITH = partitionOf('smith');
const FAR = '2027-06-12';
const requestFor = (weddingDate: string, context: Partial<QuestionContext> = {}) => {
  const whole = {
    vendorId: 'smith',
    vendorType: 'venue',
    weddingId: `w-${weddingDate}`,
    weddingDate,
    ...context,
  } as const;
  return requestOf(question({ context: whole }), partitionOf(whole.vendorId), NO_WISHES).request;
};
/** Longer than an answer that nobody uses stays warm. */
const IDLE = 2 * 3600 + 1;

describe('the moving of answers between tiers', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let cold: MemoryColdTier;
  let region: TestRegion;
  const engine = (changes: Partial<Adapters> = {}) => testEngine(region, { cold, ...changes });
  const sweep = ({ tiering }: Engine) => tiering?.sweepPartition(SMITH);
  const sourceOf = async ({ services }: Engine, request: ReturnType<typeof requestFor>) =>
    (await services.answering.ask(request)).source;
  const kindOf = async ({ place }: ReturnType<typeof requestFor>) =>
    (await region.adapters.warm.listing(place.key, place.frame.id))?.kind;

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('At 21:20.'));
    cold = new MemoryColdTier();
    region = testRegion({ clock, origin });
  });

  it('takes what is idle and far from its wedding to the cold tier, and leaves what is near', async () => {
    const one = engine();
    const [far, near] = [requestFor(FAR), requestFor('2026-05-03')];
    for (const request of [far, near]) await sourceOf(one, request);
    clock.pass(IDLE);
    assert.equal(await sweep(one), 1);
    assert.deepEqual([await kindOf(far), await kindOf(near)], ['cold', 'answer']);
    assert.ok(await cold.get(far.place.key));
    assert.equal(await cold.get(near.place.key), undefined);
  });

  it('leaves what is in use', async () => {
    const one = engine();
    const far = requestFor(FAR);
    await sourceOf(one, far);
    clock.pass(IDLE);
    await sourceOf(one, far);
    assert.equal(await sweep(one), 0);
  });

  it('moves nothing twice', async () => {
    const one = engine();
    await sourceOf(one, requestFor(FAR));
    clock.pass(IDLE);
    assert.deepEqual([await sweep(one), await sweep(one)], [1, 0]);
  });

  it('brings back what is asked for again, for every engine', async () => {
    const far = requestFor(FAR);
    await sourceOf(engine(), far);
    clock.pass(IDLE);
    await sweep(engine());
    const one = engine();
    const { source, entry } = await one.services.answering.ask(far);
    assert.deepEqual([source, textOf(entry.completion), entry.ageSeconds(clock.now())], ['cold', 'At 21:20.', IDLE]);
    assert.equal(await kindOf(far), 'answer');
    assert.deepEqual([await sourceOf(one, far), await sourceOf(engine(), far)], ['hot', 'warm']);
    assert.equal(origin.calls, 1);
  });

  it('serves a miss when the cold tier is away or has lost its record', async () => {
    const far = requestFor(FAR);
    await sourceOf(engine(), far);
    clock.pass(IDLE);
    await sweep(engine());
    const gone = Object.assign(new MemoryColdTier(), { get: () => Promise.reject(new Error('The bucket is gone')) });
    assert.equal(await sourceOf(engine({ cold: gone }), far), 'miss');
    await sweep(engine());
    await cold.removePartition(SMITH);
    clock.pass(IDLE);
    assert.equal(await sweep(engine()), 1);
    await cold.removePartition(SMITH);
    assert.equal(await sourceOf(engine(), far), 'miss');
  });

  it('seals what lies in the cold tier, each record to its own place', async () => {
    const [one, other] = [requestFor(FAR), requestFor('2027-07-03')];
    for (const request of [one, other]) await sourceOf(engine(), request);
    clock.pass(IDLE);
    assert.equal(await sweep(engine()), 2);
    const record = await cold.get(one.place.key);
    assert.ok(record && !record.toString('latin1').includes('21:20'));
    await cold.put(other.place.key, record);
    assert.equal(await sourceOf(engine(), other), 'miss');
  });

  it('loses nothing when the cold tier refuses', async () => {
    const full = Object.assign(new MemoryColdTier(), { put: () => Promise.reject(new Error('The bucket is full')) });
    const far = requestFor(FAR);
    await sourceOf(engine(), far);
    clock.pass(IDLE);
    await assert.rejects(engine({ cold: full }).tiering?.sweepPartition(SMITH) ?? Promise.resolve(), /full/);
    assert.equal(await sourceOf(engine(), far), 'warm');
  });

  it('looks through one partition at a time, drawn by chance', async () => {
    const vendors = ['smith', 'jones', 'brown'];
    for (const vendorId of vendors) await sourceOf(engine(), requestFor(FAR, { vendorId }));
    clock.pass(IDLE);
    let draw = 0;
    const drawing = engine({ random: () => draw });
    const moved: (number | undefined)[] = [];
    for (const next of [0, 0.34, 0.34, 0.999]) {
      draw = next;
      moved.push(await drawing.tiering?.sweep());
    }
    assert.deepEqual(moved, [1, 1, 0, 1]);
    assert.equal(await testEngine(testRegion(), { cold }).tiering?.sweep(), 0);
  });
});
