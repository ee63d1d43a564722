import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../../../local/region/check/load.ts';
import { askingOrder, readQuestions } from '../../../local/region/check/questions.ts';
import { seededRandom } from '../../../local/region/check/random.ts';
import { judge } from '../../../local/region/check/verdict.ts';
import { fc } from '../../support/property.ts';

const PAIRS = fileURLToPath(new URL('../../../bench/data/wedding-pairs.jsonl', import.meta.url));

describe('the questions of the check', () => {
  it('are the 1,200 of the wedding pairs, all different', () => {
    const questions = readQuestions(PAIRS);
    assert.equal(questions.length, 1200);
    assert.equal(new Set(questions).size, 1200);
  });

  it('are each asked at least once, exactly as often in all as was asked for', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 200 }), fc.nat(800), (seed, questions, repeats) => {
        const order = askingOrder(questions, questions + repeats, seededRandom(seed));
        assert.equal(order.length, questions + repeats);
        assert.equal(new Set(order).size, questions);
      }),
    );
  });

  it('are the same for the same seed and others for another', () => {
    const order = (seed: number) => askingOrder(100, 1000, seededRandom(seed));
    assert.deepEqual(order(7), order(7));
    assert.notDeepEqual(order(7), order(8));
  });

  it("follow Zipf's law: the most asked about twice as often as the second", () => {
    const times = new Map<number, number>();
    for (const question of askingOrder(100, 100_000, seededRandom(1)))
      times.set(question, (times.get(question) ?? 0) + 1);
    const [first = 0, second = 0] = [...times.values()].sort((a, b) => b - a);
    assert.ok(first / second > 1.8 && first / second < 2.2, `${first} to ${second}`);
  });
});

describe('the verdict of the check', () => {
  const outcome = (change: Partial<Outcome> = {}): Outcome => ({
    index: 0,
    question: 1,
    source: 'hot',
    milliseconds: 1,
    repeated: true,
    sameAnswer: true,
    error: undefined,
    ...change,
  });

  it('is passed when every repeated question was a hit', () => {
    const { reasons, hits, tiers } = judge(
      [outcome({ source: 'miss', repeated: false }), outcome(), outcome({ source: 'warm' })],
      3,
    );
    assert.deepEqual(reasons, []);
    assert.equal(hits, 2);
    assert.deepEqual(
      tiers.map(({ tier, count }) => [tier, count]),
      [
        ['hot', 1],
        ['warm', 1],
        ['miss', 1],
      ],
    );
  });

  const refused: [what: string, outcomes: Outcome[], reason: RegExp][] = [
    [
      'a request failed',
      [outcome({ error: 'APIError: 503', source: undefined })],
      /^1 requests failed, the first with APIError: 503$/,
    ],
    ['a repeated question was no hit', [outcome({ source: 'miss' })], /^1 repeated questions were no hit/],
    ['a question got another answer', [outcome({ sameAnswer: false })], /^1 questions got another answer/],
    [
      'an answer does not say where it came from',
      [outcome({ source: undefined })],
      /^1 repeated questions were no hit/,
    ],
  ];
  for (const [what, outcomes, reason] of refused) {
    it(`is not passed when ${what}`, () => {
      assert.match(judge(outcomes, 1).reasons.join('; '), reason);
    });
  }

  it('is not passed when requests were not sent', () => {
    assert.deepEqual(judge([outcome()], 3).reasons, ['2 of 3 requests were not sent']);
  });
});
