import { canonicalForm } from './canonical.ts';
import { isReported } from './frames.ts';
import { singularOf } from './lexicon.ts';
import { normalForm, read } from './normal-form.ts';
import { reconciled } from './reconcile.ts';
import { sameParts } from './same-parts.ts';
import { slotConflict } from './slot-conflict.ts';
import type { Token } from './token.ts';
import { withTopicInPlace } from './topics.ts';
import { orders } from './word-order.ts';

/** Questions that differ by more tokens are not compared further: no rule adds or takes away as many. */
const MOST_APART = 12;

/** Texts of more tokens say too much for rules about one question. */
const MOST_TOKENS = 80;

/** Words without a like in the other question, of both together: rules and synonyms make no more than this of the same. */
const MOST_STRANGERS = 10;

/** Letters at the beginning that like words share. */
const LIKE = 2;

/**
 * Whether two questions ask the same in the same words, give or take what is right for any text: slips of known words, a part that may
 * stand at either end, exact synonyms, ways to ask. Whatever is left over makes them different.
 */
export function sameWording(a: string, b: string): boolean {
  if (normalForm(a) === normalForm(b)) return true;
  const question = read(a).question;
  const otherQuestion = read(b).question;
  if (Math.max(question.length, otherQuestion.length) > MOST_TOKENS) return false;
  if (Math.abs(question.length - otherQuestion.length) > MOST_APART) return false;
  if (strangers(question, otherQuestion) + strangers(otherQuestion, question) > MOST_STRANGERS) return false;
  const one = reconciled(question, otherQuestion);
  const other = reconciled(otherQuestion, question);
  const forms = formsOf(one);
  const otherForms = formsOf(other);
  const same =
    !forms.isDisjointFrom(otherForms) ||
    isReport(one, other) ||
    isReport(other, one) ||
    [...forms].some((form) => [...otherForms].some((otherForm) => sameParts(form, otherForm)));
  return same && slotConflict(a, b) === undefined;
}

function formsOf(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(orders(withTopicInPlace(tokens)).map((order) => canonicalForm(order.map(({ text }) => text))));
}

/** How many words begin unlike every word of the other question. */
function strangers(tokens: readonly Token[], others: readonly Token[]): number {
  const beginnings = new Set(others.map(({ text }) => text.slice(0, LIKE)));
  return tokens.reduce((count, { text }) => count + Number(!beginnings.has(text.slice(0, LIKE))), 0);
}

/** Whether `reported` is `asked` in the order of a statement: "how long the ceremony takes", "if the venue allows dogs". */
function isReport(reported: readonly Token[], asked: readonly Token[]): boolean {
  if (!isReported(reported)) return false;
  const words = wordsOf(reported);
  const target = wordsOf(asked);
  const support = target.findIndex((word) => word === 'do' || word === 'does');
  if (support < 0 || support > 6) return false;
  const whether = words[0] === 'whether';
  if (whether !== (support === 0)) return false;
  const rest = whether ? words.slice(1) : words;
  const form = canonicalForm(target);
  const inserted = (changed: readonly string[]): string =>
    canonicalForm([...changed.slice(0, support), target[support] ?? '', ...changed.slice(support)]);
  if (target[support] === 'do') return inserted(rest) === form;
  return rest.some((word, at) => {
    const base = at > support ? singularOf(word) : undefined;
    return base !== undefined && inserted(rest.with(at, base)) === form;
  });
}

function wordsOf(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(({ kind }) => kind !== 'mark').map(({ text }) => text);
}
