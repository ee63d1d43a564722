/** A report from what was measured. */
import { type CalendarDate, describeInstant, type Objective, type ObjectiveName, OBJECTIVES } from '@wedsync/domain';
import { type Measurement, QUERIES } from './measure.ts';
import type { Period } from './period.ts';
import type { Exclusion } from './reckoning/exclusions.ts';
import { exclusionOf } from './reckoning/exclusions.ts';
import { type Incident, incidentsOf } from './reckoning/incidents.ts';
import { standing } from './reckoning/standing.ts';
import { NOTHING, plus, type Tally, tally } from './reckoning/tally.ts';
import { type Window, WINDOW_MINUTES, windowsOf } from './reckoning/windows.ts';
import { type Figures, type ObjectiveReport, type Report, type ReportedIncident, SCHEMA_VERSION } from './schema.ts';
import { verdictSentence } from './words.ts';

/** Everything that a report is made of; the same again gives the same report. */
export interface ReportInput {
  readonly period: Period;
  readonly measurement: Measurement;
  readonly exclusions: readonly Exclusion[];
  /** Days that the region keeps as Saturdays: they tell what was promised where nothing was recorded. */
  readonly busyDays: ReadonlySet<CalendarDate>;
  /** When it is made, epoch milliseconds. */
  readonly now: number;
}

interface Objectives {
  readonly name: ObjectiveName;
  readonly objective: Objective;
  readonly windows: readonly Window[];
  readonly incidents: readonly Incident[];
}

export function buildReport({ period, measurement, exclusions: given, busyDays, now }: ReportInput): Report {
  const exclusions = given
    .filter(({ from, until }) => from < period.until && until > period.from)
    .sort((one, other) => one.from - other.from || one.until - other.until);
  const all = (Object.entries(OBJECTIVES) as [ObjectiveName, Objective][]).map(([name, objective]): Objectives => {
    const samples = measurement.samples.get(name) ?? { bad: new Map(), total: new Map(), promised: new Map() };
    const windows = windowsOf(objective.days, samples, period, busyDays);
    return { name, objective, windows, incidents: incidentsOf(windows, objective.target, exclusions) };
  });
  const objectives = all.map((one) => reported(one, period, exclusions));
  const report = {
    schema: SCHEMA_VERSION,
    region: period.region,
    zone: period.zone,
    period: {
      kind: period.kind,
      name: period.name,
      from: iso(period.from),
      until: iso(period.until),
      complete: period.complete,
    },
    generatedAt: iso(now),
    totals: totals(all, objectives, exclusions),
    objectives,
    exclusions: exclusions.map((exclusion) => ({
      from: iso(exclusion.from),
      until: iso(exclusion.until),
      reason: exclusion.reason,
      approvedBy: exclusion.approvedBy,
      bad: forgiven(exclusion, all, exclusions),
    })),
    measurement: {
      source: measurement.source,
      windowMinutes: WINDOW_MINUTES,
      queries: QUERIES,
      notes: notes(period, measurement, objectives),
    },
  } satisfies Omit<Report, 'verdict'>;
  return { ...report, verdict: verdictSentence(report) };
}

function reported(
  { name, objective, windows, incidents }: Objectives,
  { days }: Period,
  exclusions: readonly Exclusion[],
): ObjectiveReport {
  const { target, promise } = objective;
  const counted = days.map(({ date, from, until }) => {
    const own = windows.filter(({ begins }) => begins >= from && begins < until);
    return { date, withExclusions: tally(own, target, exclusions), withoutExclusions: tally(own, target) };
  });
  const whole = {
    withExclusions: counted.map((day) => day.withExclusions).reduce(plus, NOTHING),
    withoutExclusions: counted.map((day) => day.withoutExclusions).reduce(plus, NOTHING),
  };
  return {
    name,
    promise,
    target,
    ...both(whole, target),
    incidents: incidents.map((incident) => incidentReported(incident, exclusions)),
    days: counted.map((day) => ({ date: day.date, ...both(day, target) })),
  };
}

function both(
  { withExclusions, withoutExclusions }: { readonly withExclusions: Tally; readonly withoutExclusions: Tally },
  target: number,
) {
  const { promisedMinutes, measuredMinutes, excludedMinutes } = withExclusions;
  return {
    promisedMinutes,
    measuredMinutes,
    excludedMinutes,
    withExclusions: figures(withExclusions, target),
    withoutExclusions: figures(withoutExclusions, target),
  };
}

