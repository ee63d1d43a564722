import { askingOrder } from '../../local/region/check/questions.ts';
import { seededRandom } from '../../local/region/check/random.ts';
import { postRequest } from '../lib/http/request.ts';
import type { HttpResponse } from '../lib/http/response-reader.ts';
import { answerTo } from '../lib/provider/answer.ts';
import { chatBody, distinctQuestions } from '../lib/questions.ts';
import type { Asked } from './open-load.ts';

/** What is asked. */
export interface MixOptions {
  readonly apiKey: string;
  /** How many questions are known before. */
  readonly questions: number;
  /** Shares of all requests. */
  readonly streams: number;
  readonly misses: number;
  readonly paraphrases: number;
  readonly seed: number;
}

/** Requests after which the order of the known questions begins anew. */
const CYCLE = 200_000;

/** Ways to put a question in other words, which change nothing that is asked. */
const PARAPHRASES: readonly ((question: string) => string)[] = [
  (question) => `Hi there, ${question.charAt(0).toLowerCase()}${question.slice(1)} Many thanks!`,
  (question) => `Could you please tell me: ${question}`,
  (question) => question.toLowerCase().replace('?', ''),
  (question) => `One of our couples would like to know the following. ${question}`,
];

/** The requests of a soak; the same seed, the same requests. */
export class Mix {
  readonly #options: MixOptions;
  readonly #known: readonly string[];
  readonly #order: readonly number[];
  readonly #random;
  readonly #unknown: (index: number) => string;
  #asked = 0;

  constructor(options: MixOptions) {
    this.#options = options;
    this.#known = distinctQuestions(options.questions);
    this.#random = seededRandom(options.seed);
    this.#order = askingOrder(options.questions, Math.max(CYCLE, options.questions), this.#random);
    this.#unknown = (index) => `Not asked before (${index}): ${this.#known[index % this.#known.length]}`;
  }

  /** The known questions as requests, to be asked before. */
  get first(): readonly { readonly question: string; readonly request: Buffer }[] {
    return this.#known.map((question) => ({ question, request: this.#post(chatBody(question)) }));
  }

  /** The request with this number. */
  next(index: number): Asked {
    const { streams, misses, paraphrases } = this.#options;
    const known = this.#known[this.#order[index % this.#order.length] as number] as string;
    const draw = this.#random.fraction();
    if (draw < misses) return this.#completion(this.#unknown(this.#asked++));
    if (draw < misses + paraphrases) return this.#paraphrase(known);
    return draw < misses + paraphrases + streams ? this.#stream(known) : this.#completion(known);
  }

  #completion(question: string): Asked {
    return {
      request: this.#post(chatBody(question)),
      wrong: (response) => wrongIn(response, (body) => contentOf(body) === answerTo(question)),
    };
  }

  /** Another wording may be answered from the known question's answer or be new to the engine; nothing else is right. */
  #paraphrase(known: string): Asked {
    const rephrase = PARAPHRASES[Math.floor(this.#random.fraction() * PARAPHRASES.length)] as (typeof PARAPHRASES)[0];
    const asked = rephrase(known);
    return {
      request: this.#post(chatBody(asked)),
      wrong: (response) => wrongIn(response, (body) => [answerTo(known), answerTo(asked)].includes(contentOf(body))),
    };
  }

  #stream(question: string): Asked {
    return {
      request: this.#post(chatBody(question, { stream: true })),
      wrong: (response) => wrongIn(response, (body) => contentOfStream(body) === answerTo(question)),
    };
  }

  #post(body: object): Buffer {
    const headers = { authorization: `Bearer ${this.#options.apiKey}` };
    return postRequest('127.0.0.1', '/v1/chat/completions', body, headers);
  }
}

interface Choice {
  readonly message?: { readonly content?: string };
  readonly delta?: { readonly content?: string };
}

function wrongIn(response: HttpResponse, right: (body: string) => boolean): string | undefined {
  const { status, body } = response;
  const text = body.toString('utf8');
  if (status !== 200) return `status ${status}: ${text.slice(0, 300)}`;
  return right(text) ? undefined : `another question's answer: ${text.slice(0, 300)}`;
}

function contentOf(body: string): string {
  return (JSON.parse(body) as { readonly choices: readonly Choice[] }).choices[0]?.message?.content ?? '';
}

function contentOfStream(body: string): string {
  const events = body.split('\n\n').filter((event) => event.startsWith('data: {'));
  const chunks = events.map((event) => JSON.parse(event.slice('data: '.length)) as { choices: readonly Choice[] });
  return chunks.map(({ choices }) => choices[0]?.delta?.content ?? '').join('');
}
