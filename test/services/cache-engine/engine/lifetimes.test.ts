import assert from 'node:assert/strict';
import { answerLifetime, changesOf, confirmationFor, dateIn, daysBetween, similarityFloor } from '@wedsync/domain';
import { Entry } from '../../../../services/cache-engine/src/engine/entry.ts';
import { Lifetimes } from '../../../../services/cache-engine/src/engine/lifetimes.ts';
import { weddingDigest } from '../../../../services/cache-engine/src/engine/place.ts';
import { WeddingDates } from '../../../../services/cache-engine/src/engine/wedding-dates.ts';
import { MemoryWeddings } from '../../../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { fc } from '../../../support/property.ts';
import { TestClock } from '../support/doubles.ts';
import { completion, lifetime, MAKING } from '../support/questions.ts';

const ZONE = 'Europe/London';
const HOUR = 3_600_000;

describe('the lifetimes of answers', () => {
  let clock: TestClock;
  let weddings: MemoryWeddings;
  const lifetimes = (random = () => 0.5) =>
    new Lifetimes({ clock, zone: ZONE, weddings: new WeddingDates(weddings), random });
  const context = { vendorId: 'smith', vendorType: 'venue' } as const;

  beforeEach(() => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    weddings = new MemoryWeddings();
  });

  it('are the domain’s, by all the dates that the question states', async () => {
    const dates = { weddingDate: '2026-05-09', finalNumbersDue: '2026-05-02', balanceDue: '2026-05-03' };
    const found = await lifetimes().of({ ...context, ...dates }, 'p', clock.now());
    const changesAt = changesOf(dates, ZONE);
    const facts = {
      vendorType: 'venue',
      weddingDate: dates.weddingDate,
      zone: ZONE,
      now: clock.now(),
      changesAt,
    } as const;
    assert.deepEqual(
      found,
      answerLifetime(facts, () => 0.5),
    );
    assert.equal(new Date(found.goneAt).toISOString(), '2026-05-01T23:00:00.000Z');
  });

  it('go by the date to which a wedding was moved when the question states none', async () => {
    await weddings.move('p', weddingDigest('w1'), '2026-05-02');
    const asked = { ...context, weddingId: 'w1' };
    const one = lifetimes();
    const moved = await one.of(asked, 'p', clock.now());
    assert.equal(new Date(moved.goneAt).toISOString(), '2026-05-01T23:00:00.000Z');
    const elsewhere = await one.of(asked, 'q', clock.now());
    const stated = await one.of({ ...asked, weddingDate: '2027-05-02' }, 'p', clock.now());
    for (const { goneAt } of [elsewhere, stated]) assert.ok(goneAt > clock.now() + 24 * HOUR);
  });

  it('of a definite no are a minute, and of what is not stored nothing', () => {
    const now = clock.now();
    assert.deepEqual(lifetimes().ofNo(now), lifetime(now, now + 60_000));
    assert.deepEqual(lifetimes().none(now), lifetime(now, now));
  });

  it('say for each day how sure a wording must be, as the domain does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 80 * 24 }), (offset, hours) => {
        clock = new TestClock('2026-03-27T10:00:00Z');
        const one = lifetimes();
        const date = new Date(clock.now() + offset * 24 * HOUR).toISOString().slice(0, 10);
        // Twice, across any number of days and the change to summer time: what was worked out for one day must not stay.
        for (let i = 0; i < 2; i++) {
          const days = daysBetween(dateIn(ZONE, clock.now()), date);
          assert.equal(one.similarityFloor(date), similarityFloor(days));
          assert.equal(one.trustsEarlierVerdicts(date), confirmationFor(days) === 'any-verdict');
          clock.pass(hours * 3600);
        }
      }),
    );
  });

  it('know when the day begins in the couple’s zone', () => {
    clock = new TestClock('2026-06-11T22:59:59Z');
    const one = lifetimes();
    assert.equal(one.trustsEarlierVerdicts('2026-06-13'), true);
    clock.pass(1);
    assert.equal(one.trustsEarlierVerdicts('2026-06-13'), false);
  });

  it('trust earlier verdicts where there is no wedding', () => {
    assert.deepEqual(
      [lifetimes().trustsEarlierVerdicts(undefined), lifetimes().similarityFloor(undefined)],
      [true, 0.4],
    );
  });

  it('are refreshed early only near their end, and always past it', () => {
    const entry = (left: number) => Entry.of(completion('x'), lifetime(clock.now() - HOUR, clock.now() + left), MAKING);
    const unlucky = lifetimes(() => 1 - Number.EPSILON);
    assert.equal(unlucky.refreshEarly(entry(MAKING.milliseconds * 40), clock.now()), false);
    assert.equal(unlucky.refreshEarly(entry(MAKING.milliseconds), clock.now()), true);
    const lucky = lifetimes(() => 0);
    assert.deepEqual(
      [1, 0, -1].map((left) => lucky.refreshEarly(entry(left), clock.now())),
      [false, true, true],
    );
  });

  it('of a moved wedding never end later than they would by the new date, nor begin anew', () => {
    const frame = { id: 'f', vendorType: 'venue', model: 'm' } as const;
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 40 }), fc.integer({ min: 0, max: 40 * 3600 }), (days, age) => {
        clock = new TestClock('2026-05-01T10:00:00Z');
        const bornAt = clock.now();
        clock.pass(age);
        const date = new Date(bornAt + days * 24 * HOUR).toISOString().slice(0, 10);
        const moved = lifetimes().moved(lifetime(bornAt, bornAt + HOUR), frame, date);
        if (moved === undefined) return;
        assert.equal(moved.bornAt, bornAt);
        const now = clock.now();
        assert.ok(moved.goneAt > now);
        const fresh = answerLifetime({ vendorType: 'venue', weddingDate: date, zone: ZONE, now }, () => 0.5);
        // Give or take the part of a second that a time to live has not, for each of the three windows.
        assert.ok(moved.freshUntil <= fresh.freshUntil + 1000 && moved.goneAt <= fresh.goneAt + 3000);
      }),
    );
  });
});
