import assert from 'node:assert/strict';
import { MemoryLedger } from '../../../../../services/cache-engine/src/adapters/memory/memory-ledger.ts';
import type { Answered } from '../../../../../services/cache-engine/src/engine/answering.ts';
import { Entry } from '../../../../../services/cache-engine/src/engine/entry.ts';
import { NOTHING, plus } from '../../../../../services/cache-engine/src/engine/savings/account.ts';
import { SavingsBook } from '../../../../../services/cache-engine/src/engine/savings/savings-book.ts';
import type { Ledger, Savings } from '../../../../../services/cache-engine/src/ports/ledger.ts';
import { fc } from '../../../../support/property.ts';
import { TestClock } from '../../support/doubles.ts';

const lifetime = { bornAt: 0, freshUntil: 1, staleUntil: 1, goneAt: 1 };
const entry = new Entry(Buffer.from('{}'), lifetime, { milliseconds: 800, tokens: 6, microDollars: 15 });
const hit: Answered = { entry, source: 'hot', match: 'exact' };
const miss: Answered = { entry, source: 'miss', match: 'exact' };
const worth = { tokens: 6, microDollars: 15, milliseconds: 799 };

/** A ledger that is away for as long as the test says, and for single vendors where it says so. */
class FlakyLedger implements Ledger {
  readonly inner = new MemoryLedger();
  away: (partition: string) => boolean = () => false;

  async add(partition: string, month: string, savings: Savings): Promise<void> {
    if (this.away(partition)) throw new Error('away');
    await this.inner.add(partition, month, savings);
  }

  months(partition: string) {
    return this.inner.months(partition);
  }
}

describe('the book of savings', () => {
  let ledger: FlakyLedger;
  let clock: TestClock;
  let book: SavingsBook;
  const bookOf = (most?: number) =>
    new SavingsBook({ ledger, clock, zone: 'Europe/London', ...(most === undefined ? {} : { most }) });
  const booked = async (partition: string) => {
    const months = await ledger.months(partition);
    return months.map(({ savings }) => savings).reduce(plus, NOTHING);
  };

  beforeEach(() => {
    ledger = new FlakyLedger();
    clock = new TestClock('2026-06-13T12:00:00Z');
    book = bookOf();
  });

  const cases: readonly [what: string, answered: Answered, counted: Partial<Savings>][] = [
    ['a hit', hit, { hits: 1, ...worth }],
    ['a hit of another vendor’s answer', { ...hit, source: 'warm', match: 'shared' }, { hits: 1, ...worth }],
    ['a hit by alias', { ...hit, match: 'alias' }, { hits: 1, semanticHits: 1, ...worth }],
    [
      'the first hit of a wording',
      { ...hit, source: 'semantic', match: 'alias' },
      { hits: 1, semanticHits: 1, ...worth },
    ],
    [
      'a hit that is made anew meanwhile, which saves no tokens',
      { ...hit, stale: 'revalidating' },
      { hits: 1, staleHits: 1, milliseconds: 799 },
    ],
    [
      'a hit after the origin had failed, which saves nothing',
      { ...hit, stale: 'origin-failed' },
      { hits: 1, staleHits: 1 },
    ],
    ['a miss, which saves nothing', miss, { misses: 1 }],
  ];
  for (const [what, answered, counted] of cases) {
    it(`counts ${what}`, async () => {
      book.count('smith', answered, 0.001);
      assert.equal(await book.flush(), true);
      assert.deepEqual(await ledger.months('smith'), [{ month: '2026-06', savings: { ...NOTHING, ...counted } }]);
    });
  }

  it('counts no time as saved by a hit that took longer than the origin had', async () => {
    book.count('smith', hit, 2);
    await book.flush();
    assert.equal((await booked('smith')).milliseconds, 0);
  });

  it('counts into the month that the region’s calendar shows', async () => {
    clock = new TestClock('2026-06-30T22:59:59Z');
    book = bookOf();
    book.count('smith', hit, 0);
    clock.pass(1);
    book.count('smith', miss, 0);
    clock.pass(31 * 86_400);
    book.count('smith', miss, 0);
    await book.flush();
    const months = (await ledger.months('smith')).map(({ month, savings: { hits, misses } }) => [month, hits, misses]);
    assert.deepEqual(months, [
      ['2026-06', 1, 0],
      ['2026-07', 0, 1],
      ['2026-08', 0, 1],
    ]);
  });

  it('books everything once, however often the ledger is away and the month turns', async () => {
    const vendors = ['smith', 'jones', 'khan'] as const;
    const steps = fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.record({ do: fc.constant('count' as const), vendor: fc.constantFrom(...vendors) }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), away: fc.subarray([...vendors]) }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.nat(40) }) },
      ),
      { maxLength: 50 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        ledger = new FlakyLedger();
        book = bookOf();
        const expected = new Map<string, number>();
        for (const step of all) {
          if (step.do === 'count') {
            book.count(step.vendor, hit, 0);
            expected.set(step.vendor, (expected.get(step.vendor) ?? 0) + 1);
          } else if (step.do === 'pass') {
            clock.pass(step.days * 86_400);
          } else {
            ledger.away = (partition) => step.away.some((vendor) => vendor === partition);
            await book.flush();
          }
        }
        ledger.away = () => false;
        assert.equal(await book.close(), true);
        for (const [vendor, count] of expected) {
          assert.deepEqual(await booked(vendor), {
            ...NOTHING,
            hits: count,
            tokens: 6 * count,
            microDollars: 15 * count,
            milliseconds: 800 * count,
          });
        }
      }),
    );
  });

  it('loses nothing that is counted while the ledger takes its time', async () => {
    book.count('smith', hit, 0);
    const flushing = book.flush();
    book.count('smith', hit, 0);
    await flushing;
    assert.equal((await booked('smith')).hits, 1);
    await book.close();
    assert.equal((await booked('smith')).hits, 2);
  });

  it('says when the ledger is away', async () => {
    ledger.away = () => true;
    book.count('smith', hit, 0);
    assert.equal(await book.flush(), false);
    assert.equal(await book.close(), false);
    assert.equal(await bookOf().close(), true);
  });

  it('takes a bounded number of vendors, and says what it did not count', async () => {
    book = bookOf(2);
    ledger.away = () => true;
    for (const vendor of ['a', 'b', 'c', 'a']) book.count(vendor, hit, 0);
    await book.flush();
    assert.equal(book.uncounted, 1);
    for (const vendor of ['a', 'd']) book.count(vendor, hit, 0);
    await book.flush();
    assert.equal(book.uncounted, 2);
    ledger.away = () => false;
    await book.close();
    const hits = await Promise.all(['a', 'b', 'c', 'd'].map(async (vendor) => (await booked(vendor)).hits));
    assert.deepEqual(hits, [3, 1, 0, 0]);
  });

  it('takes more to the ledger than goes at once', async () => {
    for (let i = 0; i < 200; i++) book.count(`vendor-${i}`, hit, 0);
    assert.equal(await book.close(), true);
    assert.equal((await booked('vendor-199')).hits, 1);
  });
});
