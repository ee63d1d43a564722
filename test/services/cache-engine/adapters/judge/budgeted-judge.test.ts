import assert from 'node:assert/strict';
import { BudgetedJudge } from '../../../../../services/cache-engine/src/adapters/openai/budgeted-judge.ts';
import { JudgeOverBudget, type Judge, type Verdict } from '../../../../../services/cache-engine/src/ports/judge.ts';
import { OriginError, type OriginFailure } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { fc } from '../../../../support/property.ts';
import { deferred, TestClock } from '../../support/doubles.ts';

const pair = { stored: 'When is sunset?', asked: 'What time does the sun set?' };
const never = new AbortController().signal;

class ScriptedJudge implements Judge {
  readonly name = 'scripted/1';
  calls = 0;
  script: () => Promise<Verdict> = async () => ({ verdict: 'same', cost: 0.01 });

  judge(): Promise<Verdict> {
    this.calls++;
    return this.script();
  }
}

describe('a judge with a budget', () => {
  let inner: ScriptedJudge;
  let clock: TestClock;
  const budgeted = (callsPerMinute: number, dollarsPerDay: number) =>
    new BudgetedJudge(inner, { callsPerMinute, dollarsPerDay }, clock);
  const over = (limit: JudgeOverBudget['limit']) => (error: unknown) =>
    error instanceof JudgeOverBudget && error.limit === limit;

  beforeEach(() => {
    inner = new ScriptedJudge();
    clock = new TestClock('2026-06-13T12:00:00Z');
  });

  it('says what the judge says, under its name', async () => {
    const judge = budgeted(1, 1);
    assert.deepEqual([judge.name, await judge.judge(pair, never)], ['scripted/1', { verdict: 'same', cost: 0.01 }]);
  });

  it('is asked so often in any minute and no more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(40), { maxLength: 40 }),
        async (most, pauses) => {
          const judge = budgeted(most, 1_000);
          const asked: number[] = [];
          for (const pause of pauses) {
            clock.pass(pause);
            const within = asked.filter((at) => at > clock.now() - 60_000).length;
            const said = await judge.judge(pair, never).catch((error: unknown) => error);
            assert.equal(said instanceof JudgeOverBudget, within >= most);
            if (within < most) asked.push(clock.now());
          }
          clock.pass(60);
        },
      ),
    );
  });

  it('spends so much in a day and no more', async () => {
    clock = new TestClock('2026-06-13T21:00:00Z');
    const judge = budgeted(1_000, 0.05);
    for (let i = 0; i < 5; i++) await judge.judge(pair, never);
    await assert.rejects(judge.judge(pair, never), over('dollars'));
    assert.equal(inner.calls, 5);
    clock.pass(3 * 3600);
    await judge.judge(pair, never);
    assert.equal(judge.spentToday, 0.01);
  });

  it('does not spend with calls at the same time what each could have spent alone', async () => {
    const judge = budgeted(1_000, 0.035);
    await judge.judge(pair, never);
    const answered = deferred();
    inner.script = async () => (await answered.promise, { verdict: 'same', cost: 0.01 });
    const all = Promise.allSettled(Array.from({ length: 10 }, () => judge.judge(pair, never)));
    answered.resolve();
    assert.equal((await all).filter(({ status }) => status === 'fulfilled').length, 2);
    assert.ok(judge.spentToday <= 0.035);
  });

  it('takes a judgement of unknown cost for a tenth of a cent', async () => {
    inner.script = async () => ({ verdict: 'same' });
    const judge = budgeted(1_000, 0.0035);
    for (let i = 0; i < 3; i++) await judge.judge(pair, never);
    await assert.rejects(judge.judge(pair, never), over('dollars'));
  });

  const failures: readonly [OriginFailure, spent: number][] = [
    ['unavailable', 0],
    ['limited', 0],
    ['refused', 0],
    ['timeout', 0.001],
    ['no-answer', 0.001],
  ];
  for (const [failure, spent] of failures) {
    it(`counts ${spent === 0 ? 'nothing' : 'what it may have cost'} for a judgement that failed with “${failure}”`, async () => {
      inner.script = () => Promise.reject(new OriginError(failure, 'no'));
      const judge = budgeted(1_000, 1);
      await assert.rejects(judge.judge(pair, never), { failure });
      assert.equal(judge.spentToday, spent);
    });
  }

  it('asks nobody without money', async () => {
    await assert.rejects(budgeted(1_000, 0).judge(pair, never), over('dollars'));
    await assert.rejects(budgeted(0, 1).judge(pair, never), over('calls'));
    assert.equal(inner.calls, 0);
  });
});
