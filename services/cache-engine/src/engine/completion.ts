import { isJsonObject, type JsonObject } from './json.ts';

/** The one answer in a chat completion. */
export interface Choice extends JsonObject {
  readonly index: number;
  readonly message: JsonObject;
  readonly finish_reason: string;
}

/** A chat completion as OpenAI's API defines it, with exactly one choice; what it holds besides is kept as it came. */
export interface Completion extends JsonObject {
  readonly id: string;
  readonly object: 'chat.completion';
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly model: string;
  readonly choices: readonly [Choice];
}

/** Reasons to finish after which the text is what would be said again. `content_filter` and tool calls are not answers. */
const FINISHED: ReadonlySet<string> = new Set(['stop', 'length']);

/** Whether `value` is a chat completion with one choice that has finished. */
export function isCompletion(value: unknown): value is Completion {
  if (!isJsonObject(value) || value['object'] !== 'chat.completion') return false;
  const { id, created, model, choices } = value;
  if (typeof id !== 'string' || typeof created !== 'number' || typeof model !== 'string') return false;
  if (!Array.isArray(choices) || choices.length !== 1) return false;
  const choice: unknown = choices[0];
  return isJsonObject(choice) && isJsonObject(choice['message']) && typeof choice['finish_reason'] === 'string';
}

/** The text of a completion; empty when it has none. */
export function textOf(completion: Completion): string {
  const { content } = completion.choices[0].message;
  return typeof content === 'string' ? content : '';
}

/** Whether a completion is an answer worth keeping: finished text, and neither a refusal nor a call of anything. */
export function isStorable(completion: Completion): boolean {
  const [{ message, finish_reason: reason }] = completion.choices;
  const { refusal, tool_calls: toolCalls, function_call: functionCall, audio } = message;
  if (!FINISHED.has(reason) || textOf(completion) === '') return false;
  const calls = Array.isArray(toolCalls) ? toolCalls.length > 0 : toolCalls != null;
  return !refusal && !calls && functionCall == null && audio == null;
}

/** Whether a completion definitely says that there is no answer: a refusal, or one that a content filter stopped. */
export function isDefiniteNo(completion: Completion): boolean {
  const [{ message, finish_reason: reason }] = completion.choices;
  return reason === 'content_filter' || (typeof message['refusal'] === 'string' && message['refusal'] !== '');
}
