import type { Lifetime } from '@wedsync/domain';
import type { Completion } from '../../../../services/cache-engine/src/engine/completion.ts';
import type { Question } from '../../../../services/cache-engine/src/engine/question.ts';

/** A plain question, with `changes`. */
export function question(changes: Partial<Question> = {}): Question {
  return {
    context: { vendorId: 'smith', vendorType: 'photographer', weddingId: 'w1', weddingDate: '2026-06-13' },
    model: 'a-model',
    messages: [{ role: 'user', text: 'When is sunset?' }],
    parameters: {},
    ...changes,
  };
}

/** A finished answer of `text`, its message with `message`, its choice with `finishReason`. */
export function completion(text: string, message: object = {}, finishReason = 'stop'): Completion {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_780_000_000,
    model: 'a-model',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text, refusal: null, ...message },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 },
  };
}

/** A lifetime that is fresh until `end`, and over then. */
export function lifetime(bornAt: number, end: number): Lifetime {
  return { bornAt, freshUntil: end, staleUntil: end, goneAt: end };
}

/** What making an answer took. */
export const MAKING = { milliseconds: 800, tokens: 6, microDollars: 3 } as const;
