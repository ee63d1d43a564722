import { LRUCache } from 'lru-cache';
import type { Removal } from '../../ports/change-feed.ts';
import type { VectorIndex } from '../../ports/vector-index.ts';
import type { Listing, WarmTier } from '../../ports/warm-tier.ts';
import { keyIn, partitionOfKey, type AnswerKey } from '../answer-key.ts';
import { normalForm } from '../language/index.ts';
import type { Vault } from '../vault.ts';
import { rank, type Candidate } from './candidates.ts';
import { decodeDetails, type Details } from './details.ts';
import { WordIndex } from './words.ts';

/** Frames of which this process knows the questions at once; the least recently asked one is forgotten first. */
const FRAMES = 2000;

/** Questions that this process knows at once, of one frame and of all: one takes three to four kilobytes. */
const MOST = { ofFrame: 5000, ofAll: 20_000 } as const;

/** Texts of a frame among which words are searched as well: beyond, looking at each costs more than it finds. */
const WORDS_UP_TO = 2000;

/** How many candidates each of the rankings proposes before they are put together. */
const PROPOSED = 20;

interface KnownQuestion {
  readonly text: string;
  /** From when on its answer serves nobody, epoch milliseconds, as far as is known here. */
  readonly until: number;
}

interface KnownFrame {
  readonly partition: string;
  readonly frame: string;
  readonly texts: Map<AnswerKey, KnownQuestion>;
  readonly words: WordIndex;
  /** Settles when what the warm tier holds of the frame is known. */
  loading: Promise<void> | undefined;
}

/** What the warm tier lists of a stored question. */
export interface ListedQuestion {
  readonly text: string;
  /** Digests of its tags. */
  readonly tags: readonly string[];
}

/** What the questions are known from. */
export interface QuestionsParts {
  readonly warm: WarmTier;
  readonly vault: Vault;
  readonly index: VectorIndex;
  /** Questions that are known at once. @default 5,000 of a frame, 20,000 of all */
  readonly most?: { readonly ofFrame: number; readonly ofAll: number };
}

/**
 * The stored questions of the frames that are being asked in, by their vectors and words. A frame is read from the warm tier when
 * it is first asked in; afterwards each stored answer is added as it becomes known. A search never leaves its frame.
 */
export class Questions {
  readonly #parts: QuestionsParts;
  readonly #frames: LRUCache<string, KnownFrame>;
  #count = 0;

