import assert from 'node:assert/strict';
import { type ObjectiveDays, parseInstant } from '@wedsync/domain';
import { MemoryMetrics } from '../../../services/sla-report/src/adapters/memory.ts';
import { measure, QUERIES } from '../../../services/sla-report/src/measure.ts';
import { reportCsv } from '../../../services/sla-report/src/output/csv.ts';
import { parseReport, reportJson } from '../../../services/sla-report/src/output/json.ts';
import { monthPeriod, type Period, saturdayPeriod } from '../../../services/sla-report/src/period.ts';
import { parseExclusions } from '../../../services/sla-report/src/reckoning/exclusions.ts';
import { promisedAt } from '../../../services/sla-report/src/reckoning/windows.ts';
import { buildReport } from '../../../services/sla-report/src/report.ts';
import type { Report } from '../../../services/sla-report/src/schema.ts';
import { fc } from '../../support/property.ts';
import { AGREED, demonstration } from './support/demonstration.ts';
import { memoryOf, NO_BUSY_DAYS, samplesOf, type Shape } from './support/month.ts';

const OCTOBER = monthPeriod('uk-south', '2026-10');
const NOW = Date.parse('2026-11-02T09:00:00Z');
const fine: Shape = () => ({ requests: 1000, bad: 0 });

async function reportOf(
  period: Period,
  shape: Shape,
  { exclusions = '[]', busyDays = NO_BUSY_DAYS } = {},
): Promise<Report> {
  const measurement = await measure(memoryOf(samplesOf(period, shape, busyDays)), period);
  return buildReport({
    ...{ period, measurement, busyDays, now: NOW },
    exclusions: parseExclusions(exclusions, 'the file'),
  });
}

function objective(report: Report, name: string) {
  const found = report.objectives.find((one) => one.name === name);
  assert.ok(found);
  return found;
}

