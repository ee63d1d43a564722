import assert from 'node:assert/strict';
import { startOfDate } from '@wedsync/domain';
import {
  daysOfHours,
  type HistoryHour,
  historyFromPrometheus,
  mergeHistories,
  parseHistories,
  seriesOf,
  type RangeQueries,
  toCsv,
  toJson,
} from '@wedsync/season-analytics';
import { isSaturdayDate } from '../../../services/season-analytics/src/calendar/day.ts';
import { history } from './support.ts';

const HOUR = 3_600_000;

describe('a history', () => {
  const two = [history('uk-south', { last: '2023-11-20' }), history('eu-west', { last: '2023-11-20', seed: 2 })];

  for (const [form, write] of [
    ['CSV', toCsv],
    ['JSON', toJson],
  ] as const) {
    it(`comes back from ${form} as it was, and a generated one stays named so`, () => {
      assert.deepEqual(
        JSON.parse(JSON.stringify(parseHistories(write(two), 'a file'))),
        JSON.parse(JSON.stringify(two)),
      );
      assert.match(
        parseHistories(write(two), 'a file')[0]?.origin.words ?? '',
        /^made up for demonstration .* nothing of it measured \(seed 1\)/,
      );
    });
  }

  it('says what it is made from when it is generated', () => {
    const { origin } = history('uk-south', { saturdayShare: 0.419 });
    assert.equal(origin.kind, 'generated');
    assert.match(
      origin.words,
      /growth 10 % a year, hit rate 95 %, 200,000 weddings a year, 41\.9 % of them on Saturdays/,
    );
  });

  it('has the shares of weekday and month that it names, and as many weddings a year', () => {
    const { days } = history('uk-south', { first: '2023-01-01', last: '2025-12-31', saturdayShare: 0.419 });
    const total = (of: (date: string) => boolean) =>
      days.filter(({ date }) => of(date)).reduce((sum, { weddings = 0 }) => sum + weddings, 0);
    const all = total(() => true);
    const near = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual / expected - 1) < 0.02, `${actual}, not ${expected}`);
    near(all / 3, 200_000);
    near(total(isSaturdayDate) / all, 0.419);
    near(total((date) => new Date(date).getUTCDay() === 5) / all, (17 / 37) * 0.581);
    // Months have four Saturdays or five.
    assert.ok(Math.abs(total((date) => date.slice(5, 7) === '08') / all - 0.14) < 0.01);
  });

  it('may leave out figures and days, in any order, and knows its region and zone', () => {
    const [one] = parseHistories(
      'date,region,queries,weddings\n2026-04-18,eu-west,7,\n2026-04-16,eu-west,5,2\n',
      'x.csv',
    );
    assert.deepEqual(one?.days, [
      { date: '2026-04-16', queries: 5, weddings: 2 },
      { date: '2026-04-18', queries: 7 },
    ]);
    assert.ok(one);
    assert.deepEqual([one.zone, one.origin], ['Europe/Dublin', { kind: 'file', words: 'x.csv' }]);
    assert.equal(seriesOf(one).name, 'queries of eu-west, x.csv; 1 day between is missing');
    assert.deepEqual([...seriesOf(one, 'weddings').values.values()], [2]);
    const bare = { ...one, days: [{ date: '2026-04-16', queries: 5 }] };
    assert.throws(() => seriesOf(bare, 'weddings'), {
      name: 'UserError',
      message: 'The history of eu-west knows no weddings.',
    });
  });

  const wrong: [text: string, says: RegExp][] = [
    ['day,queries\n', /^x: The first line is "day,queries"\. Allowed: region,date,queries/],
    ['region,date,queries\nparis,2026-01-01,1\n', /^x: The region is "paris"\. Allowed: uk-south, uk-west, eu-west\.$/],
    ['region,date,queries\nuk-west,2026-02-29,1\n', /^x: A date is "2026-02-29"\./],
    ['region,date,queries\nuk-west,2026-01-01,many\n', /^x: queries of 2026-01-01 is null\. Allowed: a number\.$/],
    ['region,date,queries\nuk-west,2026-01-01,-1\n', /^x: queries of 2026-01-01 is -1\. Allowed: a number from 0\.$/],
    ['region,date,queries\nuk-west,2026-01-01\n', /^x: line 2 has 2 cells\. Allowed: 3/],
    ['region,date,queries\nuk-west,2026-01-01,1\nuk-west,2026-01-01,1\n', /^x: 2026-01-01 comes twice\./],
    ['region,date,queries,hitRate\nuk-west,2026-01-01,1,95\n', /^x: hitRate of 2026-01-01 is 95\. Allowed: a share/],
    ['{"days":[]}', /^x: There is no list "histories" in it\.$/],
    ['{', /^x: /],
  ];
  for (const [text, message] of wrong) {
    it(`is refused in words: ${message.source}`, () => {
      assert.throws(() => parseHistories(text, 'x'), { name: 'UserError', message });
    });
  }
});

