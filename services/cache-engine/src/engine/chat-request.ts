import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import type { Message, MessageText, Question, QuestionContext } from './question.ts';

/** What the engine makes of a chat completion request: a question it may answer from the cache, or the reason why not. */
export type Understanding = { readonly question: Question } | { readonly bypass: string };

/**
 * Whether a parameter, as given, leaves the answer one that can be served again. Everything that is not listed here goes
 * to the origin uncached: what the engine does not understand fully it does not answer.
 */
const PARAMETERS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  // Above 1 the caller asks for variety, which a stored answer would deny.
  temperature: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  top_p: isNumber,
  presence_penalty: isNumber,
  frequency_penalty: isNumber,
  seed: isNumber,
  max_tokens: isNumber,
  max_completion_tokens: isNumber,
  stop: (value) => isString(value) || (Array.isArray(value) && value.every(isString)),
  reasoning_effort: isString,
  verbosity: isString,
  response_format: isJsonObject,
  modalities: (value) => Array.isArray(value) && value.length === 1 && value[0] === 'text',
  // Who the end user is changes no answer, but two users' answers are kept apart all the same.
  user: isString,
  safety_identifier: isString,
};

/** Parameters with a value that asks for nothing: they neither change the answer nor enter its key. */
const NEUTRAL: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  n: (value) => value === 1,
  logprobs: (value) => value === false,
  store: (value) => value === false,
  logit_bias: (value) => isJsonObject(value) && Object.keys(value).length === 0,
};

/** Members that are read elsewhere: the model and the messages, how to deliver the answer, and the wedding's facts. */
const READ_ELSEWHERE: ReadonlySet<string> = new Set(['model', 'messages', 'stream', 'stream_options', 'metadata']);

const ROLES: ReadonlySet<JsonValue> = new Set(['system', 'developer', 'user', 'assistant']);
const MESSAGE_MEMBERS: ReadonlySet<string> = new Set(['role', 'content', 'name']);

/** Reads a chat completion request whose `model` is a string and whose `messages` are objects. */
export function understand(body: JsonObject, context: QuestionContext): Understanding {
  const parameters: Record<string, JsonValue> = {};
  for (const name of Object.keys(body)) {
    const value = body[name] as JsonValue;
    if (READ_ELSEWHERE.has(name) || value === null || accepts(NEUTRAL, name, value)) continue;
    if (!accepts(PARAMETERS, name, value)) return { bypass: name };
    parameters[name] = value;
  }
  const messages: Message[] = [];
  for (const given of body['messages'] as readonly JsonObject[]) {
    const message = textMessage(given);
    if (message === undefined) return { bypass: 'messages' };
    messages.push(message);
  }
  return { question: { context, model: body['model'] as string, messages, parameters } };
}

function accepts(table: Readonly<Record<string, (value: JsonValue) => boolean>>, name: string, value: JsonValue) {
  return Object.hasOwn(table, name) && table[name]?.(value) === true;
}

function textMessage(given: JsonObject): Message | undefined {
  for (const name of Object.keys(given)) if (!MESSAGE_MEMBERS.has(name)) return undefined;
  const { role, content, name } = given;
  if (role === undefined || !ROLES.has(role)) return undefined;
  if (name !== undefined && typeof name !== 'string') return undefined;
  const text = messageText(content);
  return text === undefined ? undefined : { role: role as Message['role'], text, name };
}

function messageText(content: JsonValue | undefined): MessageText | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts: string[] = [];
  for (const part of content as readonly JsonValue[]) {
    if (!isJsonObject(part) || part['type'] !== 'text' || typeof part['text'] !== 'string') return undefined;
    if (Object.keys(part).length !== 2) return undefined;
    texts.push(part['text']);
  }
  return texts;
}

function isNumber(value: JsonValue): boolean {
  return typeof value === 'number';
}

function isString(value: JsonValue): value is string {
  return typeof value === 'string';
}
