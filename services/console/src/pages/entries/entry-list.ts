import type { Entry } from '@wedsync/region-operator/wire';
import { api, type EntriesWanted } from '../../api.ts';
import { reasonOf } from '../../loading.ts';
import { Store } from '../../store.ts';

/** What of a vendor's entries is here. `entries` grows in place: copying tens of thousands with every page would be felt. */
export interface Listed {
  readonly entries: readonly Entry[];
  readonly state: 'loading' | 'more' | 'all' | 'refused';
  readonly why: string;
}

/** A vendor's entries, page by page: as far as somebody looks, or all of them. */
export class EntryList {
  readonly listed: Store<Listed>;
  readonly #wanted: Omit<EntriesWanted, 'cursor'>;
  readonly #ended = new AbortController();
  #entries: Entry[] = [];
  #cursor: string | undefined;
  #everything = false;

  constructor(wanted: Omit<EntriesWanted, 'cursor'>) {
    this.#wanted = wanted;
    this.listed = new Store<Listed>({ entries: this.#entries, state: 'more', why: '' });
    void this.more();
  }

  /** Whether it goes on by itself until everything is here. */
  get everything(): boolean {
    return this.#everything;
  }

  /** Goes on until everything is here, or no longer. */
  loadAll(on: boolean): void {
    this.#everything = on;
    this.#say(this.listed.value.state);
    if (on) void this.more();
  }

  /** Loads one more page, unless that is under way or there is none. */
  async more(): Promise<void> {
    const { state } = this.listed.value;
    if (state === 'loading' || state === 'all' || this.#ended.signal.aborted) return;
    this.#say('loading');
    try {
      const page = await api.entries({ ...this.#wanted, cursor: this.#cursor }, this.#ended.signal);
      this.#entries.push(...page.entries);
      this.#cursor = page.next ?? undefined;
      this.#say(page.next === null ? 'all' : 'more');
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#everything = false;
      this.#say('refused', reasonOf(error));
    }
    if (this.#everything) void this.more();
  }

  /** Takes out what was removed. */
  drop(isGone: (entry: Entry) => boolean): void {
    this.#entries = this.#entries.filter((entry) => !isGone(entry));
    this.#say(this.listed.value.state);
  }

  /** Loads nothing any more. */
  end(): void {
    this.#ended.abort();
  }

  #say(state: Listed['state'], why = ''): void {
    this.listed.set({ entries: this.#entries, state, why });
  }
}
