import assert from 'node:assert/strict';
import { TestClock } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';

const query = {
  vendorId: 'smith',
  vendorType: 'photographer',
  weddingId: 'w1',
  weddingDate: '2026-05-09',
  question: 'Which group portraits come first?',
  location: 'Leeds',
};

interface Answer {
  readonly answer: string;
  readonly source: string;
  readonly ageSeconds: number;
  readonly timeToLiveSeconds: number;
}

describe('POST /v1/queries', () => {
  let engine: TestEngine;
  let key: string;
  let clock: TestClock;
  const ask = async (changes: object = {}) =>
    (await engine.call('POST', '/v1/queries', { ...query, ...changes }, key)).json() as Promise<Answer>;

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    engine = await startEngine({ clock });
    key = await engine.keyFor('smith');
  });
  afterEach(() => engine.close());

  it('answers with the source, the age and the time to live, and from the cache the second time', async () => {
    const first = await ask();
    assert.deepEqual(
      { ...first, answer: '' },
      {
        answer: '',
        model: 'wedsync-planning-assistant',
        source: 'miss',
        match: 'exact',
        stale: null,
        ageSeconds: 0,
        timeToLiveSeconds: 5142,
        answeredAt: '2026-05-01T10:00:00.000Z',
      },
    );
    clock.pass(42);
    const second = await ask();
    assert.deepEqual([second.source, second.ageSeconds, second.timeToLiveSeconds], ['hot', 42, 5100]);
    assert.equal(second.answer, first.answer);
  });

  it('is answered by the built-in assistant, which says what it is and looks at the facts', async () => {
    const { answer } = await ask();
    assert.match(answer, /built-in planning assistant \(rule-based, not an AI model\)/);
    assert.match(answer, /photographs and film in Leeds/);
    assert.match(answer, /8 days to go/);
  });

  it('lives shorter when the wedding is near, and ends when its day begins', async () => {
    assert.equal((await ask({ weddingDate: '2026-05-05', weddingId: 'w2' })).timeToLiveSeconds, 2571);
    // 00:30 in London's summer is 23:30 UTC of the day before: the wedding day begins in half an hour.
    clock.pass(12 * 3600 + 1800 + 0);
    assert.equal(
      (await ask({ weddingDate: '2026-05-02', weddingId: 'w3', vendorType: 'venue' })).timeToLiveSeconds,
      1800,
    );
  });

  for (const [field, value] of Object.entries({
    weddingId: 'w9',
    weddingDate: '2027-05-09',
    vendorType: 'florist',
    location: 'York',
    question: 'Which group portraits come last?',
    model: 'another',
  })) {
    it(`is another question with another ${field}`, async () => {
      await ask();
      assert.equal((await ask({ [field]: value })).source, 'miss');
      assert.equal((await ask()).source, 'hot');
    });
  }
});
