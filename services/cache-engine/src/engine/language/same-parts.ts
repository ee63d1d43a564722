import { asksWhere } from './arrangement.ts';
import { PREPOSITIONS, QUESTION_WORDS } from './grammar.ts';
import { PLACES } from './places.ts';
import { verbOfGerund } from './verb-forms.ts';

/** Words that carry no part of what is asked: verbs that only make a question, and who asks. Whom it is done to is a part. */
const LIGHT: ReadonlySet<string> = new Set('is am are do does we our then'.split(' '));

/** What is asked of a verb: what one may, must or should do, will do, or did. */
const MODALS: ReadonlySet<string> = new Set(
  'can could may might must should shall will would did was were had'.split(' '),
);

/** Clauses that say under what circumstance; each kind says it alike whichever of its words begins it. */
const CLAUSES: ReadonlyMap<string, string> = new Map([
  ['if', 'if'],
  ['when', 'if'],
  ['whenever', 'if'],
  ['because', 'because'],
]);

/** Beside these, "when" and "if" begin what is said or known: "say when it closes" is not "say if it closes". */
const REPORTING: ReadonlySet<string> = new Set(
  `advise agree announce ask check confirm decide explain find forget hear inform know learn mention mind notice remember
  remind say see show specify state tell told warn wonder`.split(/\s+/),
);

/** Prepositions that the noun after them chooses: "during" or "at" the ceremony, "in" or "at" the first dance. */
const AT: ReadonlySet<string> = new Set(['in', 'at', 'during']);

/** What one does at something is not done in it, and what comes at the end is not what comes in the end. */
const AIMED =
  /\b(?:aim|glance|laugh|look|point|scream|shine|shout|smile|stare|throw|toss|wave)\b|\b(?:at|in) (?:end|first|last|time)\b/;

/** What has an inside and grounds: confetti at the church need not be confetti in the church. */
const BUILDING =
  /^(?:\S+ ){0,2}(?:barn|building|castle|cathedral|chapel|church|hall|hotel|house|marquee|office|pub|restaurant|synagogue|temple|tent|venue)s?(?: |$)/;

/** Where these stand, what moves may belong to something else afterwards. */
const FASTENED = / (?:that|who|which|whose|whether|than|unless|only|just|even|also)(?: |$)/;

/** These begin a clause about the noun before them. */
const RELATIVE: ReadonlySet<string> = new Set(['that', 'who', 'which', 'whose']);

/** Where these stand, it may as long as it moves from one end of the question to the other. */
const BALANCED = / (?:or|versus|but|instead|not|rather)(?: |$)/;

/** After these, an infinitive goes on with the same verb, and nothing can come to belong to it alone. */
const CONTROL: ReadonlySet<string> = new Set('need want have able way ready how time'.split(' '));

/** Most pieces into which one question falls when it is laid out in the order of the other. */
const MOST_PIECES = 6;

/** How a part is marked that says under what circumstance. */
const MARK = '~';

/** A run of parts that both questions have: its length, and where it begins in each. */
interface Piece {
  readonly length: number;
  readonly at: number;
  readonly otherAt: number;
}

/**
 * Whether two questions in canonical form say the same parts, however their light words differ: the same question word, the same
 * modal, the same words in the same order, but for circumstances, which may stand elsewhere. Words never change their preposition.
 */
export function sameParts(one: string, other: string): boolean {
  const words = one.split(' ');
  const otherWords = other.split(' ');
  if (askedBy(words) !== askedBy(otherWords) || modalsOf(words) !== modalsOf(otherWords)) return false;
  const parts = partsOf(words);
  const otherParts = partsOf(otherWords);
  if (parts.length < 3 || parts.length !== otherParts.length || sorted(parts) !== sorted(otherParts)) return false;
  const pieces = piecesOf(parts, otherParts);
  if (pieces.length > MOST_PIECES) return false;
  if (pieces.length === 1) return true;
  if (asksWhere(words) || asksWhere(otherWords)) return false;
  const fromEndToEnd = pieces.length === 2;
  const moved = pieces.map(({ at }) => parts[at] ?? '').filter((opening) => opening.startsWith(MARK));
  return (
    (fromEndToEnd || !BALANCED.test(one)) &&
    isFree(one, parts, moved) &&
    isFree(other, otherParts, moved) &&
    onlyCircumstancesMove(pieces, parts)
  );
}