describe('A report', () => {
  let october: Report;
  before(async () => (october = await reportOf(OCTOBER, demonstration, { exclusions: AGREED })));

  it('says what was promised, asked, failed and is unknown', () => {
    const availability = objective(october, 'availability-peak');
    assert.equal(availability.promisedMinutes, (31 * 24 + 1) * 60);
    assert.equal(availability.withExclusions.unknownMinutes, 60);
    assert.equal(availability.excludedMinutes, 60);
    // Half an hour in which a fifth failed, left out or not.
    const { withExclusions, withoutExclusions } = availability;
    const leftOut = 6 * 8300 * 0.2 + 6 * 8300 * 0.00008;
    assert.ok(Math.abs(withoutExclusions.bad - withExclusions.bad - leftOut) < 0.01);
    assert.ok(Math.abs(withoutExclusions.requests - withExclusions.requests - leftOut) < 0.01);
    assert.deepEqual([withExclusions.verdict, withoutExclusions.verdict], ['unproven', 'broken']);
    assert.equal(objective(october, 'availability').withExclusions.verdict, 'not-promised');
  });

  it('has the hours of Saturdays and their nights as a promise of their own', () => {
    const saturdays = 5 * 28 * 60;
    // One night has an hour twice, and the last Saturday’s night lies in November.
    assert.equal(objective(october, 'latency-wedding-day').promisedMinutes, saturdays + 60 - 4 * 60);
    const rest = (31 * 24 + 1) * 60 - (saturdays + 60 - 4 * 60);
    assert.equal(objective(october, 'latency-peak').promisedMinutes, rest);
  });

  it('lists incidents with begin, end and the worst five minutes', () => {
    const [agreed, fault] = objective(october, 'availability-peak').incidents;
    assert.deepEqual(agreed?.exclusions, [0]);
    assert.deepEqual(
      [fault?.from, fault?.until, fault?.minutes, fault?.worstRatio],
      ['2026-10-17T18:20:00.000Z', '2026-10-17T18:45:00.000Z', 25, 0.04],
    );
    assert.equal(october.totals.incidents, 4);
  });

  it('says in one sentence what came of it', () => {
    assert.equal(
      october.verdict,
      'uk-south kept 3 of 4 promises in October 2026, and cannot prove availability-peak, as data is missing; without the exclusions availability-peak would be broken.',
    );
  });

  it('has days that sum up to the period', () => {
    for (const { name, withExclusions, withoutExclusions, promisedMinutes, days } of october.objectives) {
      assert.equal(days.length, 31);
      assert.equal(
        days.reduce((sum, day) => sum + day.promisedMinutes, 0),
        promisedMinutes,
        name,
      );
      for (const [figures, of] of [
        [withExclusions, 'withExclusions'],
        [withoutExclusions, 'withoutExclusions'],
      ] as const) {
        const sum = (figure: 'requests' | 'bad' | 'minutesBelowTarget' | 'unknownMinutes') =>
          days.reduce((total, day) => total + day[of][figure], 0);
        // Each day is rounded to thousandths.
        for (const figure of ['requests', 'bad', 'minutesBelowTarget', 'unknownMinutes'] as const)
          assert.ok(Math.abs(sum(figure) - figures[figure]) < 0.02, `${name} ${figure}`);
      }
    }
  });

  it('is the same whatever the order of samples', async () => {
    const saturday = saturdayPeriod('uk-south', '2026-10-17');
    const samples = samplesOf(saturday, demonstration);
    const build = async (all: typeof samples) =>
      buildReport({
        period: saturday,
        measurement: await measure(memoryOf(all), saturday),
        exclusions: [],
        busyDays: NO_BUSY_DAYS,
        now: NOW,
      });
    const expected = await build(samples);
    const orders = fc.shuffledSubarray(samples, { minLength: samples.length });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => assert.deepEqual(await build(order), expected)),
      { numRuns: 10 },
    );
  });

  it('is as its schema says, and reads back', () => {
    assert.deepEqual(parseReport(reportJson(october), 'report.json'), october);
    const wrong = reportJson(october).replace('"kind": "month"', '"kind": "week"');
    assert.throws(() => parseReport(wrong, 'report.json'), /report\.json is no report of this version: .*kind/);
  });

  it('never takes a gap for good, also where not even the calendar was recorded', async () => {
    const none = parseInstant('2026-10-10T12:00', 'Europe/London') ?? NaN;
    const report = await reportOf(OCTOBER, (name, begins) => (begins >= none ? undefined : fine(name, begins)));
    for (const name of ['availability-peak', 'latency-wedding-day', 'hit-rate']) {
      const { withExclusions, promisedMinutes, measuredMinutes } = objective(report, name);
      assert.equal(withExclusions.unknownMinutes, promisedMinutes - measuredMinutes);
      assert.deepEqual([withExclusions.share, withExclusions.verdict], [1, 'unproven']);
    }
  });

  it('knows in a gap of the same wedding days as the region’s rules: Saturdays, and days that the bookings mark as busy', async () => {
    const busyDays = new Set(['2026-08-07']);
    const august = monthPeriod('uk-south', '2026-08');
    const none = parseInstant('2026-08-06T12:00', 'Europe/London') ?? NaN;
    const [recorded, gap] = await Promise.all([
      reportOf(august, fine, { busyDays }),
      reportOf(august, (name, begins) => (begins >= none ? undefined : fine(name, begins)), { busyDays }),
    ]);
    for (const name of ['latency-wedding-day', 'latency-peak', 'availability-peak'])
      assert.deepEqual(
        objective(gap, name).days.map(({ promisedMinutes }) => promisedMinutes),
        objective(recorded, name).days.map(({ promisedMinutes }) => promisedMinutes),
        name,
      );
    // The busy Friday's night is part of the Saturday after it.
    assert.equal(objective(gap, 'latency-wedding-day').promisedMinutes, (5 * 28 + 24) * 60);
    assert.match(gap.measurement.notes.join('\n'), /days that the bookings mark as busy/);
  });

  it('takes figures that are none for a gap', async () => {
    const saturday = saturdayPeriod('uk-south', '2026-10-17');
    const samples = samplesOf(saturday, fine).map((sample) =>
      sample.series.includes('bad') && sample.slo === 'hit-rate' ? { ...sample, value: NaN } : sample,
    );
    const measurement = await measure(memoryOf(samples), saturday);
    const report = buildReport({ period: saturday, measurement, exclusions: [], busyDays: NO_BUSY_DAYS, now: NOW });
    assert.equal(objective(report, 'hit-rate').withExclusions.unknownMinutes, 28 * 60);
  });

  it('keeps all when all went well', async () => {
    const report = await reportOf(saturdayPeriod('eu-west', '2026-10-24'), fine);
    assert.equal(report.verdict, 'eu-west kept 3 of 3 promises on Saturday 24 October 2026.');
    assert.equal(objective(report, 'latency-wedding-day').promisedMinutes, 29 * 60);
    assert.deepEqual([report.totals.bad, report.totals.incidents, report.totals.unknownMinutes], [0, 0, 0]);
  });

  it('says by how much a promise was broken', async () => {
    const report = await reportOf(saturdayPeriod('uk-south', '2026-10-17'), (name) => ({
      requests: 1000,
      bad: name === 'hit-rate' ? 100 : 0,
    }));
    assert.equal(
      report.verdict,
      'uk-south kept 2 of 3 promises on Saturday 17 October 2026, and broke hit-rate (90.000 % instead of 95 %).',
    );
    assert.equal(objective(report, 'hit-rate').withExclusions.budgetSpent, 2);
  });

  it('says from when on Prometheus knows anything, how long it keeps it, and by which target the region measured itself', async () => {
    const begins = parseInstant('2026-10-20T00:00', 'Europe/London') ?? NaN;
    const samples = samplesOf(OCTOBER, (_, at) => (at < begins ? undefined : { requests: 1, bad: 0 }));
    const other = samples.map((sample) =>
      sample.series.endsWith('objective') && sample.slo === 'hit-rate' ? { ...sample, value: 0.9 } : sample,
    );
    const measurement = await measure(memoryOf(other, '15d'), OCTOBER);
    const { notes } = buildReport({
      period: OCTOBER,
      measurement,
      exclusions: [],
      busyDays: NO_BUSY_DAYS,
      now: NOW,
    }).measurement;
    assert.match(notes.join('\n'), /nothing of the period before Tuesday 20 October 2026 00:00 BST, and keeps 15d/);
    assert.match(notes.join('\n'), /another target of hit-rate at times \(0\.9\); here it is held against 0\.95/);
  });

  it('is as CSV a row for each promise and day', () => {
    const lines = reportCsv(october).split('\r\n');
    assert.equal(lines.pop(), '');
    const [header = '', ...rows] = lines.map((line) => line.split(','));
    assert.equal(rows.length, 31 * 6);
    assert.ok(rows.every((row) => row.length === header.length));
    const summed = rows
      .filter((row) => row[header.indexOf('objective')] === 'hit-rate')
      .reduce((sum, row) => sum + Number(row[header.indexOf('requests')]), 0);
    assert.ok(Math.abs(summed - objective(october, 'hit-rate').withExclusions.requests) < 0.02);
  });
});

