import { readFileSync } from 'node:fs';
import type { Random } from './random.ts';

/** Zipf's law with exponent 1: the second most asked question is asked half as often as the first. */
const EXPONENT = 1;

/** Both questions of every pair in a file of lines `{"a": …, "b": …}`. */
export function readQuestions(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.flatMap((line) => {
    const { a, b } = JSON.parse(line) as { a: string; b: string };
    return [a, b];
  });
}

/**
 * The order in which questions are asked: each once, the rest of `count` repeated by Zipf's law, all shuffled.
 * Gives back indices into a list of `questions` questions.
 */
export function askingOrder(questions: number, count: number, random: Random): number[] {
  const ranked = random.shuffle([...Array(questions).keys()]);
  const cumulative: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= questions; rank++) cumulative.push((total += 1 / rank ** EXPONENT));
  const draw = () => ranked[firstAtLeast(cumulative, random.fraction() * total)] as number;
  const repeats = Array.from({ length: Math.max(0, count - questions) }, draw);
  return random.shuffle([...ranked.slice(0, count), ...repeats]);
}

/** The index of the first element of an ascending list that is at least `value`. */
function firstAtLeast(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
