import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import listPrices from './model-prices.json' with { type: 'json' };
import { parsePrices, priceOf, type PriceTable } from './prices.ts';

/** What providers ask of everybody, by the table beside this file: each row with its source. */
export const LIST_PRICES: PriceTable = parsePrices(listPrices);

/**
 * What a call cost, in millionths of a US dollar, rounded to whole ones.
 * @param usage the `usage` of a chat completion
 * @param prices those that one pays, where they are not the list's
 * @returns `undefined` when the model has no price or the usage does not say what was used
 */
export function costOf(model: string, usage: JsonObject, prices: PriceTable = LIST_PRICES): number | undefined {
  const price = priceOf(model, prices);
  const [prompt, completion] = [count(usage['prompt_tokens']), count(usage['completion_tokens'])];
  if (price === undefined || prompt === undefined || completion === undefined) return undefined;
  const details = usage['prompt_tokens_details'];
  const cached = Math.min(prompt, (isJsonObject(details) ? count(details['cached_tokens']) : undefined) ?? 0);
  return Math.round((prompt - cached) * price.input + cached * price.cachedInput + completion * price.output);
}

function count(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined;
}
