import { LRUCache } from 'lru-cache';
import { amounts } from './amounts.ts';
import { clockTimes } from './clock.ts';
import { spellOut } from './contractions.ts';
import { dates } from './dates.ts';
import { withoutFrame } from './frames.ts';
import { numerals } from './numbers.ts';
import { withoutPadding } from './padding.ts';
import { mendSlips } from './slips.ts';
import { mayBeName, tokenise, type Token } from './token.ts';

/** A question as the rules of language see it. */
export interface Reading {
  /** Everything that was said, marks included. */
  readonly tokens: readonly Token[];
  /** What is asked, without padding and frame, marks included. */
  readonly question: readonly Token[];
}

/** Passes until a form repeats itself: what a pass takes away can complete a frame that the next one knows. */
const PASSES = 4;

const readings = new LRUCache<string, Reading>({ max: 1000 });

/**
 * One form for all ways to write down a question: spelling, short forms, notation of numbers, dates, times and money, and what only
 * greets or thanks. Lossless: what could make it another question stays, function words too. The form of a form is itself.
 */
export function normalForm(text: string): string {
  let form = formOf(read(text));
  for (let pass = 1; pass < PASSES; pass++) {
    const again = formOf(readOnce(form));
    if (again === form) break;
    form = again;
  }
  return form;
}

/** The reading of a text; the last thousand are remembered. */
export function read(text: string): Reading {
  let reading = readings.get(text);
  if (reading === undefined) readings.set(text, (reading = readOnce(text)));
  return reading;
}

function readOnce(text: string): Reading {
  const tokens = amounts(clockTimes(dates(numerals(mendSlips(spellOut(tokenise(text)))))));
  return { tokens, question: withoutFrame(withoutPadding(tokens)) };
}

function formOf({ question }: Reading): string {
  return question
    .filter(({ kind }) => kind !== 'mark')
    .map((each) => (mayBeName(each) ? each.text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : each.text))
    .join(' ');
}
