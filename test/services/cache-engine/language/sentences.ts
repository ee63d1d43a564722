import { fc } from '../../../support/property.ts';

/** Questions of known words in many shapes, with a value that can be changed. */
const ROLES = ['photographer', 'florist', 'caterer', 'registrar', 'videographer', 'harpist', 'planner', 'celebrant'];
const THINGS = ['flowers', 'invitations', 'speeches', 'candles', 'chairs', 'photographs', 'vegetables', 'napkins'];
const VERBS = ['arrive', 'finish', 'charge', 'prepare', 'collect', 'deliver', 'decorate', 'rehearse'];
const PLACES = ['garden', 'kitchen', 'church', 'marquee', 'library', 'courtyard', 'orangery', 'cottage'];

export const role = fc.constantFrom(...ROLES);
export const thing = fc.constantFrom(...THINGS);
export const place = fc.constantFrom(...PLACES);

/** A question about `value`, which stands where a number, a date, a time or a sum could stand. */
export function questionWith(
  value: fc.Arbitrary<string>,
): fc.Arbitrary<{ readonly text: string; readonly value: string }> {
  return fc
    .tuple(role, fc.constantFrom(...VERBS), place, value, fc.nat({ max: 3 }))
    .map(([who, verb, where, what, shape]) => ({
      value: what,
      text:
        [
          `When should the ${who} ${verb} in the ${where} with ${what}?`,
          `Is ${what} enough for the ${who} to ${verb} in the ${where}?`,
          `How does a ${who} ${verb} for ${what} in the ${where}?`,
          `What does the ${who} do in the ${where} if we have ${what}?`,
        ][shape] ?? '',
    }));
}

/** A question of known words alone. */
export const question: fc.Arbitrary<string> = fc
  .tuple(role, fc.constantFrom(...VERBS), thing, place, fc.nat({ max: 5 }))
  .map(
    ([who, verb, what, where, shape]) =>
      [
        `Should the ${who} ${verb} before the ${what} in the ${where}?`,
        `Who can ${verb} the ${what} for the ${who} in the ${where}?`,
        `Why would a ${who} not ${verb} ${what} near the ${where}?`,
        `How many ${what} does the ${who} need in the ${where}?`,
        `What happens to the ${what} when the ${who} has to ${verb}?`,
        `Which ${what} will the ${who} still ${verb} without the ${where}?`,
      ][shape] ?? '',
  );

/** Any text that a person or a program may send. */
export const anyText = fc.oneof(
  question,
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...`the a half past three 3 14th june 2026 £ 1,200 k pm noon quarter to hour and an dozen hundred what's don't i'd who's hi please
        thanks , . ? - : ( could you tell me how many what is if we do list of give me 12/06/26 15:00 7.30 am 50p per cent % min
        pls u w/ DJ Orla Sat 4 the may march wedding thx x`.split(/\s+/),
      ),
      { maxLength: 14 },
    )
    .map((words) => words.join(' ')),
);
