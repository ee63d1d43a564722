import {
  addDays,
  type CalendarDate,
  dateIn,
  type Lifetime,
  lifetimeOf,
  nextChange,
  startOfDate,
  type TimeZone,
  undisturbedTimeToLive,
  type VendorType,
} from '@wedsync/domain';
import { datesOf } from './population.ts';

interface OfDay {
  readonly undisturbed: number;
  readonly changeAt: number;
}

/**
 * The lifetimes of answers by the rules of the domain. What they depend on changes only at midnight, so it is worked out once a
 * day for a type of vendor and a date: millions of answers are asked for.
 */
export class Lifetimes {
  readonly #zone: TimeZone;
  readonly #ofDay = new Map<string, OfDay>();
  #dayBegins = Infinity;
  #dayEnds = -Infinity;

  constructor(zone: TimeZone) {
    this.#zone = zone;
  }

  /** The lifetime of an answer given at `now`; `draw` is its jitter, from 0 up to 1. */
  of(vendorType: VendorType, weddingDate: CalendarDate | undefined, now: number, draw: number): Lifetime {
    const { undisturbed, changeAt } = this.#rules(vendorType, weddingDate, now);
    const ttlSeconds = Math.max(1, Math.floor(Math.min(undisturbed, (changeAt - now) / 1000)));
    return lifetimeOf({ now, ttlSeconds, changeAt, random: () => draw });
  }

  #rules(vendorType: VendorType, weddingDate: CalendarDate | undefined, now: number): OfDay {
    if (now < this.#dayBegins || now >= this.#dayEnds) {
      this.#ofDay.clear();
      const today = dateIn(this.#zone, now);
      this.#dayBegins = startOfDate(this.#zone, today);
      this.#dayEnds = startOfDate(this.#zone, addDays(today, 1));
    }
    const name = `${vendorType} ${weddingDate}`;
    let rules = this.#ofDay.get(name);
    if (rules === undefined) {
      const dates = weddingDate === undefined ? {} : datesOf(weddingDate);
      const facts = { vendorType, zone: this.#zone, now, ...dates };
      rules = { undisturbed: undisturbedTimeToLive(facts), changeAt: nextChange(facts) };
      this.#ofDay.set(name, rules);
    }
    return rules;
  }
}
