import { isWord } from './lexicon.ts';

/** A subject of a few words: everything between an auxiliary and its verb. */
const SUBJECT = String.raw`((?:\S+ ){1,6}?)`;

/** No clause of its own within: where one begins, the verb that follows may belong to it. */
const PLAIN = String.raw`((?:(?!that |who |which |where |if |when |to |not )\S+ ){1,6}?)`;

/**
 * Ways to ask that come to the same in every text, each rewritten to the one on the right. For words without articles, with verbs that
 * agree with nothing ("is" for "are", "do" for "does") and "we" for who asks.
 */
const WAYS: readonly (readonly [from: RegExp, to: string])[] = [
  // Whether something may be done.
  [new RegExp(`^is ${SUBJECT}(?:allowed|permitted|able) to `), 'can $1'],
  [new RegExp(`^(?:is|would) it (?:be )?possible for ${SUBJECT}to `), 'can $1'],
  [/^(?:is|would) it (?:be )?possible to /, 'can we '],
  [/^is it (?:allowed|permitted) to /, 'can we '],
  [new RegExp(`^would ${PLAIN}be able to `), 'can $1'],
  [/^would it be /, 'is it '],
  [
    new RegExp(
      `^would ${PLAIN}be (?=(?:too|enough|ok|rude|better|cheaper|weird|odd|strange|unusual|normal|reasonable|unreasonable|appropriate|inappropriate)(?: |$))`,
    ),
    'is $1',
  ],
  [/^ok to /, 'is it ok to '],
  [/^is it (\S+) (?:if we|for us to) /, 'is it $1 to '],
  // Whether something has to be done or had.
  [/^is it needed (?:for us )?to /, 'must we '],
  [new RegExp(`^is ${PLAIN}(?:needed|obliged) to `), 'must $1'],
  [new RegExp(`^((?:(?:how|what|when|where|who|why|which)(?: \\S+){0,3}? )?)do ${PLAIN}need to `), '$1must $2'],
  [/^do we (?:need|require) /, 'need '],
  [/^is ((?:\S+ ){1,6}?)needed(?= |$)/, 'need $1'],
  [
    /^(?!what |how |who |which |when |where |why |is |do |can |must |should |if |list |give |name |suggest |recommend |write |find |tell |explain |show |make |plan |draft |share )((?:\S+ ){1,6}?)needed(?= |$)/,
    'need $1',
  ],
  [/^(?:shall|ought) we (?:to )?/, 'should we '],
  [/^is it (?:compulsory|mandatory|obligatory) (?:for us )?to /, 'must we '],
  // What to do, how to do it.
  [
    new RegExp(
      `^((?:what|which|who|where|when|how (?:much|many|long|often|far|early|late|big|soon))(?: (?!(?:is|was|do|did|have|had|can|could|will|would|should|must|shall|may|might) )\\S+){0,3}?) to (?=\\S)`,
    ),
    '$1 should we ',
  ],
  [/^(?:what|which) ((?:\S+ ){1,4}?)(?:would|do|can|could) (?:you|we) (?:recommend|suggest)(?= |$)/, 'recommend $1'],
  [/^(?:talk|walk|take|run|guide) (?:me|we|us) through (?=how )/, ''],
  [/^what is (?:best|right|correct|proper|good|ideal) way (?:for us )?to /, 'how to '],
  [/^(?:best|right|correct|proper) way to /, 'how to '],
  [/^is there (?:any )?(?:good )?way (?:for us )?to /, 'how to '],
  [/^is there any (\S+) way to /, 'what is $1 way to '],
  [/^is there (?:any )?(\S+) way to /, 'what is $1 way to '],
  [/^how (?:do|can|could|should|would|might|shall) (?:we|1) (?:best )?(?!going)/, 'how to '],
  [/^how best to /, 'how to '],
  // What something costs, how much of it there has to be.
  [/^(?:how much|what) (?:is it|do it cost|would it cost|will it cost) (?:for us )?to /, 'cost to '],
  [/^(?:how much|what) (?:do|would|will) ((?:\S+ )+?)cost(?= |$)/, 'cost of $1'],
  [/^(?:price|cost) (?:of|for) /, 'cost of '],
  [/^what (?:amount|quantity) of /, 'how much '],
  [/^what number of /, 'how many '],
  [
    /^(how (?:many|much)(?: \S+){1,4}?) (?:do|would|will|should|must) (?:we|you|1) (?:need|order|buy|get|need to order|need to buy|need to get|order|buy|get|have)(?: to order| to buy| to get)? for /,
    '$1 for ',
  ],
  [/^(how (?:many|much)(?: \S+){1,4}?) is needed for /, '$1 for '],
  [/^(how (?:many|much)(?: (?!for )\S+){1,4}?) (?:do|would|will) (\d\S*(?: \S+){1,2}) need$/, '$1 for $2'],
  [/^(how (?:long|much|many)(?: \S+){0,3}?) (?:would|will) (?=(?:\S+ ){1,5}(?:take|cost|last|need)(?: |$))/, '$1 do '],
  // What something is.
  [/^how come /, 'why '],
  [/^what is reason (?:why|that|for) /, 'why '],
  [/^(who|what) is it that /, '$1 '],
  [/^(?:at|on|by) what (time|day|date|age) /, 'what $1 '],
  [/^what (?:do|can) we (?=(?:do|say) )/, 'what should we '],
  [/^(?:what is )?difference between (\S+(?: \S+){0,3}?) (?:versus|or) (\S+)/, 'difference between $1 and $2'],
  [/^how do (\S+(?: \S+){0,3}?) differ from (\S+(?: \S+){0,3})$/, 'difference between $1 and $2'],
  [/^how do (\S+(?: \S+){0,3}?) and (\S+(?: \S+){0,3}?) differ$/, 'difference between $1 and $2'],
  [/^(?:how|what) is (\S+(?: \S+){0,3}?) different (?:from|to) (\S+(?: \S+){0,3})$/, 'difference between $1 and $2'],
  [/^(\S+(?: \S+){0,3}?) versus (\S+(?: \S+){0,3}?) (?:what is )?difference$/, 'difference between $1 and $2'],
  // What can be asked for.
  [
    /^(?:do you have |have you |got |have you got |give |can we have |share |is there )?(?:any |some |your )*(tips|tip|advice|suggestions|suggestion|examples|example) (?:on|for|about|of|regarding) /,
    '$1 for ',
  ],
];

