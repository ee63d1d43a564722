import assert from 'node:assert/strict';
import { measure } from '../../../services/sla-report/src/measure.ts';
import { reportPdf } from '../../../services/sla-report/src/output/pdf/report-pdf.ts';
import { monthPeriod, saturdayPeriod, type Period } from '../../../services/sla-report/src/period.ts';
import { parseExclusions } from '../../../services/sla-report/src/reckoning/exclusions.ts';
import { buildReport } from '../../../services/sla-report/src/report.ts';
import { AGREED, demonstration } from './support/demonstration.ts';
import { memoryOf, NO_BUSY_DAYS, samplesOf, type Shape } from './support/month.ts';

const KEY = { keyId: 'a-key-id' };

async function reportOf(period: Period, shape: Shape, exclusions = '[]') {
  const measurement = await measure(memoryOf(samplesOf(period, shape)), period);
  const now = period.until + 3_600_000;
  return buildReport({
    period,
    measurement,
    exclusions: parseExclusions(exclusions, 'the file'),
    busyDays: NO_BUSY_DAYS,
    now,
  });
}

/** The text of a PDF that is not compressed: hexadecimal strings of standard fonts, a line for each that was drawn. */
function textOf(pdf: Buffer): string {
  const drawn = [...pdf.toString('latin1').matchAll(/\[(.*?)\] TJ/g)].map(([, parts = '']) =>
    [...parts.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(''),
  );
  return drawn.join('\n');
}

function pagesOf(pdf: Buffer): number {
  return [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;
}

describe('The report as PDF', () => {
  it('has the figures, the incidents, the exclusions and how they came about', async () => {
    const report = await reportOf(monthPeriod('uk-south', '2026-10'), demonstration, AGREED);
    const pdf = await reportPdf(report, { ...KEY, compress: false });
    const text = textOf(pdf).replaceAll(/\s+/g, ' ');
    for (const words of [
      'Service level report',
      'uk-south (London), October 2026',
      '97,996,436',
      '99.98 %',
      '99.986 %',
      '99.976 %',
      'unproven',
      '34.6 % left',
      'Sat 17 Oct 19:20 BST',
      'availability-peak: 9,964',
      'Head of operations',
      'Europe/London',
      'a-key-id',
      'Not promised at any time of the period: availability, latency.',
      'Page 2 of 2',
    ])
      assert.ok(text.includes(words), `${words} is missing in\n${text}`);
    assert.equal(pagesOf(pdf), 2);
  });

  it('is the same to the byte for the same report, and carries the time of the report', async () => {
    const report = await reportOf(saturdayPeriod('uk-south', '2026-10-17'), demonstration);
    const [one, other] = [await reportPdf(report, KEY), await reportPdf(report, KEY)];
    assert.ok(one.equals(other));
    assert.ok(one.toString('latin1').includes('(D:20261018040000Z)'));
  });

  it('says so when nothing was amiss', async () => {
    const report = await reportOf(saturdayPeriod('eu-west', '2026-11-07'), () => ({ requests: 500, bad: 0 }));
    const pdf = await reportPdf(report, { ...KEY, compress: false });
    assert.match(textOf(pdf), /100\.0 % left/);
    assert.match(textOf(pdf), /None: every failed request counts\./);
    assert.ok(pagesOf(pdf) <= 2);
  });

  it('shows no budget of what was never measured', async () => {
    const report = await reportOf(saturdayPeriod('uk-south', '2026-10-17'), (name) =>
      name === 'hit-rate' ? undefined : { requests: 500, bad: 0 },
    );
    const text = textOf(await reportPdf(report, { ...KEY, compress: false }));
    assert.match(text, /not measured/);
    assert.match(text, /cannot prove hit-rate/);
  });

  it('stays short in a month of trouble, and says where the rest is', async () => {
    const hourly: Shape = (_, begins) => ({ requests: 1000, bad: (begins / 300_000) % 12 === 0 ? 900 : 0 });
    const report = await reportOf(monthPeriod('uk-south', '2026-10'), hourly);
    const pdf = await reportPdf(report, { ...KEY, compress: false });
    assert.match(textOf(pdf), /overspent: \d+\.\d times the budget/);
    assert.match(textOf(pdf), /The 15 with the most failed requests; all \d+ stand in report\.json\./);
    assert.ok(pagesOf(pdf) <= 3);
  });
});
