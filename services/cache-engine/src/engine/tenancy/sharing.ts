import type { VendorType } from '@wedsync/domain';
import { shortDigestOf } from '../answer-key.ts';
import { frameEncoding } from '../place.ts';
import { questionText } from '../question-text.ts';
import type { Message, Question, QuestionContext } from '../question.ts';
import { questionOfQuery } from '../vendor-query.ts';
import { hasReference, withoutMeasures } from './measures.ts';
import { namesInAnswer, namesInQuestion } from './names.ts';
import { personalDataIn, plainForm, type PersonalDataKind } from './personal-data.ts';
import { namesVendor, speaksOfSomebody, speaksOfVendor } from './vendor-data.ts';

/**
 * Why a question is kept to its vendor: it is asked for a wedding or a place (`context`); its request holds more than one question, such
 * as instructions, a conversation, an end user or a parameter with text in it (`request`); it is long or of several sentences (`length`);
 * it holds other characters or words than plain prose (`notation`); it tells the model what to say (`instruction`); or it may hold
 * what the other reasons name. `relative-time` depends on the day on which it is asked.
 */
export type NotShared =
  | 'context'
  | 'request'
  | 'length'
  | 'notation'
  | 'instruction'
  | PersonalDataKind
  | 'relative-time'
  | 'reference'
  | 'name'
  | 'person'
  | 'first-person'
  | 'vendor';

/** Whether a question may enter the shared scope, and what is digested to count who asks it. */
export type Sharing =
  | { readonly shareable: true; readonly digestInput: string }
  | { readonly shareable: false; readonly reason: NotShared };

/** Longest question that is shared, in characters: who writes more, writes of something in particular. */
const LONGEST = 200;

/** Parameters that are numbers or words of OpenAI's own; all others can hold text of the vendor's. */
const PARAMETERS: ReadonlySet<string> = new Set(
  'temperature top_p presence_penalty frequency_penalty seed max_tokens max_completion_tokens reasoning_effort verbosity modalities'.split(
    ' ',
  ),
);
const OWN_WORDS: ReadonlySet<unknown> = new Set(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'text']);

/** Plain prose: no quotes, brackets, mail signs or lines, in which data or instructions of another sort can lie. */
const PROSE = /^[\p{Script=Latin}0-9 ,.?!'&/%:;+°£$€-]+$/u;

const INSTRUCTION =
  /\b(?:ignore|disregard|pretend|act as|role-?play|(?:respond|reply|answer|start|end|finish) (?:with|as|by|in)|say (?:that|only|exactly)|repeat|output|instructions?|system prompt|prompts?)\b/i;

const RELATIVE_TIME =
  /\b(?:today|tonight|tomorrow|yesterday|now|currently|at the moment|at present|latest|recent(?:ly)?|ago|so far|(?:this|next|last|coming|past) (?:\w+day|weekend|week|month|year|spring|summer|autumn|winter|season)|in \w+ (?:days?|weeks?|months?)(?: time)?$|forecast)\b/i;

/** Money in an answer is what things cost in general: the model was told of nobody's prices. */
const NO_MATTER_IN_ANSWER: ReadonlySet<PersonalDataKind> = new Set(['money']);

/** The partition of what vendors of one type share. It is no vendor's: theirs are digests of another first word. */
export function sharedPartition(vendorType: VendorType): string {
  return shortDigestOf(['shared', vendorType]);
}

/**
 * Whether a question may enter the scope that all vendors of its type share: it is one plain question, and nothing in it or around it is
 * personal, a vendor's, or somebody's instruction. In doubt it may not: the vendor's own cache serves it all the same.
 */
export function shareable(question: Question): Sharing {
  const { context, model, messages, parameters } = question;
  if (namesWedding(context)) return no('context');
  const asked = messages.at(-1);
  if (typeof asked?.text !== 'string' || !isLone(question, asked, asked.text)) return no('request');
  if (!Object.entries(parameters).every(([name, value]) => PARAMETERS.has(name) && tellsNothing(value)))
    return no('request');
  const reason = reasonIn(asked.text, context.vendorId);
  if (reason !== undefined) return no(reason);
  const neutral = { context: { vendorId: '', vendorType: context.vendorType }, model, messages, parameters };
  return { shareable: true, digestInput: JSON.stringify([frameEncoding(neutral), questionText(asked.text).text]) };
}

/** Whether an answer may be given to other vendors than the one with `vendorId`: nothing in it may be anybody's. */
export function shareableAnswer(text: string, vendorId: string): boolean {
  if (personalDataIn(text, NO_MATTER_IN_ANSWER) !== undefined || hasReference(plainForm(text))) return false;
  return !namesVendor(text, vendorId) && !namesInAnswer(withoutMeasures(plainLines(text)));
}

function reasonIn(text: string, vendorId: string): NotShared | undefined {
  const plain = plainForm(text).trim();
  const personal = personalDataIn(plain);
  if (personal !== undefined) return personal;
  if (plain.length > LONGEST || /[.?!]\s+\S/u.test(plain)) return 'length';
  if (!PROSE.test(plain) || /[\p{Cc}\p{Cf}]/u.test(text)) return 'notation';
  if (hasReference(plain)) return 'reference';
  if (INSTRUCTION.test(plain)) return 'instruction';
  if (RELATIVE_TIME.test(plain)) return 'relative-time';
  if (namesVendor(plain, vendorId)) return 'vendor';
  if (speaksOfSomebody(plain)) return 'person';
  return speaksOfVendor(plain) ?? (namesInQuestion(withoutMeasures(plain)) ? 'name' : undefined);
}

/** Whether one user's message is all there is, or comes after the engine's own introduction, which tells no more than the vendor's type. */
function isLone({ context, model, messages }: Question, asked: Message, text: string): boolean {
  if (asked.role !== 'user' || messages.some(({ name }) => name !== undefined)) return false;
  if (messages.length === 1) return true;
  const [introduction] = questionOfQuery(text, model, context).messages;
  const [first] = messages;
  return messages.length === 2 && first?.role === introduction?.role && first?.text === introduction?.text;
}

function namesWedding(context: QuestionContext): boolean {
  return Object.entries(context).some(
    ([name, value]) => name !== 'vendorId' && name !== 'vendorType' && value !== undefined,
  );
}

function tellsNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(tellsNothing);
  return typeof value === 'number' || OWN_WORDS.has(value);
}

function plainLines(text: string): string {
  return text.split('\n').map(plainForm).join('\n');
}

function no(reason: NotShared): Sharing {
  return { shareable: false, reason };
}
