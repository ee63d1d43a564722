import assert from 'node:assert/strict';
import { seasonAt, SATURDAY_HOURS, type TimeZone } from '@wedsync/domain';
import { DateTime } from 'luxon';
import { peakSeason, weddingDay } from '../../../components/monitoring/calendar.ts';
import { TestPrometheus } from '../../support/prometheus.ts';

const BUSY = '2027-05-02';
const HOUR_SECONDS = 3600;

/** What the calendar says by a library of time zones: Saturdays and busy days, and the night after each. */
function isWeddingDay(zone: TimeZone, seconds: number): boolean {
  const local = DateTime.fromSeconds(seconds, { zone });
  const evening = local.hour < SATURDAY_HOURS.sundayUntil ? local.minus({ days: 1 }) : local;
  return [local, evening].some((day) => day.weekday === 6 || day.toISODate() === BUSY);
}

describe("a region's calendar in Prometheus", function () {
  this.timeout(60_000);
  let prometheus: TestPrometheus;
  before(async () => {
    prometheus = await TestPrometheus.start('groups: []\n');
  });
  after(() => prometheus.stop());

  /** The values of an expression, every two hours of a year. */
  async function overYear(expr: string, year: number): Promise<[seconds: number, value: number][]> {
    const query = new URLSearchParams({
      query: expr,
      start: String(Date.UTC(year) / 1000),
      end: String(Date.UTC(year + 1) / 1000),
      step: String(2 * HOUR_SECONDS),
    });
    const answer = await fetch(`${prometheus.url}/api/v1/query_range?${query.toString()}`);
    const { data } = (await answer.json()) as { data: { result: { values: [number, string][] }[] } };
    assert.equal(data.result.length, 1, expr);
    return (data.result[0]?.values ?? []).map(([seconds, value]) => [seconds, Number(value)]);
  }

  const years = { 'Europe/London': [2025, 2031], 'Europe/Dublin': [2027, 2027] } as const;
  for (const zone of ['Europe/London', 'Europe/Dublin'] as const) {
    const [first, last] = years[zone];
    it(`has the wedding days of ${zone}, in summer time and out of it, from ${first} to ${last}`, async () => {
      const expr = weddingDay('vector(time())', { zone, busyDays: new Set([BUSY]), instant: 0 });
      for (let year: number = first; year <= last; year++) {
        const values = await overYear(expr, year);
        assert.ok(values.length > 4000);
        const wrong = values.filter(([seconds, value]) => (value === 1) !== isWeddingDay(zone, seconds));
        assert.deepEqual(
          wrong.map(([seconds]) => new Date(seconds * 1000).toISOString()),
          [],
        );
      }
    });
  }

  it('has a Saturday in summer from Friday 23:00 UTC to Sunday 03:00 UTC, to the second', async () => {
    const expr = weddingDay('vector(time())', { zone: 'Europe/London', busyDays: new Set(), instant: 0 });
    const at = async (instant: string) => {
      const query = new URLSearchParams({ query: expr, time: instant });
      const answer = await fetch(`${prometheus.url}/api/v1/query?${query.toString()}`);
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return Number(data.result[0]?.value[1]);
    };
    assert.equal(await at('2027-07-16T22:59:59Z'), 0);
    assert.equal(await at('2027-07-16T23:00:00Z'), 1);
    assert.equal(await at('2027-07-18T02:59:59Z'), 1);
    assert.equal(await at('2027-07-18T03:00:00Z'), 0);
    // The clocks went back on the Sunday of this night, an hour before it ended.
    assert.equal(await at('2027-10-31T03:59:59Z'), 1);
    assert.equal(await at('2027-10-31T04:00:00Z'), 0);
  });

  it('has the peak season by the clocks of the region', async () => {
    for (const [seconds, value] of await overYear(peakSeason('vector(time())'), 2027)) {
      const expected = seasonAt(seconds * 1000, 'Europe/London') === 'peak';
      assert.equal(value === 1, expected, new Date(seconds * 1000).toISOString());
    }
  });

  it('forgets a busy day that lies behind when the rules are made', () => {
    const made = (instant: string) =>
      weddingDay('vector(time())', { zone: 'Europe/London', busyDays: new Set([BUSY]), instant: Date.parse(instant) });
    const without = weddingDay('vector(time())', { zone: 'Europe/London', busyDays: new Set(), instant: 0 });
    assert.notEqual(made('2027-05-03T02:59:59Z'), without);
    assert.equal(made('2027-05-03T03:00:00Z'), without);
  });
});
