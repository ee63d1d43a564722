/** The words of a text as a shell would part them, without the quotes around them. */
export function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map(unquote)
    .filter((word) => word !== '');
}

/** A word without the quotes around it. */
export function unquote(word: string): string {
  return word.replace(/^["']|["']$/g, '');
}
