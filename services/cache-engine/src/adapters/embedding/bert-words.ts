/** What lies between white space. Not `\S`: vertical tab, form feed and U+FEFF are for BERT characters to drop. */
const STRETCH = /[^\t\n\r\p{Z}]+/gu;

/** Control, format and private characters, and the sign for undecodable bytes. */
const DROPPED = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu;

/** The CJK ideographs as BERT draws them: kana and hangul, which have words with spaces or syllables of their own, are not in it. */
const IDEOGRAPH =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;

const ACCENT = /\p{Mn}/gu;

/** A punctuation mark, for which BERT also takes ASCII's symbols, or what lies between two of them. */
const WORD = /[\p{P}$+<=>^`|~]|[^\p{P}$+<=>^`|~\s]+/gu;

/** Only these need more than lower-casing. */
const BEYOND_ASCII = /[^\x20-\x7E]/;

/**
 * The words of a text as BERT's uncased models know them: lower case, without accents, split at white space, around punctuation
 * marks and around ideographs. Comes lazily, since a model reads no more than the beginning. What a character is, Node's Unicode
 * says: characters that Unicode has had for less than ten years were other ones to those who trained the models.
 */
export function* bertWords(text: string): Generator<string> {
  for (const [stretch] of text.matchAll(STRETCH)) yield* plain(stretch).match(WORD) ?? [];
}

function plain(stretch: string): string {
  if (!BEYOND_ASCII.test(stretch)) return stretch.toLowerCase();
  const bare = stretch.replace(DROPPED, '').replace(IDEOGRAPH, ' $& ').normalize('NFD').replace(ACCENT, '');
  // Letter by letter: the models were trained without the final form of sigma that lower-casing a whole word makes.
  return Array.from(bare, (letter) => letter.toLowerCase()).join('');
}
