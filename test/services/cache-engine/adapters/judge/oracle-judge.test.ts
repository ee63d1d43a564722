import assert from 'node:assert/strict';
import { OracleJudge } from '../../../../../services/cache-engine/src/adapters/memory/oracle-judge.ts';

const pairs = Array.from({ length: 2_000 }, (_, at) => ({ stored: `${at}`, asked: `${at % 2}` }));
const same = ({ asked }: { asked: string }) => asked === '0';

/** The share of an oracle's verdicts that are wrong. */
async function wrongAt(errorRate: number): Promise<number> {
  let state = 1;
  // Park and Miller's generator: the same draws in every run.
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const judge = new OracleJudge({ same, errorRate, random });
  let wrong = 0;
  for (const pair of pairs) if (((await judge.judge(pair)).verdict === 'same') !== same(pair)) wrong++;
  assert.equal(judge.calls, pairs.length);
  return wrong / pairs.length;
}

describe('an oracle', () => {
  it('knows the truth when it does not err, and its opposite when it always does', async () => {
    assert.equal(await wrongAt(0), 0);
    assert.equal(await wrongAt(1), 1);
  });

  it('errs about as often as it is told to', async () => {
    const share = await wrongAt(0.05);
    assert.ok(share > 0.03 && share < 0.07, `${share}`);
  });
});
