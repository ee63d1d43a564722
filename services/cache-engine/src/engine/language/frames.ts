import { AUXILIARIES, DETERMINERS, PRONOUNS, QUESTION_WORDS } from './grammar.ts';
import { isWord } from './lexicon.ts';
import { token, type Token } from './token.ts';

const YOU_COULD = String.raw`(?:can|could|would|will|might|may) (?:you|someone|somebody|anyone|anybody)(?: (?:please|kindly|possibly|perhaps|maybe|just|also|at all))*`;
const BE_SO_KIND = String.raw`(?: (?:be so kind as to|be kind enough to|be able to|help me|help us|help me to|help us to))?`;
const TELL = String.raw`(?:tell (?:me|us)|let (?:me|us) know|advise(?: (?:me|us))?(?: on)?|explain(?: to (?:me|us))?|remind (?:me|us)|confirm|clarify|inform (?:me|us)|show (?:me|us)|find out|work out|figure out|calculate|estimate|decide|describe|outline|specify|state|identify|indicate|suggest|recommend|check|(?:talk|walk|take|run|guide) (?:me|us) through|shed (?:some )?light on)`;
const I_AM = String.raw`(?:i am|i was|we are|we were|i have been|we have been)`;
const I_WANT = String.raw`(?:i|we)(?: (?:just|really|only|also))* (?:would (?:really )?(?:like|love)|want|wanted|need|am trying|are trying|am looking|are looking|am keen)`;
const KNOW = String.raw`(?:know|ask|ask you|check|find out|understand|hear|learn|work out|figure out|inquire|be told)`;
const FIRST = String.raw`(?:(?:hi|hello|hiya|hey)(?: (?:there|again|all|everyone|guys|folks))? |please |kindly |just (?=(?:wondering|curious|checking|a quick|want|wanted) )|do (?=(?:advise|tell|let) )|(?:if|when) you (?:get|have) (?:a (?:minute|moment|chance|second|sec)|time) (?=(?:can|could|would|please|do|what|how|when|where|who|why|which) )|ok so |right so |so (?=(?:what|which|who|whom|whose|when|where|why|how|is|are|can|could|do|does|did|should|would|will|have|has)\b))`;
const WH = String.raw`(?=(?:what|which|who|whom|whose|when|where|why|how|if|whether|at what|in what|on what|by what|from what|to what|for how|with what)\b)`;

const OPENING = new RegExp(`^${FIRST}(?=\\S+ \\S)`);

/** What asks for the answer instead of asking the question, before the question proper. */
const INDIRECT = new RegExp(
  `^(?:do (?:you|we) (?:think|reckon) (?:that )?(?=(?:i|we|it|he|she|they|the|a|an|my|our) )|(?:${[
    `${YOU_COULD}${BE_SO_KIND} (?:${TELL}|say|understand)`,
    String.raw`(?:do|would) (?:you|u|any of you)(?: (?:happen to|by any chance))? know`,
    String.raw`(?:does|would) (?:anyone|anybody|someone) (?:happen to )?know`,
    String.raw`(?:do you have |have you (?:got )?|has anyone (?:got )?|got )?any (?:idea|ideas|clue|thoughts on|advice on|thoughts about)(?: (?:on|about|of|as to))?`,
    `${I_AM}(?: (?:just|also|really))* (?:wondering|curious|unsure|not sure|curious about|trying to ${KNOW})`,
    `(?:just )?(?:wondering|curious)`,
    `(?:i|we)(?: (?:just|also))* (?:wonder|wondered|do not know|am not sure|are not sure)`,
    `${I_WANT}(?: to)? ${KNOW}`,
    `(?:can|could|may|might) (?:i|we)(?: (?:just|please|quickly|also))* (?:ask|check|know)(?: you)?`,
    `wanted to (?:ask|check|know)`,
    `(?:can|could|may|might) (?:i|we) inquire(?: as to)?`,
    `(?:i|we) (?:wish|would like|would wish) to (?:inquire|ask|know)(?: as to)?`,
    `(?:i|we) should (?:like|love) to ${KNOW}`,
    `(?:i am|we are|i was|we were) (?:writing|hoping) to ${KNOW}`,
    `(?:i am|we are|i would be|we would be) interested (?:to know|to hear|in knowing|in hearing)`,
    `(?:can|could|may|might) (?:i|we) trouble you to ${TELL}`,
    `(?:is there )?any chance (?:you|someone|anyone) (?:can|could) ${TELL}`,
    `would you mind (?:telling (?:me|us)|letting (?:me|us) know|explaining(?: to (?:me|us))?|confirming|clarifying)`,
    `(?:i|we) would (?:be (?:very |most |so )?grateful|appreciate it|be obliged) if (?:you|someone|anyone) could (?:${TELL}|say)`,
    `(?:i|we) would (?:be (?:very |most |so )?grateful for|appreciate|welcome|love|value)(?: (?:some|any|your))* (?:guidance|advice|help|clarification|thoughts|views|opinion) (?:on|about|as to|regarding|with)`,
    TELL,
    String.raw`(?:my|the|our|a|just a|1|one|quick|a quick|just a quick)(?: quick| main| only| next)? (?:question|query)(?: (?:is|i have is|for you|about this|please))*`,
    String.raw`(?:i|we) have a (?:quick )?(?:question|query)`,
    String.raw`what (?:i|we) (?:want|need|would like|am asking|really want) to know is`,
  ].join('|')})(?: please| exactly| about)? ${WH})`,
);

