import { type Engine, type EntriesQuery, EngineAway, EngineRefused } from '../ports/engine.ts';
import type {
  Configuration,
  ConfigurationChange,
  Entry,
  Explanation,
  KeyDescription,
  QueryRequest,
  Removal,
  Statistics,
} from '../wire.ts';

/** Entries on a page when the caller does not say, as the engine has it. */
const PAGE = 50;

const AS_ENGINES_BEGIN: Configuration = {
  semantic: true,
  judging: 'in-background',
  judgePatience: 0,
  sampleRate: 0.05,
  sharing: false,
  sharingVendors: 3,
};

/** An engine in memory, for tests: it keeps what was put in, and knows questions by their wording alone. */
export class MemoryEngine implements Engine {
  /** Whether it answers at all. */
  up = true;
  readonly #vendors = new Map<string, { readonly key: KeyDescription; entries: Entry[] }>();
  readonly #explanations = new Map<string, Explanation>();
  readonly #statistics = new Map<string, Statistics>();
  #configuration = AS_ENGINES_BEGIN;
  #removals = 0;

  /** A vendor with what is stored for it, in the order of the keys. */
  put(key: KeyDescription, entries: readonly Entry[]): void {
    this.#vendors.set(key.vendorId, { key, entries: [...entries] });
  }

  /** What a vendor was saved; others were saved nothing. */
  save(vendorId: string, statistics: Statistics): void {
    this.#statistics.set(vendorId, statistics);
  }

  /** Why `question` is what it is; others are explained as hit or miss by what is stored. */
  explainAs(question: string, explanation: Explanation): void {
    this.#explanations.set(question, explanation);
  }

  async keys() {
    this.#assertUp();
    return [...this.#vendors.values()].map(({ key }) => key);
  }

  async entries({ vendorId, limit = PAGE, cursor, kind }: EntriesQuery) {
    const all = this.#entriesOf(vendorId).filter((entry) => kind === undefined || entry.kind === kind);
    const after = cursor === undefined ? 0 : all.findIndex((entry) => cursorAt(entry) === cursor) + 1;
    const entries = all.slice(after, after + limit);
    const last = entries.at(-1);
    return { entries, next: after + limit < all.length && last !== undefined ? cursorAt(last) : null };
  }

  async statistics(vendorId: string): Promise<Statistics> {
    this.#assertUp();
    const counted = this.#statistics.get(vendorId);
    if (counted !== undefined) return counted;
    const figures = { hits: 0, misses: 0, hitRate: null, semanticHits: 0, staleHits: 0 };
    return { months: [], total: { ...figures, savedTokens: 0, savedDollars: 0, savedSeconds: 0 } };
  }

  async explain({ vendorId, question }: QueryRequest): Promise<Explanation> {
    const stored = this.#entriesOf(vendorId).find((entry) => entry.question === question);
    const held = stored === undefined ? ({ state: 'absent' } as const) : answerAt(stored);
    return (
      this.#explanations.get(question) ?? {
        outcome: stored === undefined ? 'miss' : 'hit',
        bypass: null,
        key: stored?.key ?? null,
        frame: stored?.frame ?? null,
        canonicalText: question,
        otherWordings: true,
        sharing: { shareable: false, reason: null, key: null },
        ...{ hot: held, warm: held, shared: null, floor: null, candidates: [] },
      }
    );
  }

  async invalidate(removal: Removal) {
    const { vendorId } = removal;
    const before = this.#entriesOf(vendorId);
    const left = before.filter((entry) => !isMeant(entry, removal));
    const vendor = this.#vendors.get(vendorId);
    if (vendor !== undefined) vendor.entries = left;
    const warm = before.length - left.length;
    return {
      ...{ id: `removal-${++this.#removals}`, at: new Date().toISOString(), milliseconds: 0 },
      removed: { hot: 0, warm, cold: 0, aliases: 0, vectors: 0 },
      ...{ engines: [], silent: [], complete: true, partitions: 1, failed: 0, keysDestroyed: 0 },
    };
  }

  async configuration() {
    this.#assertUp();
    return this.#configuration;
  }

  async configure(change: ConfigurationChange) {
    this.#assertUp();
    const { sampleRate = 0 } = change;
    if (sampleRate < 0 || sampleRate > 1) throw new EngineRefused(400, 'sampleRate must be a number from 0 to 1.');
    this.#configuration = { ...this.#configuration, ...change };
    return this.#configuration;
  }

  #entriesOf(vendorId: string): Entry[] {
    this.#assertUp();
    return this.#vendors.get(vendorId)?.entries ?? [];
  }

  #assertUp(): void {
    if (!this.up) throw new EngineAway('The cache engine does not answer (it was taken away).');
  }
}

function cursorAt({ frame, key }: Entry): string {
  return `${frame}/${key}`;
}

function answerAt({ bornAt, expiresAt }: Entry) {
  const lifetime = { bornAt, freshUntil: expiresAt, staleUntil: expiresAt, goneAt: expiresAt };
  return { state: 'answer', lifetime, fresh: true } as const;
}

function isMeant(entry: Entry, removal: Removal): boolean {
  if (removal.by === 'key') return entry.key === removal.key;
  const pieces = removal.pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'is').test(entry.question);
}
