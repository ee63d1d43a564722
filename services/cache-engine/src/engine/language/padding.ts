import type { Token } from './token.ts';

/** A sentence that is made of these words alone, and has a telling one, greets, thanks or excuses: it says nothing to the matter. */
const PHATIC: ReadonlySet<string> = new Set(
  `a again all am an and any are as at back be been before best bit bother bothering brief but by cheers completely could day days
  disturb disturbing doing dumb easy everyone everybody far fast fine fingers crossed folks for from getting go going good gosh
  grand grateful great greetings guys had have having hello help helped helpful helping hey hi hiya hope hopefully how i if in is it
  1st just keep kind kindly know last let little lot lots lovely many massive me message messaging minute moment much my nice of ok on 1
  other promise query question questions quick quickie quickly random really regards replies reply replying same seconds service
  silly so some soon sorry sort stupid such super sure ta take taking thank thanks that the there this time to today too totally
  trouble troubling us very was wasting we week weekend well were wishes with wonderful would x xx xxx yet you your`.split(
    /\s+/,
  ),
);

/** What tells such a sentence. */
const TELLING: ReadonlySet<string> = new Set(
  `bother bothering cheers disturb disturbing folks gosh greetings grateful guys hello help helpful hey hi hiya hope hopefully query question
  questions quickie regards silly sorry stupid ta thank thanks troubling wishes x xx xxx`.split(/\s+/),
);

/** Whole clauses that say nothing to the matter, in their normal form. */
const SET_PHRASES: ReadonlySet<string> = new Set(
  `so|ok so|right so|right|well|ok|oh|oh gosh|anyway|um|hmm|actually|basically|honestly|seriously|please|just|again|1 more thing|
  another 1|by the way|just out of interest|out of interest|out of curiosity|just out of curiosity|just curious|just wondering|
  random 1|quick 1|just a quick 1|a quick 1|last 1|1 last thing|in your opinion|in your honest opinion|in your experience|
  in your view|in my opinion|if you do not mind|if you do not mind me asking|if you do not mind my asking|if that is ok|if i may|
  if i may ask|may i ask|can i ask|could i ask|tell me|tell us|on a different note|on another note|on a completely different note|mate|
  lads|everyone|all|ladies|dear all|good morning|good afternoon|good evening|morning|evening|afternoon|me again|it is me again|
  just me again|as a matter of interest|if you get a minute|if you get a chance|if you have a minute|if you have a moment|
  if you have time|when you get a minute|when you get a chance|when you have a minute|when you have a moment|when you have time|
  a bit random|bit random|bit of a random 1|a bit of a random 1|bit of an odd 1|a bit of an odd 1|odd 1|how are you|
  how are you doing|how is it going|hope all is well|can you help|can you help me|can you help us|could you help|could you help me|
  could you help us|can anyone help|i wonder|i was wondering|i was just wondering|do you know|does anyone know|do you think|
  would you say|any idea|any ideas please|any help appreciated|any help would be appreciated|any help much appreciated|
  any advice appreciated|any advice would be appreciated|any advice much appreciated|any advice please|much appreciated|
  really appreciate it|i would appreciate any help|i would appreciate any advice|please help|please advise|please let me know|
  let me know|let me know please|asking for a friend|lol|haha|ta|ta very much|me again sorry|sorry`
    .split('|')
    .map((phrase) => phrase.trim()),
);

/** What may trail without a mark before it. */
const TRAILERS: readonly (readonly string[])[] =
  `please and thank you|please|thanks in advance|thank you in advance|many thanks in advance|many thanks|thanks so much|
  thank you so much|thanks very much|thank you very much|thanks a lot|thanks a million|thanks again|thank you again|thanks|
  thank you|cheers|xx|xxx|lol|haha|kind regards|best regards|warm regards`
    .split('|')
    .map((trailer) => trailer.trim().split(' '));

/** The tokens without what only greets, thanks or excuses, at either end. Something is always left. */
export function withoutPadding(tokens: readonly Token[]): readonly Token[] {
  const segments = segmentsOf(tokens);
  let first = 0;
  let last = segments.length - 1;
  while (first < last && isIdle(segments[first] ?? [])) first++;
  while (last > first && isIdle(segments[last] ?? [])) last--;
  return withoutTrailers(segments.slice(first, last + 1).flat());
}

/** Runs of tokens up to, and with, a mark that ends a clause. */
function segmentsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const segments: Token[][] = [[]];
  for (const each of tokens) {
    segments.at(-1)?.push(each);
    if (each.kind === 'mark' && each.text !== '/' && each.text !== '"') segments.push([]);
  }
  return segments.filter((segment) => segment.length > 0);
}

function isIdle(segment: readonly Token[]): boolean {
  const words = segment.filter(({ kind }) => kind !== 'mark').map(({ text }) => text);
  if (words.length === 0 || SET_PHRASES.has(words.join(' '))) return true;
  // "Is it silly?" may be the question itself.
  if (segment.at(-1)?.text === '?') return false;
  return words.every((word) => PHATIC.has(word)) && words.some((word) => TELLING.has(word));
}

function withoutTrailers(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length;
  for (;;) {
    while (end > 1 && tokens[end - 1]?.kind === 'mark') end--;
    const trailer = TRAILERS.find(
      (words) =>
        words.length + 1 < end && words.every((word, offset) => tokens[end - words.length + offset]?.text === word),
    );
    if (trailer === undefined) return tokens.slice(0, end);
    end -= trailer.length;
  }
}
