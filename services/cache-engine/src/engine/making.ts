import type { Completion } from './completion.ts';
import type { Making } from './entry.ts';
import { isJsonObject } from './json.ts';
import { costOf } from './savings/cost.ts';

/** What making `completion` took: the origin's own count of tokens, and their price by the cost table. */
export function makingOf(completion: Completion, milliseconds: number): Making {
  const usage = completion['usage'];
  const tokens = isJsonObject(usage) && typeof usage['total_tokens'] === 'number' ? usage['total_tokens'] : 0;
  const microDollars = isJsonObject(usage) ? (costOf(completion.model, usage) ?? 0) : 0;
  return { milliseconds, tokens, microDollars };
}
