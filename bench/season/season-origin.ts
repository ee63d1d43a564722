import type { Clock } from '@wedsync/domain';
import type { Completion } from '../../services/cache-engine/src/engine/completion.ts';
import type { Question } from '../../services/cache-engine/src/engine/question.ts';
import type { ForwardedAnswer, Model, Origin } from '../../services/cache-engine/src/ports/origin.ts';
import type { Catalogue } from './catalogue/catalogue.ts';

/** Plain advice, in which nothing is anybody's. */
const ADVICE = 'That depends on the season and the place; ask early, and agree on it in writing. '.repeat(4).trim();

/** An origin that answers at once, each answer with a name that tells which question of the catalogue it is for. */
export class SeasonOrigin implements Origin {
  readonly defaultModel = undefined;
  /** Questions it was asked. */
  calls = 0;
  readonly #clock: Clock;
  readonly #catalogue: Catalogue;

  constructor(clock: Clock, catalogue: Catalogue) {
    this.#clock = clock;
    this.#catalogue = catalogue;
  }

  /** The question of the catalogue that an answer was given for. */
  static intentOf({ id }: Completion): number {
    return Number(id);
  }

  async ask({ model, messages }: Question): Promise<Completion> {
    this.calls++;
    const text = messages.at(-1)?.text;
    const intent = typeof text === 'string' ? this.#catalogue.intentOf(text) : undefined;
    if (intent === undefined) throw new Error(`The season has no question "${String(text)}".`);
    return {
      id: String(intent),
      object: 'chat.completion',
      created: Math.floor(this.#clock.now() / 1000),
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: ADVICE }, finish_reason: 'stop' }],
    };
  }

  forward(): Promise<ForwardedAnswer> {
    return Promise.reject(new Error('A season asks questions only.'));
  }

  forwardEmbeddings(): Promise<ForwardedAnswer> {
    return Promise.reject(new Error('A season asks questions only.'));
  }

  async models(): Promise<readonly Model[]> {
    return [];
  }
}
