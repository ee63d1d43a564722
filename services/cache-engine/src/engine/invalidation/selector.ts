/** What a caller wants forgotten. Ids and tags are those of the requests. */
export type Selector =
  | { readonly by: 'key'; readonly key: string }
  | { readonly by: 'tag'; readonly tag: string }
  | { readonly by: 'wedding'; readonly weddingId: string }
  | { readonly by: 'couple'; readonly coupleId: string }
  | { readonly by: 'question'; readonly pattern: string }
  | { readonly by: 'vendor' };

/**
 * Whether a question's text matches a pattern: `*` stands for any text, everything else for itself, whatever the case; the whole
 * text must match. Without backtracking: the time is at most the product of both lengths.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = fold(pattern).split('*');
  const folded = fold(text);
  if (rest.length === 0) return folded === first;
  const last = rest.pop() ?? '';
  if (!folded.startsWith(first) || folded.length < first.length + last.length || !folded.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = folded.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= folded.length - last.length;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