/** The question words; before whom "we" is left out nobody can tell who does and who is done to, so it is kept with those. */
function askedBy(words: readonly string[]): string {
  const asking = words.filter((word) => QUESTION_WORDS.has(word) && !CLAUSES.has(word));
  const roles = asking.some((word) => /^wh(?:o|om|at|ich)$/.test(word)) ? words.filter((word) => word === 'we') : [];
  const size = words.findIndex((word) => word === 'how');
  return [...asking, ...roles, size < 0 ? '' : (words[size + 1] ?? '')].sort().join(' ');
}

/** The modals in their order, and which of them stand in a clause about a noun: those say nothing of what is asked. */
function modalsOf(words: readonly string[]): string {
  const clause = words.findIndex((word, at) => at > 1 && RELATIVE.has(word));
  return words
    .flatMap((word, at) => (MODALS.has(word) ? [clause >= 0 && at > clause ? `${word} within` : word] : []))
    .join(' ');
}

function partsOf(words: readonly string[]): readonly string[] {
  const reporting = words.some((word) => REPORTING.has(word));
  const aimed = AIMED.test(words.join(' '));
  return words.flatMap((word, at) => {
    const clause = word === 'when' && (at === 0 || reporting) ? undefined : CLAUSES.get(word);
    if (clause !== undefined) return [MARK + clause];
    if (LIGHT.has(word) || MODALS.has(word) || QUESTION_WORDS.has(word)) return word === 'when' ? [word] : [];
    if (PREPOSITIONS.has(word))
      return [MARK + (AT.has(word) && !aimed && !isWithin(words.slice(at + 1).join(' ')) ? 'at' : word)];
    // Elsewhere it may be a noun of its own: "parking near the church" is no "park near the church".
    return [(PREPOSITIONS.has(words[at - 1] ?? '') ? verbOfGerund(word) : undefined) ?? word];
  });
}

/** Whether "in" says something else than "at" before `rest`: within a time, and inside. */
function isWithin(rest: string): boolean {
  return /^\d/.test(rest) || BUILDING.test(rest);
}

function sorted(parts: readonly string[]): string {
  return [...parts].sort().join(' ');
}

/** The longest runs that both have, then the longest of what is left, until nothing is. */
function piecesOf(parts: readonly string[], others: readonly string[]): readonly Piece[] {
  const taken = new Set<number>();
  const otherTaken = new Set<number>();
  const pieces: Piece[] = [];
  while (taken.size < parts.length && pieces.length <= MOST_PIECES) {
    let longest: Piece = { length: 0, at: 0, otherAt: 0 };
    for (let at = 0; at < parts.length; at++)
      for (let otherAt = 0; otherAt < others.length; otherAt++) {
        let length = 0;
        while (
          at + length < parts.length &&
          parts[at + length] === others[otherAt + length] &&
          !taken.has(at + length) &&
          !otherTaken.has(otherAt + length)
        )
          length++;
        if (length > longest.length) longest = { length, at, otherAt };
      }
    for (let offset = 0; offset < longest.length; offset++) {
      taken.add(longest.at + offset);
      otherTaken.add(longest.otherAt + offset);
    }
    pieces.push(longest);
  }
  return pieces;
}

/** Whether a circumstance that stands elsewhere still belongs to the same. */
function isFree(text: string, parts: readonly string[], moved: readonly string[]): boolean {
  if (FASTENED.test(text)) return false;
  // A condition holds for everything that is asked.
  if (moved.every((opening) => opening === `${MARK}if`)) return true;
  return parts.every((part, at) => part !== `${MARK}to` || CONTROL.has(parts[at - 1] ?? ''));
}

/** Whether all pieces but circumstances are in the same order, and those with one preposition among themselves. */
function onlyCircumstancesMove(pieces: readonly Piece[], parts: readonly string[]): boolean {
  const inOrder = [...pieces].sort((one, other) => one.at - other.at);
  const last = new Map<string, number>();
  return inOrder.every((piece) => {
    const opening = parts[piece.at] ?? '';
    const circumstance = opening.startsWith(MARK);
    if (circumstance && piece.length < 2) return false;
    if (circumstance && isPoint(parts.slice(piece.at + 1, piece.at + piece.length))) return true;
    const lane = circumstance ? opening : '';
    const follows = piece.otherAt > (last.get(lane) ?? -1);
    last.set(lane, piece.otherAt);
    return follows;
  });
}

/** A date, a time or a town names its place among the others by itself. */
function isPoint(words: readonly string[]): boolean {
  return words.length > 0 && (/^\d/.test(words[0] ?? '') || PLACES.has(words.join(' ')));
}
