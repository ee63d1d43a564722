/** The report for people: A4, standard fonts. */
import { dateIn, describeInstant, regionIdentity, SLOW_PAGE_BURN, type TimeZone } from '@wedsync/domain';
import { DateTime } from 'luxon';
import { describePeriod, type Period } from '../../period.ts';
import { LEAST_BAD, MERGED_MINUTES } from '../../reckoning/incidents.ts';
import type { ObjectiveReport, Report } from '../../schema.ts';
import { SIGNING_FILES } from '../../signing/names.ts';
import { duration, percent, target, whole } from '../../words.ts';
import { budgetBars } from './budget-bars.ts';
import { BODY, COLOURS, Sheet, SMALL } from './sheet.ts';
import { type Cell, type Column, table } from './table.ts';

/** Incidents on paper; all of them stand in report.json. */
const MOST_INCIDENTS = 15;

const VERDICT_WORDS = {
  kept: 'kept',
  unproven: 'unproven',
  broken: 'broken',
  'not-promised': 'not promised',
} as const;

export interface PdfOptions {
  /** Thumbprint of the key that signs the folder. */
  readonly keyId: string;
  /** Off only where a test reads the text. @default true */
  readonly compress?: boolean;
}

/** The same report and key give the same bytes. */
export async function reportPdf(report: Report, { keyId, compress = true }: PdfOptions): Promise<Buffer> {
  const title = `Service level report: ${report.region}, ${describePeriod(report.period)}`;
  const sheet = new Sheet({ title, created: new Date(report.generatedAt), compress });
  top(sheet, report);
  figures(sheet, report);
  promises(sheet, report);
  incidents(sheet, report);
  exclusions(sheet, report);
  measured(sheet, report);
  signature(sheet, report, keyId);
  return sheet.end(title);
}

function top(sheet: Sheet, { region, zone, period, generatedAt, verdict, totals }: Report): void {
  sheet.say('WedSync AI cache platform', SMALL, 2);
  sheet.say('Service level report', { size: 20, bold: true }, 2);
  sheet.say(`${region} (${regionIdentity(region).place}), ${describePeriod(period)}`, { size: 13 }, 4);
  const times = [period.from, period.until, generatedAt].map((text) =>
    describeInstant(Date.parse(text), zone as TimeZone),
  );
  sheet.say(`${times[0]} to ${times[1]}${period.complete ? '' : ' (it goes on)'}. Made ${times[2]}.`, SMALL, 10);

  const { broken, unproven } = totals.objectives;
  const colour = broken > 0 ? COLOURS.broken : unproven > 0 ? COLOURS.unproven : COLOURS.kept;
  const look = { size: 11, bold: true };
  const height = sheet.heightOf(verdict, look, sheet.width - 24) + 16;
  sheet.fill(sheet.left, sheet.y, sheet.width, height, COLOURS.pale);
  sheet.fill(sheet.left, sheet.y, 4, height, colour);
  sheet.put(verdict, look, sheet.left + 14, sheet.y + 9, sheet.width - 24);
  sheet.y += height + 12;
}

function figures(sheet: Sheet, { totals }: Report): void {
  const shown = [
    [whole(totals.requests), 'requests'],
    [whole(totals.bad), 'not answered'],
    [String(totals.incidents), totals.incidents === 1 ? 'incident' : 'incidents'],
    [duration(totals.incidentMinutes), 'in incidents'],
    [duration(totals.unknownMinutes), 'without data'],
  ] as const;
  const width = sheet.width / shown.length;
  shown.forEach(([figure, word], index) => {
    const x = sheet.left + index * width;
    sheet.put(figure, { size: 14, bold: true }, x, sheet.y, width - 6);
    sheet.put(word, SMALL, x, sheet.y + 18, width - 6);
  });
  sheet.y += 30;
}

function promises(sheet: Sheet, { objectives, exclusions: left }: Report): void {
  sheet.heading('Promises', 80);
  const right = 'right' as const;
  const columns: Column[] = [
    { title: 'Promise', share: left.length > 0 ? 27 : 37 },
    { title: 'Target', share: 9, align: right },
    { title: 'Reached', share: 10, align: right },
    ...(left.length > 0 ? [{ title: 'Without exclusions', share: 11, align: right }] : []),
    { title: 'Requests', share: 12, align: right },
    { title: 'Failed', share: 12, align: right },
    { title: 'Below target', share: 10, align: right },
    { title: 'Verdict', share: 12, align: right },
  ];
  const promised = objectives.filter(({ withExclusions }) => withExclusions.verdict !== 'not-promised');
  table(
    sheet,
    columns,
    promised.map((objective) => promiseRow(objective, left.length > 0)),
  );
  const others = objectives.filter((objective) => !promised.includes(objective)).map(({ name }) => name);
  if (others.length > 0) sheet.say(`Not promised at any time of the period: ${others.join(', ')}.`, SMALL);

  sheet.heading('Error budget', 17 * promised.length);
  sheet.say('The whole bar is what may fail in the period; the filled part is what did.', SMALL, 6);
  budgetBars(sheet, promised);
}

