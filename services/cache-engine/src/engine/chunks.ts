import type { AnswerPart } from '../ports/origin.ts';
import type { Completion } from './completion.ts';
import type { JsonObject, JsonValue } from './json.ts';

const DONE = 'data: [DONE]\n\n';

/** One part of an answer as an event of an OpenAI stream. */
export function partEvent({ id, created, model, delta }: AnswerPart): string {
  return chunkEvent({ id, created, model }, [{ index: 0, delta, finish_reason: null }]);
}

/** What ends a stream: the reason to finish, the usage if the caller asked for it and it is known, and `[DONE]`. */
export function endEvents(completion: Completion, includeUsage: boolean): string {
  const [{ finish_reason: reason }] = completion.choices;
  const usage = includeUsage ? completion['usage'] : undefined;
  const finish = chunkEvent(completion, [{ index: 0, delta: {}, finish_reason: reason }]);
  return finish + (usage == null ? '' : chunkEvent(completion, [], usage)) + DONE;
}

/** A whole answer as a stream. */
export function replayEvents(completion: Completion, includeUsage: boolean): string {
  const { id, created, model, choices } = completion;
  return partEvent({ id, created, model, delta: choices[0].message }) + endEvents(completion, includeUsage);
}

/** An error in the midst of a stream, where it is too late for a status. */
export function errorEvent(body: JsonObject): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}

function chunkEvent(
  { id, created, model }: { readonly id: string; readonly created: number; readonly model: string },
  choices: readonly JsonValue[],
  usage?: JsonValue,
): string {
  const chunk = {
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices,
    ...(usage === undefined ? {} : { usage }),
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
