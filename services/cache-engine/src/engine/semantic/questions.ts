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

/** Texts of a frame among which words are searched as well: beyond, looking at each costs more than it finds. */
const WORDS_UP_TO = 2000;

/** How many candidates each of the rankings proposes before they are put together. */
const PROPOSED = 20;

interface KnownFrame {
  readonly partition: string;
  readonly frame: string;
  readonly texts: Map<AnswerKey, string>;
  readonly words: WordIndex;
  /** Settles when what the warm tier holds of the frame is known. */
  loading: Promise<void> | undefined;
}

/** What the questions are known from. */
export interface QuestionsParts {
  readonly warm: WarmTier;
  readonly vault: Vault;
  readonly index: VectorIndex;
}

/**
 * The stored questions of the frames that are being asked in, by their vectors and words. A frame is read from the warm tier when
 * it is first asked in; afterwards each stored answer is added as it becomes known. A search never leaves its frame.
 */
export class Questions {
  readonly #parts: QuestionsParts;
  readonly #frames: LRUCache<string, KnownFrame>;

  constructor(parts: QuestionsParts) {
    this.#parts = parts;
    this.#frames = new LRUCache({
      max: FRAMES,
      dispose: ({ partition, frame }) => parts.index.removeFrame(nameOf(partition, frame)),
    });
  }

  /** The stored questions of a frame that come nearest to `details`, best first. */
  async near(partition: string, frame: string, details: Details, count: number): Promise<readonly Candidate[]> {
    const known = await this.#known(partition, frame);
    const { vector, text } = details;
    const byVector = vector === undefined ? [] : this.#parts.index.search(nameOf(partition, frame), vector, PROPOSED);
    const byWords = known.texts.size <= WORDS_UP_TO ? known.words.search(normalForm(text), PROPOSED) : [];
    const similarity = new Map(byVector.map(({ id, similarity: score }) => [id, score]));
    return rank(byVector, byWords, count).flatMap((id) => {
      const found = known.texts.get(id);
      return found === undefined ? [] : [{ id, text: found, similarity: similarity.get(id) ?? 0 }];
    });
  }

  /** The text of a stored question: as it is known here, or else as the warm tier lists it. Rejects when that is away. */
  async textOf(key: AnswerKey, frame: string): Promise<string | undefined> {
    const { warm, vault } = this.#parts;
    const known = this.#frames.peek(nameOf(partitionOfKey(key), frame))?.texts.get(key);
    if (known !== undefined) return known;
    const listing = await warm.listing(key, frame);
    const opened = listing && (await vault.openDetails(key, listing.details));
    return opened && decodeDetails(opened)?.text;
  }

  /** Adds a question that this process stored. */
  add(key: AnswerKey, frame: string, details: Details): void {
    const known = this.#frames.get(nameOf(partitionOfKey(key), frame));
    if (known !== undefined) this.#enter(known, key, details);
  }

  /** Takes in a question that another process stored, where its frame is known here. */
  async stored(key: AnswerKey, frame: string): Promise<void> {
    const known = this.#frames.peek(nameOf(partitionOfKey(key), frame));
    if (known === undefined || known.texts.has(key)) return;
    const listing = await this.#parts.warm.listing(key, frame).catch(() => undefined);
    if (listing !== undefined) await this.#takeIn(known, listing);
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

  async #takeIn(known: KnownFrame, { key, kind, details }: Listing): Promise<void> {
    if (kind === 'alias') return;
    const opened = await this.#parts.vault.openDetails(key, details);
    const decoded = opened && decodeDetails(opened);
    if (decoded !== undefined) this.#enter(known, key, decoded);
  }

  #enter(known: KnownFrame, key: AnswerKey, { text, vector }: Details): void {
    // Forgotten meanwhile: its vectors would stay in the index with nobody to take them out.
    if (this.#frames.peek(nameOf(known.partition, known.frame)) !== known) return;
    known.texts.set(key, text);
    known.words.add(key, normalForm(text));
    if (vector !== undefined) this.#parts.index.add(nameOf(known.partition, known.frame), key, vector);
  }

  #leave(known: KnownFrame, key: AnswerKey): boolean {
    if (!known.texts.delete(key)) return false;
    known.words.remove(key);
    this.#parts.index.remove(nameOf(known.partition, known.frame), key);
    return true;
  }
}

function nameOf(partition: string, frame: string): string {
  return keyIn(partition, frame);
}
