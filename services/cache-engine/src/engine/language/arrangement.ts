import { AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS } from './grammar.ts';

/** Across these, and verbs that change place in a question, nothing moves: a clause, a comparison or an infinitive begins, to which what follows belongs. */
const BARRIERS: ReadonlySet<string> = new Set(
  `to that who which whose what how where when if whether because while unless although so as than or but not versus instead except
  without`.split(/\s+/),
);

/** What ends here belongs to the noun before it, or is no circumstance. */
const BOUND: ReadonlySet<string> = new Set(['of', 'off', 'up', 'out', 'given', 'except']);

/** Behind these, what follows next is what they are about: "only in the tent at noon" is not "only at noon in the tent". */
const FOCUS: ReadonlySet<string> = new Set(['only', 'just', 'even', 'also']);

/** A circumstance before this word is part of what the question is, not of where or when. */
const FIRST_PLACE = 2;

/**
 * The words of a canonical question with neighbouring circumstances in one order: "at 9pm in Leeds" and "in Leeds at 9pm". Each keeps its
 * preposition, and those with the same preposition stay in the order in which they were, so that no two words trade roles.
 */
export function arranged(words: readonly string[]): readonly string[] {
  if (asksWhere(words)) return words;
  const made: string[] = [];
  let run: (readonly string[])[] = [];
  const flush = (): void => {
    made.push(...run.map(inEitherOrder).sort(byPreposition).flat());
    run = [];
  };
  for (const [at, word] of words.entries()) {
    if (BARRIERS.has(word) || AUXILIARIES.has(word)) {
      flush();
      made.push(word);
    } else if (at >= FIRST_PLACE && PREPOSITIONS.has(word) && !BOUND.has(word) && !FOCUS.has(words[at - 1] ?? '')) {
      run.push([word]);
    } else {
      const last = run.pop();
      if (last === undefined) made.push(word);
      else run.push([...last, word]);
    }
  }
  flush();
  return made;
}

/** "Is the car with ribbons for the bride?" asks something else of another car than "is the car for the bride with ribbons?" does. */
export function asksWhere([verb = '', ...rest]: readonly string[]): boolean {
  const [subject = '', next = ''] = DETERMINERS.has(rest[0] ?? '') ? rest.slice(1) : rest;
  return /^(?:is|was)$/.test(verb) && !PRONOUNS.has(subject) && PREPOSITIONS.has(next) && !BOUND.has(next);
}

/** A stable order: what has the same preposition stays as it was. */
function byPreposition([one = '']: readonly string[], [other = '']: readonly string[]): number {
  return one < other ? -1 : Number(one > other);
}

/** "With 2 dogs and 8 guests" as "with 8 guests and 2 dogs": the whole of each side, so that no word leaves its own. */
function inEitherOrder(circumstance: readonly string[]): readonly string[] {
  const joint = circumstance.indexOf('and');
  if (joint < 2 || joint !== circumstance.lastIndexOf('and')) return circumstance;
  const one = circumstance.slice(1, joint);
  const other = circumstance.slice(joint + 1);
  return one.join(' ') <= other.join(' ') ? circumstance : [circumstance[0] ?? '', ...other, 'and', ...one];
}
