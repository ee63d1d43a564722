import { canonicalForm } from './canonical.ts';
import { normalForm, read } from './normal-form.ts';
import { reconciled } from './reconcile.ts';
import { slotConflict } from './slot-conflict.ts';
import type { Token } from './token.ts';
import { orders } from './word-order.ts';

/**
 * Whether two questions ask the same in the same words, give or take what is right for any text: slips of known words, a part that may
 * stand at either end, exact synonyms, ways to ask. Whatever is left over makes them different.
 */
export function sameWording(a: string, b: string): boolean {
  if (normalForm(a) === normalForm(b)) return true;
  const one = read(a).question;
  const other = read(b).question;
  if (Math.abs(one.length - other.length) > 12) return false;
  const forms = formsOf(reconciled(one, other));
  const others = formsOf(reconciled(other, one));
  return !forms.isDisjointFrom(others) && slotConflict(a, b) === undefined;
}

function formsOf(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(orders(tokens).map((order) => canonicalForm(order.map(({ text }) => text))));
}
