import { Type, type TProperties } from 'typebox';
import { tag } from './asking.ts';
import { facts, vendorId } from './facts.ts';
import { answerKey, calendarDate, count, instant } from './texts.ts';

/** What each way of naming answers has to say beside `by`. */
const SELECTORS = {
  key: { key: answerKey },
  tag: { tag },
  wedding: { weddingId: facts.weddingId },
  couple: { coupleId: facts.coupleId },
  question: {
    pattern: Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'a pattern of 1 to 1000 characters that the whole question has to match; * stands for any text',
    }),
  },
  vendor: {},
} as const;

type By = keyof typeof SELECTORS;

const selector = <Name extends By, More extends TProperties>(by: Name, more: More) =>
  Type.Object({ by: Type.Literal(by), ...SELECTORS[by], ...more }, { additionalProperties: false });

/** One shape for each way of naming answers, each with `more` beside it. */
const selectors = <More extends TProperties>(more: More) =>
  [
    selector('key', more),
    selector('tag', more),
    selector('wedding', more),
    selector('couple', more),
    selector('question', more),
    selector('vendor', more),
  ] as const;

const BY = Object.keys(SELECTORS).join(', ');

/** Body of `POST /v1/invalidations`. */
export const InvalidationRequest = Type.Union([...selectors({})], {
  title: 'InvalidationRequest',
  description: `a JSON object whose by is one of ${BY}, with what that one needs`,
});

const everyVendor = Type.Literal(true, { description: 'true: the answers of all vendors, shared ones included' });
const erase = Type.Optional(
  Type.Boolean({ description: 'true to destroy the vendor’s keys as well: backups cannot be read any more either' }),
);

/** Body of `POST /v1/admin/invalidations`. */
export const AdminInvalidationRequest = Type.Union(
  [
    ...selectors({ vendorId }).slice(0, -1),
    Type.Object({ by: Type.Literal('vendor'), vendorId, erase }, { additionalProperties: false }),
    ...selectors({ everyVendor }),
  ],
  {
    title: 'AdminInvalidationRequest',
    description: `a JSON object whose by is one of ${BY}, with what that one needs, and vendorId or everyVendor`,
  },
);

/** Answer of `POST /v1/invalidations`. */
export const ReceiptSchema = Type.Object(
  {
    id: Type.String(),
    at: instant('when the removal was done'),
    removed: Type.Object({
      hot: count('entries that left the engines’ memories, over all engines'),
      warm: count('answers that left the warm tier'),
      cold: count('answers that left the cold tier'),
      aliases: count('other wordings that led to a removed answer, or were named themselves'),
      vectors: count('vectors that left the engines’ indexes, over all engines'),
    }),
    engines: Type.Array(Type.Object({ engine: Type.String(), hot: count('entries'), vectors: count('vectors') }), {
      description: 'what each engine reported',
    }),
    silent: Type.Array(Type.String(), {
      description: 'engines that did not report in time; they are told again when they come back',
    }),
    complete: Type.Boolean({ description: 'whether every tier and every engine confirmed' }),
    milliseconds: count('how long it took'),
  },
  { title: 'Receipt' },
);

/** Answer of `POST /v1/admin/invalidations`. */
export const AdminReceipt = Type.Object(
  {
    ...ReceiptSchema.properties,
    partitions: count('parts of the cache that were gone through'),
    failed: count('parts in which nothing could be promised; ask again'),
    keysDestroyed: count('data keys that were destroyed'),
  },
  { title: 'AdminReceipt' },
);

/** Body of `POST /v1/weddings/{weddingId}:reschedule`. */
export const RescheduleRequest = Type.Object(
  { date: calendarDate('the new date of the wedding') },
  { title: 'RescheduleRequest', additionalProperties: false, description: 'a JSON object with date' },
);

/** Answer of `POST /v1/weddings/{weddingId}:reschedule`. */
export const RescheduledSchema = Type.Object(
  {
    recomputed: count('answers whose lifetimes were computed anew'),
    dropped: count('answers that were given for the old date, or are too old by the new one'),
  },
  { title: 'Rescheduled' },
);
