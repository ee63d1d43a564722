import { hash } from 'node:crypto';
import { dateIn, type Clock, type TimeZone } from '@wedsync/domain';
import { replayEvents } from '../../engine/chunks.ts';
import type { Completion } from '../../engine/completion.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../engine/json.ts';
import type { Question, QuestionContext } from '../../engine/question.ts';
import { OriginError, type AnswerPart, type ForwardedAnswer, type Model, type Origin } from '../../ports/origin.ts';
import { advise } from './advise.ts';

/** The name under which the assistant is listed and signs, whatever model was asked for. */
export const ASSISTANT_MODEL = 'wedsync-planning-assistant';

/**
 * The origin of a region that was given no provider: fixed rules instead of a model, so that everything can be tried
 * without an account anywhere. The same question on the same day gets the same words. Sampling parameters and tools
 * mean nothing to it.
 */
export class PlanningAssistant implements Origin {
  readonly defaultModel = ASSISTANT_MODEL;
  readonly #clock: Clock;
  readonly #zone: TimeZone;

  constructor(clock: Clock, zone: TimeZone) {
    this.#clock = clock;
    this.#zone = zone;
  }

  async ask(question: Question, _signal: AbortSignal, onPart?: (part: AnswerPart) => void): Promise<Completion> {
    const asked = question.messages.findLast(({ role }) => role === 'user');
    if (asked === undefined) throw new OriginError('refused', 'There is no user message to answer.', { status: 400 });
    const completion = this.#answer([asked.text].flat().join('\n'), question.context);
    if (onPart !== undefined) {
      const { id, created, model, choices } = completion;
      const text = choices[0].message['content'] as string;
      onPart({ id, created, model, delta: { role: 'assistant', content: '' } });
      for (const content of text.split(/(?<=\n)/)) onPart({ id, created, model, delta: { content } });
    }
    return completion;
  }

  async forward(request: JsonObject, context: QuestionContext): Promise<ForwardedAnswer> {
    const completion = this.#answer(lastUserText(request['messages']), context);
    if (request['stream'] !== true) return answerOf('application/json', JSON.stringify(completion));
    const options = request['stream_options'];
    const includeUsage = isJsonObject(options) && options['include_usage'] === true;
    return answerOf('text/event-stream', replayEvents(completion, includeUsage));
  }

  async forwardEmbeddings(): Promise<ForwardedAnswer> {
    throw new OriginError('refused', 'The built-in planning assistant makes no embeddings.', { status: 400 });
  }

  async models(): Promise<readonly Model[]> {
    return [{ id: ASSISTANT_MODEL, object: 'model', created: 0, owned_by: 'wedsync' }];
  }

  #answer(text: string, context: QuestionContext): Completion {
    const now = this.#clock.now();
    const content = advise(text, context, dateIn(this.#zone, now));
    const [asked, answered] = [countWords(text), countWords(content)];
    return {
      id: `chatcmpl-${hash('sha256', `${now} ${content}`, 'base64url').slice(0, 24)}`,
      object: 'chat.completion',
      created: Math.floor(now / 1000),
      model: ASSISTANT_MODEL,
      choices: [
        { index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: asked, completion_tokens: answered, total_tokens: asked + answered },
    };
  }
}

/** The assistant has no tokens: it counts words. */
function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function lastUserText(messages: JsonValue | undefined): string {
  const list: readonly JsonValue[] = Array.isArray(messages) ? messages : [];
  const message = list.findLast((one) => isJsonObject(one) && one['role'] === 'user');
  const content = isJsonObject(message) ? message['content'] : undefined;
  const parts: readonly (JsonValue | undefined)[] = Array.isArray(content) ? content : [content];
  const text = parts
    .map((part) => (isJsonObject(part) ? part['text'] : part))
    .filter((part) => typeof part === 'string');
  if (text.length > 0) return text.join('\n');
  throw new OriginError('refused', 'The built-in planning assistant answers text in a user message only.', {
    status: 400,
  });
}

function answerOf(contentType: string, text: string): ForwardedAnswer {
  async function* body() {
    yield Buffer.from(text);
  }
  return { status: 200, contentType, body: body() };
}
