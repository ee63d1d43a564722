import { Type } from 'typebox';
import { facts, vendorId, VendorTypeSchema } from './facts.ts';
import { answerKey, frameId, instant } from './texts.ts';

const page = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'a whole number from 1 to 200' }),
  ),
  cursor: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_\\-]{22}/[A-Za-z0-9_\\-]{22}:[A-Za-z0-9_\\-]{43}$',
      description: 'the next of the page before',
    }),
  ),
  weddingId: Type.Optional(facts.weddingId),
};

const kind = Type.Enum(['answer', 'alias', 'cold'], { description: 'one of answer, alias, cold' });

/** Query string of `GET /v1/entries`. */
export const EntriesQuery = Type.Object(
  { ...page, kind: Type.Optional(kind) },
  { additionalProperties: false, description: 'a query string with limit, cursor, weddingId or kind' },
);

/** Query string of `GET /v1/admin/entries`. */
export const AdminEntriesQuery = Type.Object(
  { ...EntriesQuery.properties, vendorId },
  { additionalProperties: false, description: 'a query string with vendorId' },
);

/** Query string of `GET /v1/aliases`. */
export const AliasesQuery = Type.Object(page, {
  additionalProperties: false,
  description: 'a query string with limit, cursor or weddingId',
});

/** Why a question is taken to ask the same as another. */
export const ProvenanceSchema = Type.Object(
  {
    by: Type.String({ description: '`wording` for the check of wording, otherwise the judge’s name' }),
    similarity: Type.Number({ description: 'cosine similarity of the two questions' }),
    at: instant('when it was confirmed'),
  },
  { title: 'Provenance' },
);

const alias = Type.Object(
  { target: Type.String({ description: 'the key of the answer that is given' }), provenance: ProvenanceSchema },
  { title: 'AliasTarget' },
);

const EntrySchema = Type.Object(
  {
    key: answerKey,
    frame: frameId,
    kind,
    question: Type.String(),
    vendorType: VendorTypeSchema,
    model: Type.String(),
    weddingDate: Type.Union([Type.String(), Type.Null()]),
    bornAt: instant('when it was made'),
    expiresAt: instant('when it is gone'),
    alias: Type.Union([alias, Type.Null()], { description: 'for an alias: where it leads, and why' }),
  },
  { title: 'Entry' },
);

/** Answer of `GET /v1/entries` and `GET /v1/aliases`. */
export const EntriesPage = Type.Object(
  {
    entries: Type.Array(EntrySchema),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'the cursor of the next page; null on the last one',
    }),
  },
  { title: 'EntriesPage' },
);

/** Path of `DELETE /v1/aliases/{key}`. */
export const AliasPath = Type.Object({ key: answerKey });

/** Query string of `DELETE /v1/aliases/{key}`. */
export const AliasFrame = Type.Object(
  { frame: frameId },
  { additionalProperties: false, description: 'a query string with frame' },
);
