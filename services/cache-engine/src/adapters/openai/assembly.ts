import { isCompletion, type Completion } from '../../engine/completion.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../engine/json.ts';
import { OriginError, type AnswerPart } from '../../ports/origin.ts';
import { eventData } from './event-stream.ts';

/**
 * Puts the chunks of a stream together again to the completion that would have come without streaming, handing each
 * part on as it comes.
 * @throws OriginError when the stream reports an error or ends before the answer has.
 */
export async function assemble(
  body: AsyncIterable<Uint8Array>,
  onPart: (part: AnswerPart) => void,
): Promise<Completion> {
  const message: Record<string, JsonValue> = { role: 'assistant', content: '', refusal: null };
  const whole: Record<string, JsonValue> = {};
  let reason: JsonValue = null;
  for await (const data of eventData(body)) {
    if (data === '[DONE]') break;
    const chunk = parseChunk(data);
    const { choices, usage, ...rest } = chunk;
    Object.assign(whole, rest, { object: 'chat.completion' }, usage == null ? {} : { usage });
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    if (!isJsonObject(choice)) continue;
    reason = choice['finish_reason'] ?? reason;
    const delta = choice['delta'];
    if (!isJsonObject(delta) || Object.keys(delta).length === 0) continue;
    append(message, delta);
    const { id, created, model } = chunk;
    onPart({ id: text(id), created: typeof created === 'number' ? created : 0, model: text(model), delta });
  }
  const completion = { ...whole, choices: [{ index: 0, message, logprobs: null, finish_reason: reason }] };
  if (!isCompletion(completion)) throw new OriginError('no-answer', 'The stream of the origin ended in mid-answer.');
  return completion;
}

function parseChunk(data: string): JsonObject {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch {
    throw new OriginError('no-answer', 'The origin sent an event that is not JSON.');
  }
  if (!isJsonObject(chunk)) throw new OriginError('no-answer', 'The origin sent an event that is not an object.');
  if (chunk['error'] != null) throw new OriginError('unavailable', 'The origin broke its answer off with an error.');
  return chunk;
}

/** Texts grow by what each delta brings; anything else is replaced. */
function append(message: Record<string, JsonValue>, delta: JsonObject): void {
  for (const [name, value] of Object.entries(delta)) {
    const before = message[name];
    const grows = typeof value === 'string' && typeof before === 'string' && name !== 'role';
    message[name] = grows ? before + value : value;
  }
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
