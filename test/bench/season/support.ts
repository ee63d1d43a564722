import { defaultParameters, type Parameters } from '../../../bench/season/settings.ts';
import type { Ask } from '../../../bench/season/trace.ts';

/** A season small enough for a test, with everything in it. */
export const SMALL: Parameters = {
  ...defaultParameters(),
  requests: 6000,
  days: 5,
  vendors: 20,
  weddings: 120,
  changes: 60,
  moved: 0.5,
};

/** An asking, with what a test does not care about filled in. */
export function ask(members: Partial<Ask> & Pick<Ask, 'at' | 'vendor' | 'intent'>): Ask {
  const [first] = members.intent.wordings;
  return { kind: 'ask', byCouple: false, wording: first?.id ?? 0, text: first?.plain ?? '', copies: 1, ...members };
}
