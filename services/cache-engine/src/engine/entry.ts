import type { Lifetime } from '@wedsync/domain';
import { replayEvents } from './chunks.ts';
import type { Completion } from './completion.ts';

/** What making the answer took, and with it what each hit saves. */
export interface Making {
  /** Milliseconds from the question to the whole answer. */
  readonly milliseconds: number;
  /** Tokens read and written, where the origin said so. */
  readonly tokens: number;
  /** Millionths of a US dollar by the cost table; 0 for a model that has no price there. */
  readonly microDollars: number;
}

/** An early refresh draws less than this multiple of the making's time in all but one of 10^13 requests (see `shouldRefreshEarly`). */
const FAR_FROM_EXPIRY = 30;

/**
 * A stored answer. Its body is the very response that callers get, so that a hit in any tier is sent without being
 * parsed or built again.
 */
export class Entry {
  /** Whether the hot tier of this process holds it; kept by the tier. */
  held = false;
  /** Until then it is fresh, and so far from its end that nobody draws whether to refresh it. */
  readonly calmUntil: number;
  readonly body: Buffer;
  readonly lifetime: Lifetime;
  readonly making: Making;
  #completion: Completion | undefined;
  #derived: Map<string, unknown> | undefined;

  constructor(body: Buffer, lifetime: Lifetime, making: Making) {
    this.body = body;
    this.lifetime = lifetime;
    this.making = making;
    this.calmUntil = lifetime.freshUntil - making.milliseconds * FAR_FROM_EXPIRY;
  }

  /** The entry of a fresh completion. */
  static of(completion: Completion, lifetime: Lifetime, making: Making): Entry {
    const entry = new Entry(Buffer.from(JSON.stringify(completion)), lifetime, making);
    entry.#completion = completion;
    return entry;
  }

  /** The body parsed; done once, and only for callers that want it in another form. */
  get completion(): Completion {
    return (this.#completion ??= JSON.parse(this.body.toString()) as Completion);
  }

  /** The whole answer as an event stream. */
  replay(includeUsage: boolean): Buffer {
    return includeUsage ? this.derived('replay-usage', replayWithUsage) : this.derived('replay', replay);
  }

  /** What `make` derives from the entry, made once and kept with it under `name`. */
  derived<Value>(name: string, make: (entry: Entry) => Value): Value {
    this.#derived ??= new Map();
    const known = this.#derived.get(name);
    if (known !== undefined) return known as Value;
    const value = make(this);
    this.#derived.set(name, value);
    return value;
  }

  /** Whole seconds since the origin answered. */
  ageSeconds(now: number): number {
    return Math.max(0, Math.floor((now - this.lifetime.bornAt) / 1000));
  }

  /** Whole seconds for which the entry stays fresh; 0 for one that is stale or was not stored. */
  secondsLeft(now: number): number {
    return Math.max(0, Math.floor((this.lifetime.freshUntil - now) / 1000));
  }
}

function replay({ completion }: Entry): Buffer {
  return Buffer.from(replayEvents(completion, false));
}

function replayWithUsage({ completion }: Entry): Buffer {
  return Buffer.from(replayEvents(completion, true));
}
