import { Type } from 'typebox';
import { answerKey, frameId, calendarDate, count } from './texts.ts';
import { VendorTypeSchema } from './facts.ts';

const bounded = { additionalProperties: false } as const;

/** Answer of `GET /v1/admin/configuration`. */
export const ConfigurationSchema = Type.Object(
  {
    semantic: Type.Boolean({ description: 'true or false: whether other wordings are resolved' }),
    judging: Type.Enum(['at-once', 'in-background'], {
      description: 'at-once (callers wait for the judge) or in-background (the next asker profits)',
    }),
    judgePatience: Type.Integer({
      minimum: 0,
      maximum: 30_000,
      description: 'a whole number of milliseconds from 0 to 30000: how long a caller waits for the judge',
    }),
    sampleRate: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'a number from 0 to 1: the share of hits by alias that are judged again',
    }),
    sharing: Type.Boolean({ description: 'true or false: whether vendors share generic answers' }),
    sharingVendors: Type.Integer({
      minimum: 2,
      maximum: 1000,
      description: 'a whole number from 2 to 1000: vendors that must have asked before an answer is shared',
    }),
  },
  { title: 'Configuration', ...bounded },
);

/** Body of `PATCH /v1/admin/configuration`: what is left out stays. */
export const ConfigurationChange = Type.Partial(ConfigurationSchema, {
  title: 'ConfigurationChange',
  ...bounded,
  description: 'a JSON object with some of semantic, judging, judgePatience, sampleRate, sharing, sharingVendors',
});

const digest = Type.String({ pattern: '^[A-Za-z0-9_\\-]{22}$' });

/** One line of an export: an answer that another region's engines can take in. */
export const ParcelSchema = Type.Object(
  {
    version: Type.Literal(1),
    key: answerKey,
    frame: Type.Object(
      {
        id: frameId,
        wedding: Type.Optional(digest),
        couple: Type.Optional(digest),
        weddingDate: Type.Optional(calendarDate()),
        vendorType: VendorTypeSchema,
        model: Type.String(),
      },
      bounded,
    ),
    tags: Type.Array(digest),
    question: Type.String(),
    record: Type.String({ description: 'base64' }),
  },
  { title: 'Parcel', ...bounded },
);

/** Answer of `POST /v1/admin/import`. */
export const ImportReport = Type.Object(
  {
    stored: count('answers that were taken in'),
    expired: count('answers that were too old to be of use'),
    refused: count('lines that were not taken in for another reason'),
    refusals: Type.Array(Type.Object({ line: Type.Integer({ minimum: 1 }), reason: Type.String() }), {
      description: 'the first of the refused lines',
    }),
  },
  { title: 'ImportReport' },
);
