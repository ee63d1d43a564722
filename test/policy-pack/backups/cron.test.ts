import assert from 'node:assert/strict';
import { longestGap } from '../../../policy-pack/backups/cron.ts';

const DAY = 1440;

describe('The longest time between two runs of a schedule', () => {
  for (const [schedule, minutes] of [
    ['*/15 * * * *', 15],
    ['* * * * *', 1],
    ['0,15,30,45 * * * *', 15],
    ['0,15,30 * * * *', 30],
    ['5 * * * *', 60],
    ['7/20 * * * *', 20],
    ['0-30/10 * * * *', 30],
    ['*/25 * * * *', 25],
    ['*/15 */1 * * ?', 15],
    ['CRON_TZ=Europe/London */10 * * * *', 10],
    ['*/5 9-17 * * *', DAY],
    ['*/5 * * * 1-5', DAY],
    ['@every 15m', 15],
    ['@every 1h30m', 90],
    ['@every 30s', 0.5],
    ['@hourly', 60],
    ['@weekly', 7 * DAY],
  ] as const) {
    it(`of "${schedule}" is ${minutes} minutes`, () => {
      assert.equal(longestGap(schedule), minutes);
    });
  }

  it('is not told of what is no schedule', () => {
    for (const text of ['', 'often', '61 * * * *', '* * * *', '@every', 'a * * * *']) {
      assert.equal(longestGap(text), undefined, text);
    }
  });
});