  constructor(parts: QuestionsParts) {
    this.#parts = parts;
    this.#frames = new LRUCache({
      max: FRAMES,
      dispose: ({ partition, frame, texts }) => {
        this.#count -= texts.size;
        parts.index.removeFrame(nameOf(partition, frame));
      },
    });
  }

  /**
   * The stored questions of a frame that come nearest to `details`, best first.
   * @param now those whose answers have had their time by then, epoch milliseconds, are dropped: they would only stand in the way.
   */
  async near(
    partition: string,
    frame: string,
    details: Details,
    count: number,
    now: number,
  ): Promise<readonly Candidate[]> {
    const known = await this.#known(partition, frame);
    for (;;) {
      const candidates = this.#search(known, details, count);
      const dead = candidates.filter(({ id }) => (known.texts.get(id)?.until ?? Infinity) <= now);
      if (dead.length === 0) return candidates;
      for (const { id } of dead) this.#leave(known, id);
    }
  }

  /** The text of a stored question: as it is known here, or else as the warm tier lists it. Rejects when that is away. */
  async textOf(key: AnswerKey, frame: string): Promise<string | undefined> {
    const known = this.#frames.peek(nameOf(partitionOfKey(key), frame))?.texts.get(key);
    return known?.text ?? (await this.listed(key, frame))?.text;
  }

  /** A stored question as the warm tier lists it; `undefined` when it does not. Rejects when the tier is away. */
  async listed(key: AnswerKey, frame: string): Promise<ListedQuestion | undefined> {
    const { warm, vault } = this.#parts;
    const listing = await warm.listing(key, frame);
    const opened = listing && (await vault.openDetails(key, listing.details));
    const details = opened && decodeDetails(opened);
    return details && { text: details.text, tags: listing?.tags ?? [] };
  }

  /** Adds a question that this process stored, or adds to its time. */
  add(key: AnswerKey, frame: string, details: Details, until: number): void {
    const known = this.#frames.get(nameOf(partitionOfKey(key), frame));
    if (known !== undefined) this.#enter(known, key, details, until);
  }

  /** Takes in a question that another process stored, where its frame is known here. */
  async stored(key: AnswerKey, frame: string): Promise<void> {
    const known = this.#frames.peek(nameOf(partitionOfKey(key), frame));
    const listing = known && (await this.#parts.warm.listing(key, frame).catch(() => undefined));
    if (known === undefined || listing === undefined) return;
    const before = known.texts.get(key);
    // The same key is the same question: only its time is another one.
    if (before === undefined) await this.#takeIn(known, listing);
    else if (listing.kind === 'alias') this.#leave(known, key);
    else known.texts.set(key, { ...before, until: listing.expiresAt });
  }

  /**
   * Proposes a question no more whose answer was looked for in vain, until it is stored again; whether it was proposed. Not while the
   * warm tier is away: then the answer may be there all the same.
   */
  forget(key: AnswerKey, frame: string): boolean {
    const known = this.#frames.peek(nameOf(partitionOfKey(key), frame));
    return known !== undefined && this.#parts.warm.up && this.#leave(known, key);
  }

  /** Takes back what a removal names; how many vectors that were. */
  remove(partition: string, removal: Removal): number {
    let removed = 0;
    for (const [name, known] of [...this.#frames.entries()]) {
      if (known.partition !== partition) continue;
      // A frame that is being read may still take in what was removed: it is read anew.
      const reading = known.loading !== undefined;
      if (
        reading ||
        removal.scope === 'partition' ||
        (removal.scope === 'frames' && removal.frames.includes(known.frame))
      ) {
        removed += known.texts.size;
        this.#frames.delete(name);
      } else if (removal.scope === 'keys') {
        for (const key of removal.keys) if (this.#leave(known, key)) removed++;
      }
    }
    return removed;
  }

  /** Forgets everything; it is read again as it is asked for. */
  clear(): void {
    this.#frames.clear();
  }

  #search(known: KnownFrame, { vector, text }: Details, count: number): readonly Candidate[] {
    const name = nameOf(known.partition, known.frame);
    const byVector = vector === undefined ? [] : this.#parts.index.search(name, vector, PROPOSED);
    const byWords = known.texts.size <= WORDS_UP_TO ? known.words.search(normalForm(text), PROPOSED) : [];
    const similarity = new Map(byVector.map(({ id, similarity: score }) => [id, score]));
    return rank(byVector, byWords, count).flatMap((id) => {
      const found = known.texts.get(id);
      return found === undefined ? [] : [{ id, text: found.text, similarity: similarity.get(id) ?? 0 }];
    });
  }

  async #known(partition: string, frame: string): Promise<KnownFrame> {
    const name = nameOf(partition, frame);
    let known = this.#frames.get(name);
    if (known === undefined) {
      known = { partition, frame, texts: new Map(), words: new WordIndex(), loading: undefined };
      this.#frames.set(name, known);
      known.loading = this.#load(known, name);
    }
    if (known.loading !== undefined) await known.loading;
    return known;
  }

  async #load(known: KnownFrame, name: string): Promise<void> {
    try {
      for (const listing of await this.#parts.warm.listings(known.partition, known.frame))
        await this.#takeIn(known, listing);
    } catch {
      // The tier is away: go on with what comes, and read the frame the next time it is asked in.
      this.#frames.delete(name);
    } finally {
      known.loading = undefined;
    }
  }

  async #takeIn(known: KnownFrame, { key, kind, details, expiresAt }: Listing): Promise<void> {
    if (kind === 'alias') return;
    const opened = await this.#parts.vault.openDetails(key, details);
    const decoded = opened && decodeDetails(opened);
    if (decoded !== undefined) this.#enter(known, key, decoded, expiresAt);
  }

  #enter(known: KnownFrame, key: AnswerKey, { text, vector }: Details, until: number): void {
    // Forgotten meanwhile: its vectors would stay in the index with nobody to take them out.
    if (this.#frames.peek(nameOf(known.partition, known.frame)) !== known) return;
    if (!known.texts.has(key)) this.#count++;
    known.texts.set(key, { text, until });
    if (known.texts.size <= WORDS_UP_TO) known.words.add(key, normalForm(text));
    if (vector !== undefined) this.#parts.index.add(nameOf(known.partition, known.frame), key, vector);
    this.#makeRoom(known);
  }

  /** Forgets the oldest questions of a frame that has too many, and the frames that were asked in longest ago when all have. */
  #makeRoom(known: KnownFrame): void {
    const { ofFrame, ofAll } = this.#parts.most ?? MOST;
    for (const key of known.texts.keys()) {
      if (known.texts.size <= ofFrame) break;
      this.#leave(known, key);
    }
    for (const name of this.#frames.rkeys()) {
      if (this.#count <= ofAll) break;
      if (this.#frames.peek(name) !== known) this.#frames.delete(name);
    }
  }

  #leave(known: KnownFrame, key: AnswerKey): boolean {
    if (!known.texts.delete(key)) return false;
    this.#count--;
    known.words.remove(key);
    this.#parts.index.remove(nameOf(known.partition, known.frame), key);
    return true;
  }
}

function nameOf(partition: string, frame: string): string {
  return keyIn(partition, frame);
}
