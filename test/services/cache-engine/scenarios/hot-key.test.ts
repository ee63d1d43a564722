import assert from 'node:assert/strict';
import { textOf, type Completion } from '../../../../services/cache-engine/src/engine/completion.ts';
import { OriginError } from '../../../../services/cache-engine/src/ports/origin.ts';
import { requestFor, settle } from '../engine/invalidation/support.ts';
import { testEngine, testRegion } from '../support/compose.ts';
import { deferred, TestClock, TestOrigin } from '../support/doubles.ts';
import { completion } from '../support/questions.ts';

const CLIENTS = 500;
const request = requestFor('How big should the cake be?', { weddingDate: '2026-09-12' });
/** A baker's answer: 5 h ÷ 0.9, in seconds; half as long again it may be served while it is made anew. */
const TIME_TO_LIVE = 20_000;

describe('scenario 15: a hot key expires under 500 clients', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let engine: ReturnType<typeof testEngine>;
  const crowd = () => Array.from({ length: CLIENTS }, () => engine.services.answering.ask(request));

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async () => completion('Two tiers.'));
    engine = testEngine(testRegion({ clock, origin }));
    await engine.services.answering.ask(request);
    origin.calls = 0;
  });

  it('asks the origin once, and gives all of them the stale answer at once, marked', async () => {
    clock.pass(TIME_TO_LIVE + 1);
    const gate = deferred<Completion>();
    origin.reply = () => gate.promise;
    const answers = await Promise.all(crowd());
    assert.deepEqual(new Set(answers.map(({ stale }) => stale)), new Set(['revalidating']));
    assert.equal(origin.calls, 1);
    gate.resolve(completion('Three tiers.'));
    await settle();
    const after = await Promise.all(crowd());
    assert.deepEqual(new Set(after.map(({ entry }) => textOf(entry.completion))), new Set(['Three tiers.']));
    assert.equal(origin.calls, 1);
  });

  it('asks the origin once when the answer is too old to be given, and the others wait for it', async () => {
    clock.pass(TIME_TO_LIVE * 2);
    const gate = deferred<Completion>();
    origin.reply = () => gate.promise;
    const waiting = crowd();
    await settle();
    gate.resolve(completion('Three tiers.'));
    const answers = await Promise.all(waiting);
    assert.deepEqual(new Set(answers.map(({ entry }) => textOf(entry.completion))), new Set(['Three tiers.']));
    assert.equal(origin.calls, 1);
  });

  it('asks the origin once also when it fails, and the others get what is left, marked', async () => {
    clock.pass(TIME_TO_LIVE * 2);
    origin.reply = () => Promise.reject(new OriginError('unavailable', 'down'));
    const answers = await Promise.all(crowd());
    assert.deepEqual(new Set(answers.map(({ stale }) => stale)), new Set(['origin-failed']));
    assert.equal(origin.calls, 1);
  });

  it('asks the origin once for each engine at most, when the crowd is spread over several', async () => {
    const region = testRegion({ clock, origin });
    const engines = [testEngine(region), testEngine(region), testEngine(region)];
    await Promise.all(engines.map((each) => each.services.answering.ask(request)));
    clock.pass(TIME_TO_LIVE + 1);
    origin.calls = 0;
    for (let round = 0; round < 3; round++) {
      const asking = engines.flatMap(({ services }) =>
        Array.from({ length: Math.ceil(CLIENTS / engines.length) }, () => services.answering.ask(request)),
      );
      await Promise.all(asking);
      await settle();
    }
    assert.ok(origin.calls <= 4, `${origin.calls} calls of three engines and the one before`);
  });
});
