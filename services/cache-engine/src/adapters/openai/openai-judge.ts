import { randomBytes } from 'node:crypto';
import { isStorable, textOf, type Completion } from '../../engine/completion.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import { costOf, LIST_PRICES } from '../../engine/savings/cost.ts';
import type { PriceTable } from '../../engine/savings/prices.ts';
import type { Judge, Pair, Verdict } from '../../ports/judge.ts';
import { OriginError } from '../../ports/origin.ts';
import { OpenAiClient, type ProviderAccess } from './client.ts';
import { judgeMessages, PROMPT_VERSION, RESPONSE_FORMAT, verdictIn } from './judge-prompt.ts';

/** Milliseconds that a judgement may take: who asks waits less, but a verdict that comes later still counts for the next. */
const TIMEOUT = 10_000;

/** Longest question that is judged, in characters; in more text there is more to hide an instruction in than to compare. */
const LONGEST = 2_000;

/** Tokens of an answer: the verdict needs some forty, a model that reasons before it a few hundred more. */
const ANSWER_TOKENS = 1_000;

/** Statuses with which providers refuse a request that has a response format which they do not know. */
const NOT_UNDERSTOOD: ReadonlySet<number | undefined> = new Set([400, 404, 422]);

/** What a judge is made of. */
export interface OpenAiJudgeParts extends ProviderAccess {
  readonly model: string;
  /** A new marker, of letters and digits, that nobody can know beforehand. @default 96 random bits */
  readonly nonce?: () => string;
  /** @default the list prices */
  readonly prices?: PriceTable;
}

/** A small model at any provider that speaks OpenAI's API, asked whether two questions ask the same. */
export class OpenAiJudge implements Judge {
  readonly name: string;
  readonly #client: OpenAiClient;
  readonly #model: string;
  readonly #nonce: () => string;
  readonly #prices: PriceTable;
  /** Whether the provider holds the model to a schema; until it has refused to. */
  #structured = true;

  constructor({ model, nonce = randomMarker, prices = LIST_PRICES, timeout = TIMEOUT, ...access }: OpenAiJudgeParts) {
    this.name = `${model}/${PROMPT_VERSION}`;
    this.#client = new OpenAiClient({ ...access, timeout });
    this.#model = model;
    this.#nonce = nonce;
    this.#prices = prices;
  }

  async judge(pair: Pair, signal: AbortSignal): Promise<Verdict> {
    if (pair.stored.length > LONGEST || pair.asked.length > LONGEST) return { verdict: 'unsure', cost: 0 };
    const nonce = this.#nonce();
    const completion = await this.#ask(
      {
        model: this.#model,
        messages: judgeMessages(pair, nonce),
        temperature: 0,
        max_completion_tokens: ANSWER_TOKENS,
      },
      signal,
    );
    const finished = completion.choices[0].finish_reason === 'stop' && isStorable(completion);
    return { verdict: finished ? verdictIn(textOf(completion), nonce) : 'unsure', cost: this.#costOf(completion) };
  }

  async #ask(request: JsonObject, signal: AbortSignal): Promise<Completion> {
    if (this.#structured) {
      try {
        return await this.#client.complete({ ...request, response_format: RESPONSE_FORMAT }, signal);
      } catch (error) {
        if (!(error instanceof OriginError) || error.failure !== 'refused' || !NOT_UNDERSTOOD.has(error.status))
          throw error;
      }
    }
    const completion = await this.#client.complete(request, signal);
    // It was the format that was refused, then: not worth a second call with every pair.
    this.#structured = false;
    return completion;
  }

  #costOf(completion: Completion): number | undefined {
    const usage = completion['usage'];
    const microDollars = isJsonObject(usage) ? costOf(this.#model, usage, this.#prices) : undefined;
    return microDollars === undefined ? undefined : microDollars / 1e6;
  }
}

function randomMarker(): string {
  return randomBytes(12).toString('hex');
}
