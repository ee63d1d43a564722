import type { Frame } from '../ports/warm-tier.ts';
import { digestOf, keyIn, shortDigestOf, type AnswerKey } from './answer-key.ts';
import type { Message, Question, QuestionContext } from './question.ts';
import { questionText } from './question-text.ts';

/** Raised when the meaning of the encoding below changes, so that old entries are never read with new eyes. */
const ENCODING = 3;

/** Where the answer to a question has its place in every tier. */
export interface Place {
  readonly partition: string;
  readonly frame: Frame;
  readonly key: AnswerKey;
  /** The question's own text as it was asked; `undefined` when the conversation does not end with a user's text. */
  readonly asked: string | undefined;
  /** Whether other wordings may ask the same, so that a semantic hit is possible. */
  readonly free: boolean;
}

/**
 * The place of a question: equal for equal questions, different when anything differs that may change the answer.
 *
 * The encodings are JSON arrays: they quote every text and escape lone surrogates, so no two questions write the same one
 * whatever characters they hold. Only the last user message is read in its normal form; everything else counts to the letter.
 */
export function placeOf(question: Question, partition: string): Place {
  const { context, model } = question;
  const asked = askedText(question.messages);
  const canonical = asked === undefined ? undefined : questionText(asked);
  const frame: Frame = {
    id: shortDigestOf(frameEncoding(question)),
    vendorType: context.vendorType,
    model,
    ...weddingOf(context),
  };
  const own =
    canonical === undefined ? ['end'] : canonical.free ? ['normal', canonical.text] : ['exact', canonical.text];
  return { partition, frame, key: keyIn(partition, digestOf([frame.id, own])), asked, free: canonical?.free === true };
}

/** The digest under which a wedding is known outside sealed records. */
export function weddingDigest(weddingId: string): string {
  return shortDigestOf(['wedding', weddingId]);
}

/** The digest under which a couple is known outside sealed records. */
export function coupleDigest(coupleId: string): string {
  return shortDigestOf(['couple', coupleId]);
}

/** The digest under which a tag is known outside sealed records. */
export function tagDigest(tag: string): string {
  return shortDigestOf(['tag', tag]);
}

/** What is hashed into a frame; exported for the proof that it is one to one. */
export function frameEncoding({ context, model, messages, parameters }: Question): readonly unknown[] {
  const before = askedText(messages) === undefined ? messages : messages.slice(0, -1);
  const last = messages.at(-1);
  return [
    ENCODING,
    context.vendorId,
    context.vendorType,
    context.weddingId ?? null,
    context.coupleId ?? null,
    context.weddingDate ?? null,
    context.finalNumbersDue ?? null,
    context.balanceDue ?? null,
    context.location ?? null,
    model,
    before.map(({ role, name, text }) => [role, name ?? null, text]),
    before.length === messages.length ? null : [last?.name ?? null, typeof last?.text],
    Object.keys(parameters)
      .sort()
      .map((name) => [name, parameters[name]]),
  ];
}

function weddingOf({ weddingId, coupleId, weddingDate }: QuestionContext) {
  return {
    ...(weddingId === undefined ? {} : { wedding: weddingDigest(weddingId) }),
    ...(coupleId === undefined ? {} : { couple: coupleDigest(coupleId) }),
    ...(weddingDate === undefined ? {} : { weddingDate }),
  };
}

/** The text of the last message, when that is a user's and one text. */
function askedText(messages: readonly Message[]): string | undefined {
  const last = messages.at(-1);
  if (last?.role !== 'user') return undefined;
  return typeof last.text === 'string' ? last.text : last.text.length === 1 ? last.text[0] : undefined;
}
