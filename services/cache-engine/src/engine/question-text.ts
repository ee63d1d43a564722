import { normalForm } from './language/index.ts';

/** Longest question that is read as one, in characters; longer texts are documents, and every letter of theirs may count. */
const LONGEST = 600;

/** Quoted text, code, lists, links and markup: there the notation is what is asked about. Single quotes are apostrophes too. */
const NOTATION = /["“”«»`{}<>|\\\n\r\t]|https?:/u;

/** Tasks on a text itself, to which spelling, case or wording are the matter rather than its dress. */
const ON_TEXT =
  /\b(?:translat\w*|proof-?read\w*|spell\w*|grammar|punctuat\w*|typos?|re-?writ\w*|re-?word\w*|re-?phras\w*|paraphras\w*|rhym\w*|capitali[sz]\w*|upper-?case|lower-?case|letters?|syllables?|pronounc\w*|acronyms?|initials|abbreviat\w*|anagrams?|hashtags?|monograms?|characters?|words? (?:for|count|limit)|how many words)\b/iu;

/** The text under which a question is kept, and whether its wording was free. */
export interface QuestionText {
  readonly text: string;
  /** Whether other wordings may ask the same: false where the exact notation may matter. */
  readonly free: boolean;
}

/**
 * The canonical text of a question: its lossless normal form where spelling and notation are only dress, the text itself where
 * they may be the matter.
 */
export function questionText(text: string): QuestionText {
  if (text.length > LONGEST || NOTATION.test(text) || ON_TEXT.test(text)) return { text, free: false };
  const normal = normalForm(text);
  return normal === '' ? { text, free: false } : { text: normal, free: true };
}