function figures(counts: Tally, target: number): Figures {
  const { share, budgetSpent, budgetLeft, verdict } = standing(counts, target);
  return {
    requests: thousandths(counts.requests),
    bad: thousandths(counts.bad),
    share: share === null ? null : short(share),
    budgetSpent: short(budgetSpent),
    budgetLeft: short(budgetLeft),
    minutesBelowTarget: counts.minutesBelowTarget,
    unknownMinutes: counts.unknownMinutes,
    verdict,
  };
}

function incidentReported(incident: Incident, exclusions: readonly Exclusion[]): ReportedIncident {
  return {
    from: iso(incident.from),
    until: iso(incident.until),
    minutes: (incident.until - incident.from) / 60_000,
    worstRatio: short(incident.worstRatio),
    requests: thousandths(incident.requests),
    bad: thousandths(incident.bad),
    unknownMinutes: incident.unknownMinutes,
    exclusions: incident.exclusions.map((exclusion) => exclusions.indexOf(exclusion)),
  };
}

function totals(
  all: readonly Objectives[],
  objectives: readonly ObjectiveReport[],
  exclusions: readonly Exclusion[],
): Report['totals'] {
  // Every request counts for one of the two, by its day.
  const availability = objectives.filter(({ name }) => name === 'availability' || name === 'availability-peak');
  const sum = (of: 'requests' | 'bad') =>
    thousandths(availability.reduce((total, { withExclusions }) => total + withExclusions[of], 0));
  const inIncidents = new Set(
    all.flatMap(({ windows, incidents }) =>
      windows
        .map(({ begins }) => begins)
        .filter((begins) => incidents.some(({ from, until }) => from <= begins && begins < until)),
    ),
  );
  const unknown = new Set(
    all.flatMap(({ windows }) =>
      windows
        .filter((window) => window.state === 'unknown' && exclusionOf(window, exclusions) === undefined)
        .map(({ begins }) => begins),
    ),
  );
  const having = (verdict: Figures['verdict']) =>
    objectives.filter(({ withExclusions }) => withExclusions.verdict === verdict).length;
  return {
    requests: sum('requests'),
    bad: sum('bad'),
    incidents: objectives.reduce((count, { incidents }) => count + incidents.length, 0),
    incidentMinutes: inIncidents.size * WINDOW_MINUTES,
    unknownMinutes: unknown.size * WINDOW_MINUTES,
    objectives: {
      kept: having('kept'),
      unproven: having('unproven'),
      broken: having('broken'),
      'not-promised': having('not-promised'),
    },
  };
}

/** Failed requests that an exclusion leaves out, by objective; a window that two cover counts for the first. */
function forgiven(exclusion: Exclusion, all: readonly Objectives[], exclusions: readonly Exclusion[]) {
  return Object.fromEntries(
    all
      .map(({ name, windows }) => {
        const own = windows.filter((window) => exclusionOf(window, exclusions) === exclusion);
        return [name, thousandths(tally(own, 1).bad)] as const;
      })
      .filter(([, bad]) => bad > 0),
  );
}

function notes(
  period: Period,
  { earliest, retention, otherTargets }: Measurement,
  objectives: readonly ObjectiveReport[],
): string[] {
  const found: string[] = [];
  if (!period.complete)
    found.push(`The period goes on: this is what there is of it until ${describeInstant(period.until, period.zone)}.`);
  const begins = earliest * 1000 - WINDOW_MINUTES * 60_000;
  if (begins > period.from) {
    const kept = retention === undefined ? '' : `, and keeps ${retention}`;
    found.push(
      `Prometheus knows nothing of the period before ${describeInstant(begins, period.zone)}${kept}; that time is unknown.`,
    );
  }
  if (objectives.some(({ withoutExclusions }) => withoutExclusions.unknownMinutes > 0))
    found.push(
      'Where nothing was recorded, the time is unknown and counts neither as good nor as bad; whether something was promised in it is worked out from seasons, Saturdays and the days that the bookings mark as busy.',
    );
  for (const [name, targets] of otherTargets)
    found.push(
      `The region measured itself by another target of ${name} at times (${targets.join(', ')}); here it is held against ${OBJECTIVES[name].target}.`,
    );
  return found;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function thousandths(count: number): number {
  return Number(count.toFixed(3));
}

/** Shares are compared to the sixth digit at most. */
function short(share: number): number {
  return Number(share.toFixed(8));
}
