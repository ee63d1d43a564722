import {
  addDays,
  type Bounds,
  type CalendarDate,
  dateIn,
  engineFloors,
  isSaturday,
  monthsOf,
  SATURDAY_HOURS,
  scalingSeason,
  type Season,
  type TimeZone,
  UPLOAD_HOURS,
} from '@wedsync/domain';

/** What a schedule of replicas is planned from. */
export interface ScheduleFigures {
  /** Replica bounds of the whole year; seasons narrow them. */
  readonly yearRound: Bounds;
  readonly zone: TimeZone;
  /** Days that are kept as Saturdays are. */
  readonly busyDays: ReadonlySet<CalendarDate>;
  /** When the stack is deployed, in epoch milliseconds: single days are planned for a year from then on. */
  readonly instant: number;
}

/** Keeps `replicas` ready between two times that come again, each a cron expression by the clocks of the schedule's zone. */
export interface ScheduledFloor {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly replicas: number;
}

/** The season that needs no trigger of its own: its floors hold all year, and the others lie above them. */
const LEAST: Season = 'off-season';
const HIGHER: readonly Season[] = ['pre-season', 'peak'];

/** The last minute of a day. A gap of one minute is shorter than the autoscaler waits before it takes anything away. */
const DAY_END = '59 23';
const MIDNIGHT = '0 0';
const FRIDAY = 5;
const SATURDAY = 6;
const SUNDAY = 0;

const PEAK = monthsOf('peak');
const DAYS_A_YEAR = 365;

/**
 * The floors of the domain as windows that KEDA understands. KEDA holds a window to be open when its next end comes before its
 * next start, so starts and ends must take turns, over the whole year: a window that is limited to months begins and ends on
 * one day; else a first Sunday of April without its Friday would have it open all winter.
 */
export function scheduledFloors(figures: ScheduleFigures): ScheduledFloor[] {
  const least = engineFloors(figures.yearRound, LEAST);
  const carried = carriedSaturday(figures);
  return [
    {
      name: 'saturday',
      start: `0 ${SATURDAY_HOURS.fridayFrom} * * ${FRIDAY}`,
      end: `0 ${SATURDAY_HOURS.sundayUntil} * * ${SUNDAY}`,
      replicas: least.saturday,
    },
    {
      name: 'uploads',
      start: `0 ${UPLOAD_HOURS.from} * * *`,
      end: `0 ${UPLOAD_HOURS.until} * * *`,
      replicas: least.uploads,
    },
    ...HIGHER.flatMap((season) => ofSeason(season, figures, carried)),
    ...keptDays(figures, carried),
  ];
}

function ofSeason(season: Season, { yearRound }: ScheduleFigures, carried: CalendarDate | undefined): ScheduledFloor[] {
  const floors = engineFloors(yearRound, season);
  const { first, last } = monthsOf(season);
  const months = `${first}-${last}`;
  const window = (name: string, start: string, end: string, replicas: number) => ({
    name: `${season}-${name}`,
    start,
    end,
    replicas,
  });
  const on = (day: number | '*') => `* ${months} ${day}`;
  const lastDay = carried !== undefined && season === 'peak' ? 2 : 1;
  return [
    window('always', `${MIDNIGHT} 1 ${first} *`, `${MIDNIGHT} ${lastDay} ${last + 1} *`, floors.always),
    window('friday', `0 ${SATURDAY_HOURS.fridayFrom} ${on(FRIDAY)}`, `${DAY_END} ${on(FRIDAY)}`, floors.saturday),
    window('saturday', `${MIDNIGHT} ${on(SATURDAY)}`, `${DAY_END} ${on(SATURDAY)}`, floors.saturday),
    window('sunday', `${MIDNIGHT} ${on(SUNDAY)}`, `0 ${SATURDAY_HOURS.sundayUntil} ${on(SUNDAY)}`, floors.saturday),
    window('evening', `0 ${UPLOAD_HOURS.from} ${on('*')}`, `${DAY_END} ${on('*')}`, floors.uploads),
    window('night', `${MIDNIGHT} ${on('*')}`, `0 ${UPLOAD_HOURS.until} ${on('*')}`, floors.uploads),
  ];
}

/** The first day after the peak, when it is a Saturday of the coming year: it keeps the floor of the day before. */
function carriedSaturday({ instant, zone }: ScheduleFigures): CalendarDate | undefined {
  return comingYear(instant, zone).find(
    (date) => isSaturday(date) && monthOf(date) > PEAK.last && scalingSeason(date) === 'peak',
  );
}

function keptDays(figures: ScheduleFigures, carried: CalendarDate | undefined): ScheduledFloor[] {
  const busy = comingYear(figures.instant, figures.zone).filter(
    (date) => figures.busyDays.has(date) && !isSaturday(date),
  );
  return [...(carried === undefined ? [] : [carried]), ...busy].map((date) => {
    const day = `${Number(date.slice('YYYY-MM-'.length))} ${monthOf(date)} *`;
    const { saturday } = engineFloors(figures.yearRound, scalingSeason(date));
    return { name: `day-${date}`, start: `${MIDNIGHT} ${day}`, end: `${DAY_END} ${day}`, replicas: saturday };
  });
}

/** Every date of the year that begins with the date of `instant`. */
function comingYear(instant: number, zone: TimeZone): CalendarDate[] {
  const today = dateIn(zone, instant);
  return Array.from({ length: DAYS_A_YEAR }, (_, days) => addDays(today, days));
}

function monthOf(date: CalendarDate): number {
  return Number(date.slice('YYYY-'.length, 'YYYY-MM'.length));
}
