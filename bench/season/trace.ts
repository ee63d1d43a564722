import { addDays, type CalendarDate, type TimeZone, type VendorType } from '@wedsync/domain';
import { Catalogue, type Intent, type Tag } from './catalogue/catalogue.ts';
import { Choice, zipfChoice } from './choice.ts';
import { type Hour, hoursOf } from './load.ts';
import type { Parameters } from './settings.ts';
import { makeVendors, makeWeddings, type Vendor, type Wedding, weddingDays } from './population.ts';
import { poisson, type Random, seededRandom } from './random.ts';

/** The zone of every couple of the trace. */
export const ZONE: TimeZone = 'Europe/London';

/** A question, asked `copies` times at once. */
export interface Ask {
  readonly kind: 'ask';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly vendor: Vendor;
  /** The wedding it concerns, with its date at the time. */
  readonly wedding?: { readonly id: number; readonly date: CalendarDate } | undefined;
  /** Whether the couple asks, rather than the vendor. */
  readonly byCouple: boolean;
  readonly intent: Intent;
  /** Names the wording, without its dress and slips. */
  readonly wording: number;
  readonly text: string;
  readonly copies: number;
}

/** A wedding gets another date: answers about it are outdated. */
export interface Reschedule {
  readonly kind: 'reschedule';
  readonly at: number;
  readonly wedding: Wedding;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** A vendor's data changes: what rests on it is outdated. */
export interface Invalidate {
  readonly kind: 'invalidate';
  readonly at: number;
  readonly vendor: Vendor;
  readonly tag: Tag;
}

export type SeasonEvent = Ask | Reschedule | Invalidate;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS_IN_MONTH = 730;
const TAGS: readonly Tag[] = ['availability', 'prices', 'menus'];
/** A wedding is moved by so many days at most, either way but never into the past. */
const MOVED_BY = 120;

/** A season's events, the same for the same parameters, in the order of time. Iterating again begins anew. */
export class SeasonTrace implements Iterable<SeasonEvent> {
  readonly parameters: Parameters;
  readonly catalogue: Catalogue;

  constructor(parameters: Parameters) {
    this.parameters = parameters;
    this.catalogue = new Catalogue(seededRandom(parameters.seed));
  }

  *[Symbol.iterator](): Iterator<SeasonEvent> {
    const { parameters, catalogue } = this;
    const random = seededRandom(parameters.seed + 1);
    const vendors = makeVendors(parameters, random);
    const weddings = makeWeddings(vendors, parameters, random);
    const asking = new Asking(parameters, catalogue, vendors, random);
    const hours = hoursOf(parameters, ZONE);
    const askings = parameters.requests / (1 + parameters.bursts * Math.max(0, parameters['burst-size'] - 1));
    for (const hour of hours) {
      const times = instants(hour, poisson(askings * hour.share, random), random);
      const moves = instants(hour, poisson((weddings.length * parameters.moved) / hours.length, random), random);
      const changes = instants(hour, poisson((vendors.length * parameters.changes) / HOURS_IN_MONTH, random), random);
      const steps = [
        ...times.map((at) => ({ at, make: () => asking.ask(at, hour.date) })),
        ...moves.map((at) => ({ at, make: () => move(at, hour.date, weddings, parameters, random) })),
        ...changes.map((at) => ({ at, make: () => change(at, vendors, random) })),
      ].sort((one, other) => one.at - other.at);
      for (const { make } of steps) {
        const event = make();
        if (event !== undefined) yield event;
      }
    }
  }
}

/** Draws who asks what. */
class Asking {
  readonly #parameters: Parameters;
  readonly #random: Random;
  readonly #vendors: Choice<Vendor>;
  readonly #general = new Map<VendorType, Choice<Intent>>();
  readonly #catalogue: Catalogue;
  readonly #own: Choice<Intent>;
  readonly #wedding: Choice<Intent>;
  readonly #wordings = new Map<Intent, Choice<Intent['wordings'][number]>>();
  readonly #near = new Map<Vendor, Choice<Wedding> | undefined>();
  #today: CalendarDate = '';

  constructor(parameters: Parameters, catalogue: Catalogue, vendors: readonly Vendor[], random: Random) {
    this.#parameters = parameters;
    this.#random = random;
    this.#catalogue = catalogue;
    const exponent = parameters['intent-zipf'];
    this.#vendors = zipfChoice(vendors, parameters['vendor-zipf']);
    this.#own = zipfChoice(catalogue.vendor, exponent);
    this.#wedding = zipfChoice(catalogue.wedding, exponent);
  }

