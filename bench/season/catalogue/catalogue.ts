import { VENDOR_TYPES, type VendorType } from '@wedsync/domain';
import { type Random, shuffled } from '../random.ts';
import { dressesOf, mistype } from './dress.ts';
import { readPairs } from './pairs.ts';
import { SUBJECTS, TRADE_QUESTIONS } from './trades.ts';
import { VENDOR_QUESTIONS, WEDDING_QUESTIONS } from './wedding-questions.ts';

/** What an answer rests on: general knowledge, which vendors may share; the vendor's own data; or one wedding. */
export type Scope = 'general' | 'vendor' | 'wedding';

/** The vendor data that an answer rests on. */
export type Tag = 'availability' | 'prices' | 'menus';

/** One way to put a question. */
export interface Wording {
  readonly id: number;
  readonly plain: string;
  /** The same words, written by different people. */
  readonly dressed: readonly string[];
  /** The same words with a slip of the finger. */
  readonly mistyped: readonly string[];
}

/** A question, whatever its wording: one answer serves all of them. */
export interface Intent {
  readonly id: number;
  readonly scope: Scope;
  readonly tag?: Tag | undefined;
  readonly wordings: readonly Wording[];
}

/** A wording whose other forms are yet to be found: they must not take the text of another question. */
interface Draft {
  readonly id: number;
  readonly intent: number;
  readonly plain: string;
  readonly dressed: string[];
  readonly mistyped: string[];
}

/** Slips of the finger that are known of each wording. */
const SLIPS = 4;

/** Every question that may be asked, and the truth about which texts ask the same. */
export class Catalogue {
  readonly #byText = new Map<string, { readonly intent: number; readonly wording: number }>();
  readonly #general = new Map<VendorType, readonly Intent[]>();
  readonly #wordings: Draft[] = [];
  #intents = 0;
  /** Questions on a vendor's own data, most asked first. */
  readonly vendor: readonly Intent[];
  /** Questions on one wedding, most asked first. */
  readonly wedding: readonly Intent[];

  /** @param random decides which questions are popular, and the slips of the finger. */
  constructor(random: Random) {
    const make = (scope: Scope, wordings: readonly string[], tag?: Tag) => this.#intent(scope, wordings, tag);
    this.vendor = shuffled(
      VENDOR_QUESTIONS.map(({ tag, wordings }) => make('vendor', wordings, tag)),
      random,
    );
    const oneWedding = WEDDING_QUESTIONS.map((wordings) => make('wedding', wordings));
    const trades = VENDOR_TYPES.map((type) => {
      const questions = Object.values(TRADE_QUESTIONS).flatMap((wordings) =>
        SUBJECTS[type].map((subject) => wordings.map((wording) => wording.replace('{x}', subject))),
      );
      return [type, questions.map((wordings) => make('general', wordings))] as const;
    });
    const pairs = readPairs().filter(({ wordings }) => wordings.every((text) => !this.#byText.has(text)));
    const ofPairs = (dated: boolean, several: boolean) =>
      pairs
        .filter((pair) => pair.dated === dated && pair.wordings.length > 1 === several)
        .map(({ wordings }) => make(dated ? 'wedding' : 'general', wordings));
    const rareWedding = [...ofPairs(true, true), ...ofPairs(true, false)];
    this.wedding = [...shuffled(oneWedding, random), ...shuffled(rareWedding, random)];
    const common = ofPairs(false, true);
    const rare = shuffled(ofPairs(false, false), random);
    for (const [type, trade] of trades) this.#general.set(type, [...shuffled([...trade, ...common], random), ...rare]);
    this.#vary(random);
  }

  /** How many questions there are, whatever their wording. */
  get intents(): number {
    return this.#intents;
  }

  /** How many different texts there are. */
  get texts(): number {
    return this.#byText.size;
  }

  /** Questions of general knowledge that a type of vendor asks, most asked first. */
  general(type: VendorType): readonly Intent[] {
    return this.#general.get(type) ?? [];
  }

  /** The question that `text` asks; `undefined` for a text that is not of this catalogue. */
  intentOf(text: string): number | undefined {
    return this.#byText.get(text)?.intent;
  }

  /** The truth of a judge: whether one answer serves both texts. */
  sameIntent(one: string, other: string): boolean {
    const intent = this.intentOf(one);
    return intent !== undefined && intent === this.intentOf(other);
  }

  #intent(scope: Scope, plains: readonly string[], tag?: Tag): Intent {
    const id = this.#intents++;
    const wordings = plains.map((plain) => {
      const known = this.#byText.get(plain);
      if (known !== undefined) throw new Error(`Two questions of the catalogue read: ${plain}`);
      const wording: Draft = { id: this.#wordings.length, intent: id, plain, dressed: [], mistyped: [] };
      this.#byText.set(plain, { intent: id, wording: wording.id });
      this.#wordings.push(wording);
      return wording;
    });
    return { id, scope, tag, wordings };
  }

  /** Adds the other forms of every wording. What two questions could both be written as belongs to the first of them. */
  #vary(random: Random): void {
    for (const { id, intent, plain, dressed, mistyped } of this.#wordings) {
      const mine = (text: string) => {
        const known = this.#byText.get(text);
        if (known === undefined) this.#byText.set(text, { intent, wording: id });
        return known === undefined || known.wording === id;
      };
      dressed.push(...dressesOf(plain).filter(mine));
      for (let slip = 0; slip < SLIPS; slip++) {
        const text = mistype(plain, random);
        if (mine(text)) mistyped.push(text);
      }
    }
  }
}
