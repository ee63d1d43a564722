import { Type } from 'typebox';
import { facts } from './facts.ts';
import { instant, PRINTABLE } from './texts.ts';

const model = Type.String({ minLength: 1, maxLength: 256, pattern: PRINTABLE, description: 'the name of a model' });

/** Tags that one answer may have. */
const MOST_TAGS = 16;

/** A name by which answers can be invalidated. */
export const tag = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[^,\\u0000-\\u001F\\u007F]+$',
  description: 'a tag: 1 to 64 characters without commas',
});

const TAGS = `at most ${MOST_TAGS} tags of 1 to 64 characters, separated by commas`;

/** What is allowed as tags in one text, in words. */
export const TAGS_ALLOWED = `must be ${TAGS}`;

const ONE_OF_TAGS = '\\s*[^,\\s][^,]{0,63}';

/** Tags in one text, as metadata holds nothing but texts. */
const tagsInOneText = Type.String({
  pattern: `^${ONE_OF_TAGS}(,${ONE_OF_TAGS}){0,${MOST_TAGS - 1}}$`,
  description: TAGS,
});

/** The tags in a text that separates them by commas; `undefined` when it is no such text. */
export function tagsIn(text: string): readonly string[] | undefined {
  const tags = text.split(',').map((one) => one.trim());
  return tags.length <= MOST_TAGS && tags.every((one) => one.length >= 1 && one.length <= 64) ? tags : undefined;
}

/** Body of `POST /v1/chat/completions`. Members beyond these are OpenAI's: known ones count, others bypass the cache. */
export const ChatCompletionRequest = Type.Object(
  {
    model,
    messages: Type.Array(Type.Object({}, { additionalProperties: true, description: 'a message object' }), {
      minItems: 1,
      description: 'a list of at least one message object',
    }),
    stream: Type.Optional(Type.Union([Type.Boolean(), Type.Null()], { description: 'true or false' })),
    stream_options: Type.Optional(
      Type.Union(
        [Type.Object({ include_usage: Type.Optional(Type.Boolean()) }, { additionalProperties: true }), Type.Null()],
        {
          description: 'an object such as { "include_usage": true }',
        },
      ),
    ),
    metadata: Type.Optional(
      Type.Union(
        [
          Type.Object(
            { ...Type.Partial(Type.Object({ ...facts, tags: tagsInOneText })).properties },
            { additionalProperties: Type.String({ description: 'a string' }) },
          ),
          Type.Null(),
        ],
        {
          description:
            'an object of strings; vendorId, vendorType, weddingId, coupleId, weddingDate, finalNumbersDue, balanceDue and location say what the question is about; tags (separated by commas) are names by which the answer can be invalidated',
        },
      ),
    ),
  },
  { title: 'ChatCompletionRequest', additionalProperties: true, description: 'a JSON object with model and messages' },
);

/** Answer of `POST /v1/chat/completions`: what the origin said, with what identifies it checked. */
export const ChatCompletion = Type.Object(
  {
    id: Type.String(),
    object: Type.Literal('chat.completion'),
    created: Type.Integer(),
    model: Type.String(),
    choices: Type.Array(Type.Object({}, { additionalProperties: true })),
  },
  { title: 'ChatCompletion', additionalProperties: true },
);

/** Body of `POST /v1/queries`. */
export const QueryRequest = Type.Object(
  {
    vendorId: facts.vendorId,
    vendorType: facts.vendorType,
    weddingId: facts.weddingId,
    weddingDate: facts.weddingDate,
    question: Type.String({
      minLength: 1,
      maxLength: 32_000,
      pattern: '\\S',
      description: 'a text of 1 to 32000 characters',
    }),
    coupleId: Type.Optional(facts.coupleId),
    finalNumbersDue: Type.Optional(facts.finalNumbersDue),
    balanceDue: Type.Optional(facts.balanceDue),
    location: Type.Optional(facts.location),
    model: Type.Optional(model),
    tags: Type.Optional(
      Type.Array(tag, {
        maxItems: MOST_TAGS,
        description: `a list of at most ${MOST_TAGS} tags by which the answer can be invalidated`,
      }),
    ),
  },
  {
    title: 'QueryRequest',
    additionalProperties: false,
    description: 'a JSON object with vendorId, vendorType, weddingId, weddingDate and question',
  },
);

/** Answer of `POST /v1/queries`. */
export const QueryAnswer = Type.Object(
  {
    answer: Type.String(),
    model: Type.String({ description: 'the model that answered' }),
    source: Type.Enum(['hot', 'warm', 'cold', 'semantic', 'miss'], { description: 'where the answer came from' }),
    match: Type.Enum(['exact', 'alias', 'shared'], {
      description: 'whose question it answered: this very one, another wording of it, or the same one of other vendors',
    }),
    stale: Type.Union([Type.Enum(['revalidating', 'origin-failed']), Type.Null()], {
      description: 'why an answer past its time is given all the same',
    }),
    ageSeconds: Type.Integer({ description: 'seconds since the model answered' }),
    timeToLiveSeconds: Type.Integer({ description: 'seconds for which the answer may still be served' }),
    answeredAt: instant('when the model answered'),
  },
  { title: 'QueryAnswer' },
);

const texts = Type.Union(
  [
    Type.String({ minLength: 1 }),
    Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }),
    Type.Array(Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }), { minItems: 1 }),
  ],
  { description: 'a text, a list of texts, a list of tokens, or a list of such lists' },
);

/** Body of `POST /v1/embeddings`: OpenAI's, of which the engine needs to know no more. */
export const EmbeddingsRequest = Type.Object(
  { model, input: texts },
  { title: 'EmbeddingsRequest', additionalProperties: true, description: 'a JSON object with model and input' },
);

/** Answer of `POST /v1/embeddings`. */
export const Embeddings = Type.Object(
  {
    object: Type.Literal('list'),
    data: Type.Array(Type.Object({}, { additionalProperties: true })),
    model: Type.String(),
  },
  { title: 'Embeddings', additionalProperties: true },
);

/** Answer of `GET /v1/models`. */
export const Models = Type.Object(
  {
    object: Type.Literal('list'),
    data: Type.Array(Type.Object({ id: Type.String(), object: Type.Literal('model') }, { additionalProperties: true })),
  },
  { title: 'Models' },
);