  ask(at: number, today: CalendarDate): Ask {
    const { general, vendor: own, couples, bursts } = this.#parameters;
    const random = this.#random;
    const vendor = this.#vendors.draw(random);
    const scope = random();
    const wedding = scope < general + own ? undefined : this.#weddingOf(vendor, today);
    // A vendor that has no wedding ahead asks something general instead.
    const isOwn = scope >= general && scope < general + own;
    const questions = wedding !== undefined ? this.#wedding : isOwn ? this.#own : this.#generalOf(vendor);
    const intent = questions.draw(random);
    const { wording, text } = this.#written(intent);
    return {
      kind: 'ask',
      at,
      vendor,
      wedding: wedding && { id: wedding.id, date: wedding.date },
      byCouple: wedding !== undefined && random() < couples,
      intent,
      wording,
      text,
      copies: random() < bursts ? this.#burst() : 1,
    };
  }

  #generalOf({ type }: Vendor): Choice<Intent> {
    let questions = this.#general.get(type);
    if (questions === undefined) {
      questions = zipfChoice(this.#catalogue.general(type), this.#parameters['intent-zipf']);
      this.#general.set(type, questions);
    }
    return questions;
  }

  #written(intent: Intent): { readonly wording: number; readonly text: string } {
    const { dress, typos } = this.#parameters;
    const random = this.#random;
    let wordings = this.#wordings.get(intent);
    if (wordings === undefined) {
      wordings = zipfChoice(intent.wordings, this.#parameters['wording-zipf']);
      this.#wordings.set(intent, wordings);
    }
    const { id, plain, dressed, mistyped } = wordings.draw(random);
    const how = random();
    const texts = how < dress ? dressed : how < dress + typos ? mistyped : [];
    return { wording: id, text: texts[Math.floor(random() * texts.length)] ?? plain };
  }

  /** At least two, and as many as the parameter says in the mean. */
  #burst(): number {
    return 2 + poisson(Math.max(0, this.#parameters['burst-size'] - 2), this.#random);
  }

  /** A wedding of the vendor's, more often one that is near; `undefined` when it has none from a week ago on. */
  #weddingOf(vendor: Vendor, today: CalendarDate): Wedding | undefined {
    if (this.#today !== today) {
      this.#near.clear();
      this.#today = today;
    }
    if (!this.#near.has(vendor)) {
      const weights = vendor.weddings.map(({ date }) => interest(dayNumber(date) - dayNumber(today)));
      const some = weights.some((weight) => weight > 0);
      this.#near.set(vendor, some ? new Choice(vendor.weddings, weights) : undefined);
    }
    return this.#near.get(vendor)?.draw(this.#random);
  }
}

/** How much is asked about a wedding so many days away: most on the day, less by a factor e for each month before, little for a week after. */
function interest(days: number): number {
  if (days < -7) return 0;
  if (days < 0) return 0.3;
  return days <= 1 ? 4 : Math.exp(-days / 30);
}

/** Days since the epoch, with no zone in it; asked for so often that a calendar library would take most of the time. */
function dayNumber(date: CalendarDate): number {
  return Date.parse(date) / DAY;
}

/** Instants within an hour, in order. */
function instants({ begins }: Hour, count: number, random: Random): readonly number[] {
  return Array.from({ length: count }, () => begins + Math.floor(random() * HOUR)).sort((one, other) => one - other);
}

/** Moves a wedding that is still ahead to another day on which weddings are. */
function move(
  at: number,
  today: CalendarDate,
  weddings: readonly Wedding[],
  parameters: Parameters,
  random: Random,
): Reschedule | undefined {
  const ahead = weddings.filter(({ date }) => date > today);
  const wedding = ahead[Math.floor(random() * ahead.length)];
  if (wedding === undefined) return undefined;
  const from = wedding.date;
  const days = weddingDays(parameters);
  const near = (day: CalendarDate) =>
    day > today && day !== from && Math.abs(dayNumber(from) - dayNumber(day)) <= MOVED_BY;
  for (let tries = 0; tries < 50; tries++) {
    const to = days.draw(random);
    if (!near(to)) continue;
    wedding.date = to;
    return { kind: 'reschedule', at, wedding, from, to };
  }
  wedding.date = addDays(from, 7);
  return { kind: 'reschedule', at, wedding, from, to: wedding.date };
}

function change(at: number, vendors: readonly Vendor[], random: Random): Invalidate {
  const vendor = vendors[Math.floor(random() * vendors.length)] as Vendor;
  return { kind: 'invalidate', at, vendor, tag: TAGS[Math.floor(random() * TAGS.length)] as Tag };
}
