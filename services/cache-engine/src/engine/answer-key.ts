import { hash } from 'node:crypto';
import type { Question } from './question.ts';

/** Raised when the meaning of the encoding below changes, so that old entries are never read with new eyes. */
const ENCODING = 1;

/** Characters of a partition's name: 132 bits of SHA-256, too many for two vendors ever to share one. */
const PARTITION_LENGTH = 22;

/** The name of an answer's place in every tier: `<partition>:<digest>`. */
export type AnswerKey = string;

/**
 * The part of a key that all entries of one vendor share, so that they can be found together.
 * A digest, as a vendor's id may say more about a person than a key's name should.
 */
export function partitionOf(vendorId: string): string {
  return hash('sha256', vendorId, 'base64url').slice(0, PARTITION_LENGTH);
}

/**
 * The key of a question's answer: equal for equal questions, different when anything differs that may change the answer.
 *
 * The encoding is a JSON array: it quotes every text and escapes lone surrogates, so no two questions write the same one
 * whatever characters they hold. Nothing is trimmed, folded or normalised: an exact key answers exactly what was asked.
 */
export function answerKey(question: Question, partition = partitionOf(question.context.vendorId)): AnswerKey {
  return `${partition}:${hash('sha256', canonicalEncoding(question), 'base64url')}`;
}

/** The text that is hashed into a key; exported for the proof that it is one to one. */
export function canonicalEncoding({ context, model, messages, parameters }: Question): string {
  return JSON.stringify([
    ENCODING,
    context.vendorId,
    context.vendorType,
    context.weddingId ?? null,
    context.weddingDate ?? null,
    context.location ?? null,
    model,
    messages.map(({ role, name, text }) => [role, name ?? null, text]),
    Object.keys(parameters)
      .sort()
      .map((name) => [name, parameters[name]]),
  ]);
}
