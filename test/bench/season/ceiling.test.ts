import assert from 'node:assert/strict';
import { lifetimeOf, nextChange, timeToLive, VENDOR_TYPES } from '@wedsync/domain';
import type { Part, Served } from '../../../bench/season/cache-under-test.ts';
import { ceilingsOf } from '../../../bench/season/ceiling.ts';
import { type Ideal, IdealCache, idealCache } from '../../../bench/season/ideal-cache.ts';
import { Lifetimes } from '../../../bench/season/lifetimes.ts';
import { play } from '../../../bench/season/play.ts';
import { datesOf, type Vendor } from '../../../bench/season/population.ts';
import { sharingRule } from '../../../bench/season/sharing-rule.ts';
import { SeasonTrace, ZONE } from '../../../bench/season/trace.ts';
import { fc } from '../../support/property.ts';
import { ask, SMALL } from './support.ts';

const NOON = Date.parse('2026-08-12T11:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const IDEAL: Ideal = { identity: 'intent', sharers: 3, renewal: 'when-stale', merging: true, draw: 0.5 };

describe('what a season allows', () => {
  const season = new SeasonTrace(SMALL);
  const ceilings = ceilingsOf(season, SMALL.sharers);
  const rate = (name: keyof typeof ceilings) => ceilings[name].hitRate;

  it('is more for a cache that knows or may more', () => {
    const ladders = [
      ['idealByTextAlone', 'idealByText', 'idealWithoutSemantics', 'ideal', 'idealAhead', 'strict', 'renewedUnasked'],
      ['idealWithoutStale', 'ideal'],
      ['idealWithoutMerging', 'ideal'],
      ['idealByTextAlone', 'idealWithoutSharing', 'ideal', 'idealSharingAnyWords'],
    ] as const;
    for (const ladder of ladders) {
      const rates = ladder.map(rate);
      rates.forEach((one, index) => assert.ok(one >= (rates[index - 1] ?? 0), ladder[index]));
    }
    assert.ok(rate('idealByTextAlone') > 0 && rate('renewedUnasked') < 1);
  });

  it('costs the origin a call for each miss and more for what is renewed', () => {
    assert.ok(Math.abs(ceilings.idealWithoutStale.calls - (1 - rate('idealWithoutStale'))) < 1e-9);
    assert.ok(Math.abs(ceilings.idealWithoutMerging.calls - ceilings.ideal.calls) > 0);
    for (const { hitRate, calls } of [ceilings.ideal, ceilings.idealAhead, ceilings.strict, ceilings.renewedUnasked])
      assert.ok(calls > 1 - hitRate);
  });

  it('is just what the ideal cache gets when the season is played to it', async () => {
    const account = await play(season, idealCache([], SMALL.sharers));
    assert.equal(account.hitRate, rate('ideal'));
    assert.equal(account.wrong, 0);
    const scopes = (['general', 'vendor', 'wedding'] as const).map((scope) => account.ofScope(scope));
    assert.equal(
      scopes.reduce((sum, { requests }) => sum + requests, 0),
      account.requests,
    );
    assert.equal(
      account.by('exact') + account.by('alias') + account.by('shared'),
      account.requests - account.from('miss'),
    );
  });

  it('is what it is without a part when that is switched off', async () => {
    const off = async (part: Part) => (await play(season, idealCache([part], SMALL.sharers))).hitRate;
    assert.equal(await off('semantics'), rate('idealWithoutSemantics'));
    assert.equal(await off('sharing'), rate('idealWithoutSharing'));
    assert.equal(await off('stale-while-revalidate'), rate('idealWithoutStale'));
  });
});

describe('an ideal cache', () => {
  const { catalogue } = new SeasonTrace(SMALL);
  const [general] = catalogue.general('caterer');
  const own = catalogue.vendor.find(({ tag }) => tag === 'prices');
  const [aboutWedding] = catalogue.wedding;
  assert.ok(general && own && aboutWedding);
  const caterer = (id: number): Vendor => ({ id, type: 'caterer', weddings: [] });
  const outcome = ({ source, match, stale }: Served) => (source === 'miss' ? 'miss' : stale ? `stale ${match}` : match);
  const playing = (ideal: Partial<Ideal> = {}) => {
    const cache = new IdealCache({ ...IDEAL, ...ideal });
    return { cache, served: (asked: Parameters<typeof ask>[0]) => outcome(cache.serve(ask(asked)).first) };
  };

  it('hits within the time to live, then stale for half of it, then not', () => {
    const { served } = playing();
    const asked = { vendor: caterer(1), intent: general };
    assert.deepEqual(
      [0, 5.9, 6.1, 12, 12.2, 21.2].map((hours) => served({ ...asked, at: NOON + hours * HOUR })),
      ['miss', 'exact', 'stale exact', 'exact', 'stale exact', 'miss'],
    );
  });

  it('knows other words, but lets other vendors share only what three have asked', () => {
    const { served } = playing();
    const other = general.wordings[1];
    assert.ok(other);
    const at = (minutes: number) => ({ at: NOON + minutes * MINUTE, intent: general });
    assert.equal(served({ ...at(0), vendor: caterer(1) }), 'miss');
    assert.equal(served({ ...at(1), vendor: caterer(1), wording: other.id }), 'alias');
    assert.equal(served({ ...at(2), vendor: caterer(2) }), 'miss');
    assert.equal(served({ ...at(3), vendor: caterer(3) }), 'miss');
    assert.equal(served({ ...at(4), vendor: caterer(4) }), 'shared');
    assert.equal(served({ ...at(5), vendor: { ...caterer(5), type: 'venue' } }), 'miss');
  });

  it('shares a question only in words that may be shared', () => {
    const { served } = playing({ sharers: 1, shares: sharingRule() });
    const asked = { at: NOON, intent: general };
    const personal = { ...asked, text: 'What do I have to ask my caterer?' };
    assert.equal(served({ ...personal, vendor: caterer(1) }), 'miss');
    assert.equal(served({ ...asked, vendor: caterer(2) }), 'miss');
    assert.equal(served({ ...personal, vendor: caterer(3) }), 'miss');
    assert.equal(served({ ...asked, vendor: caterer(4) }), 'shared');
  });

  it("never shares what rests on a vendor's data or a wedding, nor between the couple and the vendor", () => {
    const { served } = playing({ sharers: 1 });
    const wedding = { id: 1, date: '2026-10-10' };
    assert.equal(served({ at: NOON, vendor: caterer(1), intent: own }), 'miss');
    assert.equal(served({ at: NOON, vendor: caterer(2), intent: own }), 'miss');
    assert.equal(served({ at: NOON, vendor: caterer(1), intent: aboutWedding, wedding }), 'miss');
    assert.equal(served({ at: NOON, vendor: caterer(2), intent: aboutWedding, wedding }), 'miss');
    assert.equal(served({ at: NOON, vendor: caterer(1), intent: aboutWedding, wedding, byCouple: true }), 'miss');
    assert.equal(served({ at: NOON, vendor: caterer(1), intent: aboutWedding, wedding }), 'exact');
  });

  it("forgets what rests on a vendor's data that changed, and on a date that moved, and nothing else", () => {
    const { cache, served } = playing();
    const vendor = caterer(1);
    const date = '2026-10-10';
    const weddings = [1, 2].map((id) => ({ id, date }));
    const askAll = (at: number) => [
      served({ at, vendor, intent: own }),
      ...weddings.map((wedding) => served({ at, vendor, intent: aboutWedding, wedding })),
    ];
    assert.deepEqual(askAll(NOON), ['miss', 'miss', 'miss']);
    cache.invalidate({ kind: 'invalidate', at: NOON + 1, vendor, tag: 'menus' });
    assert.deepEqual(askAll(NOON + 2), ['exact', 'exact', 'exact']);
    cache.invalidate({ kind: 'invalidate', at: NOON + 3, vendor, tag: 'prices' });
    const moved = { id: 2, date, team: [vendor] };
    cache.reschedule({ kind: 'reschedule', at: NOON + 3, wedding: moved, from: date, to: '2026-10-17' });
    assert.deepEqual(askAll(NOON + 4), ['miss', 'exact', 'miss']);
  });

  it('answers a whole burst with one call, unless merging is off', () => {
    const burst = ask({ at: NOON, vendor: caterer(1), intent: general, copies: 5 });
    assert.equal(new IdealCache(IDEAL).serve(burst).others.source, 'merged');
    const alone = new IdealCache({ ...IDEAL, merging: false });
    assert.equal(alone.serve(burst).others.source, 'miss');
    assert.equal(alone.callsUntil(NOON), 5);
  });

  it('takes its lifetimes from the rules of the domain, remembered or not', () => {
    const lifetimes = new Lifetimes(ZONE);
    fc.assert(
      fc.property(
        fc.constantFrom(...VENDOR_TYPES),
        fc.option(fc.integer({ min: -5, max: 60 }), { nil: undefined }),
        fc.nat(40 * 24 * HOUR),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (vendorType, days, later, draw) => {
          const now = NOON + later;
          const weddingDate =
            days === undefined ? undefined : new Date(NOON + days * 24 * HOUR).toISOString().slice(0, 10);
          const facts = { vendorType, zone: ZONE, now, ...(weddingDate === undefined ? {} : datesOf(weddingDate)) };
          const expected = lifetimeOf({
            now,
            ttlSeconds: timeToLive(facts),
            changeAt: nextChange(facts),
            random: () => draw,
          });
          assert.deepEqual(lifetimes.of(vendorType, weddingDate, now, draw), expected);
        },
      ),
    );
  });
});