/** The way to ask in which `text` is compared. */
export function inOneWay(text: string): string {
  return WAYS.reduce((asked, [from, to]) => asked.replace(from, to), toInfinitive(text));
}

/**
 * "A way of asking" is "a way to ask", "go about asking" is "ask", "the cost of asking" is "the cost to ask", "talk
 * me through asking" is "how to ask".
 */
function toInfinitive(text: string): string {
  return text
    .replace(/\bway of (\S+ing)\b/, (match, verb: string) => withBase(match, 'way to ', verb))
    .replace(/^(?:talk|walk|take|run|guide) (?:me|we|us) through (\S+ing)\b/, (match, verb: string) =>
      withBase(match, 'how to ', verb),
    )
    .replace(/^(?:cost|price) of (\S+ing)\b/, (match, verb: string) => withBase(match, 'cost to ', verb))
    .replace(/\bgo about (\S+ing)\b/, (match, verb: string) => withBase(match, '', verb));
}

function withBase(match: string, before: string, verb: string): string {
  const base = baseOf(verb);
  return base === undefined ? match : before + base;
}

/** The verb of which `verb` is the -ing form, where only one is known. */
function baseOf(verb: string): string | undefined {
  const stem = verb.slice(0, -3);
  const candidates = [stem, `${stem}e`, ...(stem.at(-1) === stem.at(-2) ? [stem.slice(0, -1)] : [])].filter(isWord);
  return candidates.length === 1 ? candidates[0] : candidates.find((candidate) => candidate === stem);
}
