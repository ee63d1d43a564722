import { readFileSync } from 'node:fs';

/** The labelled pairs of questions, one a line. */
const FILE = new URL('../../data/wedding-pairs.jsonl', import.meta.url);

/** What it takes for an answer to depend on a date: then it is the answer for one wedding, whoever asks. */
const DATED =
  /\d{4}|\d+[/.-]\d+|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(?:today|tomorrow|yesterday)\b/i;

/** Questions that ask the same, and whether it is a wedding of its own that they are about. */
export interface PairQuestion {
  readonly wordings: readonly string[];
  readonly dated: boolean;
}

/** The pairs as questions: a true pair is one question in two wordings, any other is two questions. */
export function readPairs(): readonly PairQuestion[] {
  const lines = readFileSync(FILE, 'utf8').split('\n').filter(Boolean);
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const { a, b, same } = JSON.parse(line) as { a: string; b: string; same: boolean };
    const groups = (same ? [[a, b]] : [[a], [b]]).filter((texts) => texts.every((text) => !seen.has(text)));
    for (const text of groups.flat()) seen.add(text);
    return groups.map((wordings) => ({ wordings, dated: wordings.some((text) => DATED.test(text)) }));
  });
}