function promiseRow(objective: ObjectiveReport, both: boolean): (Cell | string)[] {
  const { name, promise, promisedMinutes, withExclusions, withoutExclusions } = objective;
  const { verdict, unknownMinutes } = withExclusions;
  const hours = `Promised for ${duration(promisedMinutes)}${unknownMinutes > 0 ? `, ${duration(unknownMinutes)} of it unknown` : ''}`;
  return [
    { text: name, under: `${promise}. ${hours}.`, look: { ...BODY, bold: true } },
    target(objective.target),
    percent(withExclusions.share),
    ...(both ? [percent(withoutExclusions.share)] : []),
    whole(withExclusions.requests),
    whole(withExclusions.bad),
    duration(withExclusions.minutesBelowTarget),
    { text: VERDICT_WORDS[verdict], look: { ...BODY, bold: true, colour: COLOURS[verdict] } },
  ];
}

function incidents(sheet: Sheet, { objectives, zone }: Report): void {
  sheet.heading('Incidents', 60);
  const all = objectives
    .flatMap(({ name, incidents: own }) => own.map((incident) => ({ name, ...incident })))
    .sort((one, other) => one.from.localeCompare(other.from));
  if (all.length === 0) return sheet.say('None.');
  // The worst are shown, in the order in which they came.
  const shown = new Set([...all].sort((one, other) => other.bad - one.bad).slice(0, MOST_INCIDENTS));
  const right = 'right' as const;
  const columns: Column[] = [
    { title: 'From', share: 20 },
    { title: 'Until', share: 12 },
    { title: 'Promise', share: 22 },
    { title: 'Length', share: 12, align: right },
    { title: 'Worst 5 min', share: 12, align: right },
    { title: 'Failed', share: 12, align: right },
    { title: 'Exclusion', share: 10, align: right },
  ];
  const rows = all
    .filter((incident) => shown.has(incident))
    .map(({ name, from, until, minutes, worstRatio, bad, exclusions: numbers }) => [
      moment(from, zone),
      sameDay(from, until, zone) ? moment(until, zone, 'HH:mm') : moment(until, zone, 'd MMM HH:mm'),
      name,
      duration(minutes),
      percent(worstRatio, 1),
      whole(bad),
      numbers.length > 0 ? numbers.map((number) => `E${number + 1}`).join(', ') : '–',
    ]);
  table(sheet, columns, rows);
  if (all.length > rows.length)
    sheet.say(`The ${rows.length} with the most failed requests; all ${all.length} stand in report.json.`, SMALL);
}

function exclusions(sheet: Sheet, { exclusions: all, zone }: Report): void {
  sheet.heading('Exclusions', 60);
  if (all.length === 0) return sheet.say('None: every failed request counts.');
  const columns: Column[] = [
    { title: '', share: 5 },
    { title: 'From', share: 15 },
    { title: 'Until', share: 15 },
    { title: 'Reason', share: 29 },
    { title: 'Approved by', share: 13 },
    { title: 'Failed requests left out', share: 25, align: 'right' },
  ];
  const rows = all.map(({ from, until, reason, approvedBy, bad }, index) => [
    { text: `E${index + 1}`, look: { ...BODY, bold: true } },
    moment(from, zone),
    moment(until, zone),
    reason,
    approvedBy,
    Object.entries(bad)
      .map(([name, count]) => `${name}: ${whole(count)}`)
      .join('\n') || 'none',
  ]);
  table(sheet, columns, rows);
  sheet.say('In an excluded time failed requests do not count, and those that went well do.', SMALL);
}

function measured(sheet: Sheet, { measurement: { source, windowMinutes, notes }, zone }: Report): void {
  sheet.heading('How it was measured', 60);
  sheet.say(
    `From the region's own recording rules in Prometheus (${source}), in windows of ${windowMinutes} minutes by the clocks of ${zone}. ` +
      `Counts are estimates from rates of counters. The budget is the share that may fail of the requests of the period. ` +
      `"Below target" is the time of the windows in which more failed than may. An incident is a time in which more than ${SLOW_PAGE_BURN} times ` +
      `the allowed share failed, with at least ${LEAST_BAD} failed requests; no more than ${MERGED_MINUTES} minutes between two make them one. ` +
      `A promise is unproven when it would be broken if all requests of the time without data had failed.`,
    SMALL,
  );
  for (const note of notes) sheet.say(`• ${note}`, SMALL, 2);
}

function signature(sheet: Sheet, { region, period }: Report, keyId: string): void {
  sheet.heading('Signature', 90);
  sheet.say(
    `This folder is signed with the key ${keyId} (Ed25519, ${SIGNING_FILES.signature}). To see that nothing was changed, without a network: ` +
      `npm run sla -- verify ${folderName({ region, period })} --public FILE`,
    SMALL,
    30,
  );
  sheet.reserve(24);
  const width = sheet.width / 2 - 12;
  for (const [word, x] of [
    ['Reviewed by, date', sheet.left],
    ['Approved by, date', sheet.left + width + 24],
  ] as const) {
    sheet.document
      .moveTo(x, sheet.y)
      .lineTo(x + width, sheet.y)
      .lineWidth(0.5)
      .stroke(COLOURS.muted);
    sheet.put(word, SMALL, x, sheet.y + 4, width);
  }
  sheet.y += 20;
}

/** The name of a report's folder. */
export function folderName({
  region,
  period,
}: {
  readonly region: string;
  readonly period: Pick<Period, 'name' | 'complete'>;
}): string {
  return `${region}-${period.name}${period.complete ? '' : '-so-far'}`;
}

function moment(instant: string, zone: string, form = 'ccc d MMM HH:mm ZZZZ'): string {
  return DateTime.fromISO(instant, { zone }).setLocale('en-GB').toFormat(form);
}

function sameDay(from: string, until: string, zone: string): boolean {
  const [one, other] = [from, until].map((text) => dateIn(zone as TimeZone, Date.parse(text)));
  return one === other;
}
