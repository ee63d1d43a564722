import { type Day, isSaturdayDay } from '../calendar/day.ts';

/** The shares of days that the intervals shall hold. */
export const LEVELS = [0.8, 0.95] as const;
export type Level = (typeof LEVELS)[number];

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Intervals by level, the narrower inside of the wider. */
export type Intervals = Readonly<Record<Level, Interval>>;

/** How far off a forecast was: the logarithm of actual ÷ forecast, so many days ahead. */
export interface Residual {
  readonly day: Day;
  readonly daysAhead: number;
  readonly logRatio: number;
}

/** Days ahead up to which residuals are taken together: three months, six, a year, and further. */
const HORIZONS = [91, 182, 366, Infinity];
/** Fewer residuals say too little of Saturdays apart from other days, or of one horizon apart from the others. */
const ENOUGH = 100;

/** Intervals from what forecasts of the past were off by. */
export class EmpiricalIntervals {
  readonly #groups = new Map<string, readonly number[]>();
  /** The most days ahead of which there are residuals; what lies farther has the intervals of the farthest that is known. */
  readonly farthest: number;

  /** @param residuals of rolling origins, of years on which nothing else is judged */
  constructor(residuals: readonly Residual[]) {
    const groups = new Map<string, number[]>();
    this.farthest = residuals.reduce((most, { daysAhead }) => Math.max(most, daysAhead), 0);
    for (const { day, daysAhead, logRatio } of residuals) {
      const { narrow, wide } = groupsOf(day, daysAhead);
      for (const key of [narrow, wide, ALL]) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [logRatio]);
        else group.push(logRatio);
      }
    }
    for (const [key, ratios] of groups)
      this.#groups.set(
        key,
        ratios.sort((one, other) => one - other),
      );
  }

  /** The intervals around a forecast: it lies inside, the 80 % one inside of the 95 % one, and none goes below 0. */
  around(forecast: number, day: Day, daysAhead: number): Intervals {
    const sorted = this.#nearest(day, daysAhead);
    const interval = (level: Level): Interval => {
      const [low, high] = limits(sorted, level);
      return { low: forecast * Math.exp(Math.min(0, low)), high: forecast * Math.exp(Math.max(0, high)) };
    };
    return { 0.8: interval(0.8), 0.95: interval(0.95) };
  }

  /**
   * The residuals of the kind of day and the horizon, or of the horizon, if there are enough; else those of the farthest nearer one that has: a nearer
   * horizon is known better than it should be, all together are known better still.
   */
  #nearest(day: Day, daysAhead: number): readonly number[] {
    const keys = HORIZONS.flatMap((_, nearer) => {
      const { narrow, wide } = groupsOf(day, Math.min(daysAhead, HORIZONS.at(-1 - nearer) ?? daysAhead));
      return [narrow, wide];
    });
    const groups = [...keys, ALL].map((key) => this.#groups.get(key) ?? []);
    return groups.find(({ length }) => length >= ENOUGH) ?? groups.at(-1) ?? [];
  }
}

const ALL = 'all';

/** The groups to which a residual belongs beside that of all. */
function groupsOf(day: Day, daysAhead: number): { readonly narrow: string; readonly wide: string } {
  const horizon = HORIZONS.findIndex((most) => daysAhead <= most);
  return { narrow: `${horizon} ${isSaturdayDay(day) ? 'saturday' : 'other'}`, wide: `${horizon}` };
}

/**
 * The residuals between which the share `level` of further ones is to be expected, if those that come are like those that came: of n, the
 * ⌊(n + 1) × tail⌋-th from either end (split conformal prediction; Lei et al. 2018).
 */
function limits(sorted: readonly number[], level: Level): readonly [number, number] {
  const { length } = sorted;
  // 1 - 0.8 is a little less than 0.2, and must not cost a rank.
  const rank = Math.floor(((length + 1) * (1 - level)) / 2 + 1e-9);
  const [low, high] = [sorted[Math.max(0, rank - 1)], sorted[length - Math.max(1, rank)]];
  return [low ?? -Infinity, high ?? Infinity];
}
