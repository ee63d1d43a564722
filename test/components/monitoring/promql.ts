/** What an expression asks for, found by reading rather than by parsing: good enough for our own, and it fails on the safe side. */

const STRINGS = /"(?:[^"\\]|\\.)*"/g;
const SELECTORS = /\{[^{}]*\}/g;
const RANGES = /\[[^\]]*\]/g;
const LABEL_LISTS = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'group_left', 'group_right', 'inf', 'nan']);

/** Names of the metrics that PromQL names. */
export function metricsIn(expr: string): Set<string> {
  const bare = expr
    .replaceAll(STRINGS, '""')
    .replaceAll(SELECTORS, '')
    .replaceAll(RANGES, '')
    .replaceAll(LABEL_LISTS, '');
  const names = [...bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)].map(([name]) => name);
  return new Set(names.filter((name) => !WORDS.has(name.toLowerCase())));
}