describe('Measuring', () => {
  const saturday = saturdayPeriod('uk-south', '2026-10-17');

  it('says what is there when nothing is', async () => {
    await assert.rejects(
      measure(new MemoryMetrics('15d'), saturday),
      /memory holds nothing of the objectives from 2026-10-16T23:00:00.000Z to .*It keeps 15d: for an older period/,
    );
  });

  it('refuses a Prometheus that collects several regions', async () => {
    const metrics = memoryOf(samplesOf(saturday, fine));
    const twice = await metrics.range(QUERIES.total, {
      from: saturday.from / 1000,
      until: saturday.until / 1000,
      step: 300,
    });
    metrics.put(QUERIES.total, [...twice, ...twice]);
    await assert.rejects(measure(metrics, saturday), /2 series for availability-peak .*the Prometheus of one region/);
  });

  it('asks by the week, and tells how far it is', async () => {
    const metrics = memoryOf(samplesOf(OCTOBER, fine));
    const told: string[] = [];
    await measure(metrics, OCTOBER, (done, all) => told.push(`${done}/${all}`));
    assert.deepEqual([metrics.asked, told.at(-1)], [20, '20/20']);
  });
});

describe('What is promised, by the calendar alone', () => {
  const on = (text: string) => parseInstant(text, 'Europe/London') ?? NaN;

  it('holds a Saturday until the night after it is over', () => {
    const calendar = { zone: 'Europe/London', busyDays: NO_BUSY_DAYS } as const;
    const promised = (text: string) => promisedAt('wedding-day', on(text), calendar);
    assert.deepEqual(['2026-10-30T23:59', '2026-10-31T00:00', '2026-11-01T03:59', '2026-11-01T04:00'].map(promised), [
      false,
      true,
      true,
      false,
    ]);
    // 01:30 comes twice in this night, and both belong to the Saturday.
    const twice = ['2026-10-25T01:30+01:00', '2026-10-25T01:30+00:00', '2026-10-25T03:30+00:00'];
    assert.deepEqual(twice.map(promised), [true, true, true]);
  });

  it('holds a day that the bookings mark as busy as long, on whatever weekday', () => {
    const calendar = { zone: 'Europe/London', busyDays: new Set(['2026-08-12']) } as const;
    const times = ['2026-08-11T23:59', '2026-08-12T00:00', '2026-08-13T03:59', '2026-08-13T04:00'].map(on);
    const promised = (days: ObjectiveDays) => times.map((time) => promisedAt(days, time, calendar));
    assert.deepEqual(promised('wedding-day'), [false, true, true, false]);
    assert.deepEqual(promised('peak-other-days'), [true, false, false, true]);
  });
});

describe('The file of exclusions', () => {
  const entry = { from: '2026-10-13T02:00+01:00', until: '2026-10-13T03:00+01:00', reason: 'a', approvedBy: 'b' };
  const parse = (...entries: unknown[]) => parseExclusions(JSON.stringify(entries), 'agreed.json');

  it('is read', () => {
    const [found] = parse(entry);
    assert.deepEqual(found, { ...entry, from: Date.UTC(2026, 9, 13, 1), until: Date.UTC(2026, 9, 13, 2) });
  });

  it('is refused with file, entry and reason', () => {
    assert.throws(() => parse({ ...entry, reason: ' ' }), /agreed\.json at \/0\/reason .*Allowed: a list/);
    assert.throws(() => parse({ ...entry, approvedBy: undefined }), /agreed\.json at \/0 .*approvedBy/);
    assert.throws(() => parse({ ...entry, aproved: 'b' }), /agreed\.json at \/0/);
    assert.throws(
      () => parse(entry, { ...entry, from: '2026-10-13T02:00' }),
      /entry 2: from is "2026-10-13T02:00".*offset/,
    );
    assert.throws(() => parse({ ...entry, until: entry.from }), /entry 1: until is .*Allowed: an instant after/);
    assert.throws(() => parseExclusions('[', 'agreed.json'), /agreed\.json is no JSON/);
  });
});