describe('histories of one region', () => {
  const part = (first: string, last: string) => history('uk-south', { first, last });

  it('are put together in the order of time, other regions beside them, and stay named as made up', () => {
    const measured = parseHistories('region,date,queries\nuk-south,2023-11-21,5\n', 'november.csv');
    const [south, west, ...more] = mergeHistories([
      ...measured,
      history('uk-west', { last: '2023-11-02' }),
      part('2023-11-01', '2023-11-20'),
    ]);
    assert.deepEqual([south?.region, west?.region, more], ['uk-south', 'uk-west', []]);
    assert.deepEqual([south?.days.length, south?.days.at(-1)], [21, { date: '2023-11-21', queries: 5 }]);
    assert.equal(south?.origin.kind, 'generated');
    assert.match(south?.origin.words ?? '', /^november\.csv and made up for demonstration/);
  });

  it('are refused where a day is in two of them', () => {
    assert.throws(() => mergeHistories([part('2023-11-01', '2023-11-20'), part('2023-11-20', '2023-11-22')]), {
      name: 'UserError',
      message: '2023-11-20 comes twice. Allowed: each day once.',
    });
  });
});

describe('hours as days', () => {
  const hoursFrom = (from: number, count: number): HistoryHour[] =>
    Array.from({ length: count }, (_, index) => ({ begins: from + index * HOUR, queries: 10, hits: 9 }));

  it('follow the clocks of the region through the change of summer time', () => {
    const days = daysOfHours(hoursFrom(startOfDate('Europe/London', '2026-03-28'), 24 + 23 + 24), 'Europe/London');
    assert.deepEqual(
      days.map(({ date, queries }) => [date, queries]),
      [
        ['2026-03-28', 240],
        ['2026-03-29', 230],
        ['2026-03-30', 240],
      ],
    );
    const autumn = daysOfHours(hoursFrom(startOfDate('Europe/Dublin', '2026-10-25'), 25), 'Europe/Dublin');
    assert.deepEqual(autumn, [{ date: '2026-10-25', queries: 250, hitRate: 0.9, peakHourShare: 0.04 }]);
  });

  it('leave out a day that is not there whole', () => {
    const from = startOfDate('Europe/London', '2026-06-01');
    const hours = hoursFrom(from + 5 * HOUR, 19 + 24 + 24).filter(({ begins }) => begins !== from + 50 * HOUR);
    assert.deepEqual(
      daysOfHours(hours, 'Europe/London').map(({ date }) => date),
      ['2026-06-02'],
    );
  });
});

describe('a history from Prometheus', () => {
  const asked: string[] = [];
  const prometheus = (values: (at: number, hits: boolean) => number | undefined): RangeQueries => ({
    name: 'http://prometheus.test',
    async range(expression, { from, to, step }) {
      asked.push(expression);
      const points = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
      assert.ok(points.length <= 11_000, 'Prometheus refuses more points');
      return new Map(
        points.flatMap((at) => {
          const value = values(at, expression.includes('source!~'));
          return value === undefined ? [] : [[at, value] as const];
        }),
      );
    },
  });
  const of = (from: string, to: string) => ({
    region: 'uk-south' as const,
    from: Date.parse(from),
    to: Date.parse(to),
  });

  it('counts the hour before each point, misses and bypasses as no hits, and whole days only', async () => {
    const { days, origin } = await historyFromPrometheus(
      prometheus((at, hits) => (hits ? 80 : at === Date.parse('2026-06-02T13:00Z') ? 300 : 100)),
      { answers: 'answers_total' },
      of('2026-06-01T10:20Z', '2026-06-04T10:00Z'),
    );
    assert.deepEqual(
      days.map(({ date, queries }) => [date, queries]),
      [
        ['2026-06-02', 2600],
        ['2026-06-03', 2400],
      ],
    );
    assert.equal(days[0]?.peakHourShare, 300 / 2600);
    assert.equal(days[1]?.hitRate, 0.8);
    assert.deepEqual(origin, { kind: 'prometheus', words: 'measured by http://prometheus.test' });
    assert.ok(asked.includes('sum(increase(answers_total{source!~"miss|bypass"}[1h]))'));
  });

  it('asks for years piece by piece', async () => {
    const { days } = await historyFromPrometheus(
      prometheus(() => 1),
      { answers: 'a' },
      of('2023-01-01T00:00Z', '2026-01-01T00:00Z'),
    );
    assert.equal(days.length, 3 * 365 + 1);
    assert.equal(new Set(days.map(({ queries }) => queries)).has(24), true);
  });

  it('says so when nothing was measured', async () => {
    await assert.rejects(
      historyFromPrometheus(
        prometheus(() => undefined),
        { answers: 'a' },
        of('2026-06-01T00:00Z', '2026-06-04T00:00Z'),
      ),
      {
        name: 'UserError',
        message: /^http:\/\/prometheus\.test knows no whole day of a in that time \(0 hours\)/,
      },
    );
  });
});
