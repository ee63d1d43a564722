import assert from 'node:assert/strict';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { seededRandom } from '../../../../local/region/check/random.ts';
import { seed } from '../../../support/property.ts';
import { requestFor, settle } from '../engine/invalidation/support.ts';
import { testEngine, testRegion } from '../support/compose.ts';
import { TestClock, TestOrigin } from '../support/doubles.ts';
import { completion } from '../support/questions.ts';

const QUESTIONS = 2000;
const VENDORS = ['smith', 'jones', 'brown'];
/** Zipf's exponent, as it was measured of requests for web pages (Breslau and others, 1999). */
const EXPONENT = 0.8;
/** Questions in five minutes. */
const REQUESTS = 3000;

/** A stream of questions of which few are asked often and most seldom. */
class Stream {
  readonly #random: () => number;
  readonly #sums: readonly number[];

  constructor(random: () => number) {
    this.#random = random;
    let sum = 0;
    this.#sums = Array.from({ length: QUESTIONS }, (_, rank) => (sum += 1 / (rank + 1) ** EXPONENT));
  }

  next() {
    const drawn = this.#random() * (this.#sums.at(-1) ?? 1);
    const rank = this.#sums.findIndex((sum) => sum > drawn);
    return requestFor(`What is to be done about matter ${rank}?`, {
      vendorId: VENDORS[rank % VENDORS.length] ?? '',
      weddingDate: '2026-09-12',
    });
  }
}

describe('scenario 16: a cold region', () => {
  it(`that is warmed up by an export asks its origin hardly more than ever, and hits as often (seed ${seed})`, async function () {
    this.timeout(60_000);
    const clock = new TestClock('2026-05-01T10:00:00Z');
    const origin = new TestOrigin(async () => completion('So.'));
    const random = seededRandom(seed);
    const stream = new Stream(() => random.fraction());
    /** Five minutes of the stream: calls to the origin and the share of hits. */
    const play = async ({ services }: ReturnType<typeof testEngine>) => {
      const before = origin.calls;
      let hits = 0;
      for (let i = 0; i < REQUESTS; i++) {
        clock.pass(300 / REQUESTS);
        if ((await services.answering.ask(stream.next())).source !== 'miss') hits++;
      }
      await settle();
      return { calls: origin.calls - before, hitRate: hits / REQUESTS };
    };

    const home = testEngine(testRegion({ clock, origin }));
    for (let i = 0; i < 4; i++) await play(home);
    const baseline = await play(home);

    const unprepared = await play(testEngine(testRegion({ clock, origin })));
    const warmed = testEngine(testRegion({ clock, origin }));
    for (const vendor of VENDORS)
      for await (const parcel of home.services.transfer.export(partitionOf(vendor)))
        assert.equal(await warmed.services.transfer.import(partitionOf(vendor), parcel), 'stored');
    const found = await play(warmed);

    const told = `seed ${seed}: ${JSON.stringify({ baseline, unprepared, found })}`;
    assert.ok(found.calls <= 2 * baseline.calls, told);
    assert.ok(found.hitRate >= 0.8 * baseline.hitRate, told);
    // The stream can tell: without the export the region would not pass.
    assert.ok(unprepared.calls > 2 * baseline.calls, told);
  });
});