/** Asking for something to be done, as a command: "could you suggest" is "suggest". */
const REQUEST = new RegExp(
  `^(?:${YOU_COULD}${BE_SO_KIND}|(?:i|we) (?:would like|want|need) you to|please) (?=(?:suggest|recommend|give|list|write|draft|explain|describe|compare|calculate|work out|summarise|translate|plan|create|make|outline|show|provide|share|talk|walk|send|design|come up with|name|define|rewrite|proofread|shorten|tell) )`,
);

/** "Give me", "write us": for whom is plain. */
const FOR_ME =
  /^(give|show|tell|send|write|make|draft|find|name|list|create|plan|recommend to|suggest to) (?:me|us) (?!\d|to\b)/;

const HOW_TO = /^(?:how (?:do|can) (?:i|we)|how to) (?!not\b|know\b|be\b)/;

const LIST_OF = /^(?:give|make|write|list|provide|create)? ?(?:a )?list of (?=\S)/;
const IDEAS_FOR =
  /^(?:give|suggest|list|share|provide|any|some|give some|suggest some|share some) (?:some )?ideas for (?=\S)/;

/** Whether a question is put in the order of a statement: "how long the ceremony takes". */
export function isReported(tokens: readonly Token[]): boolean {
  const first = tokens[0]?.text ?? '';
  if (first === 'whether') return true;
  if (!QUESTION_WORDS.has(first) && !QUESTION_WORDS.has(tokens[1]?.text ?? '')) return false;
  return !tokens.slice(1, 6).some(({ text }) => AUXILIARIES.has(text));
}

/**
 * The question itself, in the order in which it would be asked straight out: "could you tell me what the best lens is" becomes
 * "what is the best lens". Nothing is taken away but who asks whom.
 */
export function withoutFrame(tokens: readonly Token[]): readonly Token[] {
  let left = tokens;
  for (let round = 0; round < 4; round++) {
    const text = textOf(left);
    const first = OPENING.exec(text);
    if (first !== null) {
      left = left.slice(countOf(first[0]));
      continue;
    }
    const indirect = INDIRECT.exec(text);
    if (indirect !== null) {
      left = straight(withWhether(left.slice(countOf(indirect[0]))));
      continue;
    }
    const request = REQUEST.exec(text);
    if (request === null) break;
    left = left.slice(countOf(request[0]));
  }
  return inOneWay(left);
}

/** An "if" that asks, not one that sets a condition. */
function withWhether(tokens: readonly Token[]): readonly Token[] {
  return tokens[0]?.text === 'if' ? [token('word', 'whether'), ...tokens.slice(1)] : tokens;
}

