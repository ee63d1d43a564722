import { readFileSync } from 'node:fs';

/** Two questions, and whether one answer would serve both. Category and label are for the scorer alone. */
export interface QuestionPair {
  readonly id: string;
  readonly category: string;
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

/** A file of pairs that cannot be read. */
export class PairsError extends Error {
  constructor(file: string, why: string) {
    super(`${file}: ${why}. It must hold a JSON object a line: {"id", "category", "a", "b", "same"}.`);
    this.name = 'PairsError';
  }
}

/** Reads a file of pairs, one JSON object a line. Throws a PairsError. */
export function readPairs(file: string): readonly QuestionPair[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new PairsError(file, 'the file cannot be read');
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line, index) => pairIn(line) ?? fail(file, `line ${index + 1} is no pair`));
  return pairs.length > 0 ? pairs : fail(file, 'it holds no pair');
}

function pairIn(line: string): QuestionPair | undefined {
  let parsed: Partial<QuestionPair> | null;
  try {
    parsed = JSON.parse(line) as Partial<QuestionPair> | null;
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { id, category = '', a, b, same } = parsed;
  const right = typeof id === 'string' && typeof a === 'string' && typeof b === 'string' && typeof same === 'boolean';
  return right ? { id, category, a, b, same } : undefined;
}

function fail(file: string, why: string): never {
  throw new PairsError(file, why);
}
