import assert from 'node:assert/strict';
import { addDays, classify, confirmationFor, dateIn, similarityFloor, type TierFacts, TIERS } from '@wedsync/domain';
import { fc } from '../../support/property.ts';

const NOW = Date.parse('2026-05-05T11:00:00Z');
const ZONE = 'Europe/London';
const HOUR = 3_600_000;
const answer = { now: NOW, zone: ZONE, uses: 0, sizeBytes: 2048 } as const;
const inDays = (days: number) => addDays(dateIn(ZONE, NOW), days);

const someAnswers: fc.Arbitrary<TierFacts> = fc
  .record({
    idle: fc.nat(200 * HOUR),
    uses: fc.nat(10_000),
    sizeBytes: fc.nat(4_000_000),
    days: fc.option(fc.integer({ min: -100, max: 400 }), { nil: undefined }),
  })
  .map(({ idle, uses, sizeBytes, days }) => {
    const weddingDate = days === undefined ? undefined : inDays(days);
    return { now: NOW, zone: ZONE, lastUsedAt: NOW - idle, uses, sizeBytes, weddingDate };
  });
const coldness = (facts: TierFacts) => TIERS.indexOf(classify(facts));

describe('the tier of an answer', () => {
  it('is hot while it was used just now, warm for hours, then cold', () => {
    const after = (hours: number) => classify({ ...answer, lastUsedAt: NOW - hours * HOUR });
    assert.deepEqual([0, 0.25, 0.26, 2, 2.01, 40].map(after), ['hot', 'hot', 'warm', 'warm', 'cold', 'cold']);
  });

  it('is never cold within a day of the wedding', () => {
    const idle = { ...answer, lastUsedAt: NOW - 500 * HOUR };
    assert.deepEqual(
      [-2, -1, 0, 1, 2].map((days) => classify({ ...idle, weddingDate: inDays(days) })),
      ['cold', 'warm', 'warm', 'warm', 'cold'],
    );
  });

  it('is no colder for a nearer wedding', () => {
    fc.assert(
      fc.property(someAnswers, fc.nat(400), fc.nat(400), fc.constantFrom(1, -1), (facts, one, other, side) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)];
        const away = (days: number) => coldness({ ...facts, weddingDate: inDays(side * days) });
        assert.ok(away(near) <= away(far) && away(far) <= coldness({ ...facts, weddingDate: undefined }));
      }),
    );
  });

  it('is no colder for more use, later use or a smaller size', () => {
    fc.assert(
      fc.property(someAnswers, fc.nat(1000), (facts, more) => {
        const tier = coldness(facts);
        assert.ok(coldness({ ...facts, uses: facts.uses + more }) <= tier);
        assert.ok(coldness({ ...facts, lastUsedAt: Math.min(NOW, facts.lastUsedAt + more * 60_000) }) <= tier);
        assert.ok(coldness({ ...facts, sizeBytes: Math.max(0, facts.sizeBytes - more * 1000) }) <= tier);
      }),
    );
  });
});

describe('the floor of similarity', () => {
  it('is 0.4 far from a wedding and without one, and 0.7 on the day', () => {
    assert.equal(similarityFloor(undefined), 0.4);
    assert.equal(similarityFloor(0), 0.7);
    assert.ok(Math.abs(similarityFloor(7) - 0.55) < 1e-12);
    assert.ok(similarityFloor(365) < 0.41);
  });

  it('rises as the wedding nears, from either side, and the confirmation never becomes laxer', () => {
    const strictness = (days: number) => (confirmationFor(days) === 'verdict-at-once' ? 1 : 0);
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), fc.constantFrom(1, -1), (one, other, side) => {
        const [near, far] = [Math.min(one, other) * side, Math.max(one, other) * side];
        assert.ok(similarityFloor(near) >= similarityFloor(far));
        assert.ok(strictness(near) >= strictness(far));
        assert.ok(similarityFloor(far) >= similarityFloor(undefined));
      }),
    );
  });

  it('asks for a verdict at once within a day of the wedding, and only then', () => {
    const asked = [-2, -1, 0, 1, 2, undefined].map(confirmationFor);
    const [now, any] = ['verdict-at-once', 'any-verdict'];
    assert.deepEqual(asked, [any, now, now, now, any, any]);
  });
});