/** Ways to put a question that are the same for every text. */
function inOneWay(tokens: readonly Token[]): readonly Token[] {
  const text = textOf(tokens);
  const forMe = FOR_ME.exec(text);
  if (forMe !== null) {
    const words = countOf(forMe[0]);
    return inOneWay([...tokens.slice(0, words - 1), ...tokens.slice(words)]);
  }
  const howTo = HOW_TO.exec(text);
  if (howTo !== null) return [token('word', 'how'), token('word', 'to'), ...tokens.slice(countOf(howTo[0]))];
  const list = LIST_OF.exec(text);
  if (list !== null) return [token('word', 'list'), ...tokens.slice(countOf(list[0]))];
  const ideas = IDEAS_FOR.exec(text);
  if (ideas !== null) return [token('word', 'ideas'), token('word', 'for'), ...tokens.slice(countOf(ideas[0]))];
  return tokens;
}

/** Question order for a clause in the order of a statement, where subject and verb are certain; else as it is. */
function straight(tokens: readonly Token[]): readonly Token[] {
  const first = tokens[0]?.text ?? '';
  const whether = first === 'whether';
  const opening = DETERMINERS.has(first) || PRONOUNS.has(first) ? 0 : undefined;
  const subject = whether ? 1 : (opening ?? subjectAfter(tokens));
  if (subject === undefined) return tokens;
  const start = whether ? 1 : 0;
  const verb = verbAfter(tokens, subject);
  const moved = verb === undefined ? undefined : tokens[verb];
  if (verb === undefined || moved === undefined) return supported(tokens, start, subject);
  const rest = tokens.slice(verb + 1);
  // "What a toastmaster does": reported questions have no "do" but as the verb itself.
  const main = /^(?:do|does|did)$/.test(moved.text) && rest[0]?.text !== 'not' ? [token('word', 'do')] : [];
  return [...tokens.slice(start, subject), moved, ...tokens.slice(subject, verb), ...main, ...rest];
}

/** "What we need" with the "do" that its question has, after a pronoun that leaves the verb as it is. */
function supported(tokens: readonly Token[], start: number, subject: number): readonly Token[] {
  const verb = tokens[subject + 1];
  if (!/^(?:i|we|you|they)$/.test(tokens[subject]?.text ?? '') || verb?.kind !== 'word') return tokens;
  if (!isWord(`${verb.text}s`) || !isWord(verb.text)) return tokens;
  return [...tokens.slice(start, subject), token('word', 'do'), ...tokens.slice(subject)];
}

/** Where the subject begins that a determiner or pronoun shows, after the question word and what belongs to it. */
function subjectAfter(tokens: readonly Token[]): number | undefined {
  const asking = tokens.findIndex(({ text }) => QUESTION_WORDS.has(text));
  if (asking < 0 || asking > 1) return undefined;
  for (let at = asking + 1; at <= asking + 4; at++) {
    const text = tokens[at]?.text;
    if (text === undefined || AUXILIARIES.has(text) || text === 'to') return undefined;
    if (DETERMINERS.has(text) || PRONOUNS.has(text)) return at;
  }
  return undefined;
}

/** The first auxiliary after a short subject without a clause of its own. */
function verbAfter(tokens: readonly Token[], subject: number): number | undefined {
  if (tokens[subject]?.kind === 'mark') return undefined;
  const limit = PRONOUNS.has(tokens[subject]?.text ?? '') ? subject + 1 : subject + 5;
  for (let at = subject + 1; at <= limit; at++) {
    const each = tokens[at];
    if (each === undefined || each.kind === 'mark') return undefined;
    if (AUXILIARIES.has(each.text)) return at;
    if (QUESTION_WORDS.has(each.text) || each.text === 'that' || each.text === 'to') return undefined;
  }
  return undefined;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => (kind === 'mark' ? MARK : text)).join(' ');
}

/** No word: a frame never reaches over a mark. */
const MARK = '\u0001';

function countOf(consumed: string): number {
  return consumed.trim().split(' ').length;
}
