import { VENDOR_TYPES, WEDDING_YEARS } from '@wedsync/domain';
import { Type } from 'typebox';

/** Printable: no control characters, no line or direction marks, no lone surrogates that only look like another id. */
const PRINTABLE =
  '^[^\\u0000-\\u001F\\u007F-\\u009F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uD800-\\uDFFF]+$';

const identifier = (what: string) =>
  Type.String({
    minLength: 1,
    maxLength: 128,
    pattern: PRINTABLE,
    description: `${what}: 1 to 128 printable characters`,
  });

/** A vendor type. */
export const VendorTypeSchema = Type.Enum([...VENDOR_TYPES], {
  description: `one of ${VENDOR_TYPES.join(', ')}`,
});

const WEDDING_DATE = `a date written YYYY-MM-DD, from ${WEDDING_YEARS.earliest} to ${WEDDING_YEARS.latest}, that is in the calendar`;

/** What is allowed as a wedding's date, in words. */
export const WEDDING_DATE_ALLOWED = `must be ${WEDDING_DATE}`;

/** The facts about vendor and wedding, in a query as in a chat completion's metadata. */
const facts = {
  vendorId: identifier('the id of the vendor to whom the API key belongs'),
  vendorType: VendorTypeSchema,
  weddingId: identifier('the id of the wedding'),
  weddingDate: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: WEDDING_DATE }),
  location: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: PRINTABLE,
    description: 'a place: 1 to 200 printable characters',
  }),
};

const model = Type.String({ minLength: 1, maxLength: 256, pattern: PRINTABLE, description: 'the name of a model' });

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
            { ...Type.Partial(Type.Object(facts)).properties },
            { additionalProperties: Type.String({ description: 'a string' }) },
          ),
          Type.Null(),
        ],
        {
          description:
            'an object of strings; vendorId, vendorType, weddingId, weddingDate and location say what the question is about',
        },
      ),
    ),
  },
  { additionalProperties: true, description: 'a JSON object with model and messages' },
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
    location: Type.Optional(facts.location),
    model: Type.Optional(model),
  },
  {
    additionalProperties: false,
    description: 'a JSON object with vendorId, vendorType, weddingId, weddingDate and question',
  },
);

/** Answer of `POST /v1/queries`. */
export const QueryAnswer = Type.Object({
  answer: Type.String(),
  model: Type.String({ description: 'the model that answered' }),
  source: Type.Enum(['hot', 'warm', 'miss'], { description: 'where the answer came from' }),
  ageSeconds: Type.Integer({ description: 'seconds since the model answered' }),
  timeToLiveSeconds: Type.Integer({ description: 'seconds for which the answer may still be served' }),
  answeredAt: Type.String({ description: 'when the model answered, ISO 8601' }),
});

/** Body of `POST /v1/admin/keys`. */
export const NewKeyRequest = Type.Object(
  {
    vendorId: facts.vendorId,
    vendorType: Type.Optional(VendorTypeSchema),
    label: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: `${PRINTABLE}|^$`,
        description: 'a text of at most 100 printable characters',
      }),
    ),
  },
  { additionalProperties: false, description: 'a JSON object with vendorId' },
);

/** Query string of `GET /v1/admin/keys`. */
export const KeyFilter = Type.Object({ vendorId: Type.Optional(facts.vendorId) }, { additionalProperties: false });

/** Path of `DELETE /v1/admin/keys/{keyId}`. */
export const KeyPath = Type.Object({ keyId: identifier('the id of a key') });

/** What is told about a key; never the key itself. */
export const KeyDescription = Type.Object({
  keyId: Type.String(),
  vendorId: Type.String(),
  vendorType: VendorTypeSchema,
  label: Type.String(),
  createdAt: Type.String({ description: 'ISO 8601' }),
});

/** Answer of `POST /v1/admin/keys`: the only time that the key is shown. */
export const NewKey = Type.Object({ ...KeyDescription.properties, key: Type.String({ description: 'the API key' }) });

/** Any error. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }))),
  error: Type.Object({
    message: Type.String(),
    type: Type.String(),
    code: Type.String(),
    param: Type.Union([Type.String(), Type.Null()]),
  }),
});
