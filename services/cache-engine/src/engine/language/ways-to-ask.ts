import { AUXILIARIES, OBJECTS, PREPOSITIONS, PRONOUNS } from './grammar.ts';
import { singularOf } from './lexicon.ts';
import { verbOfGerund, verbOfParticiple } from './verb-forms.ts';

/** A subject of a few words: everything between an auxiliary and its verb. */
const SUBJECT = String.raw`((?:\S+ ){1,6}?)`;

/** No clause of its own within: where one begins, the verb that follows may belong to it. */
const PLAIN = String.raw`((?:(?!that |who |which |where |if |when |to |not )\S+ ){1,6}?)`;

/** Verbs that say how things are, not what somebody does: what one gets is not what one should get. */
const STATE = String.raw`(?:need|get|have|know|want|owe|receive|own|like|mean|think|say|not|look|expect)(?: |$)`;

/** What is known to come, so that "how long before" it asks for a time in advance. */
const OCCASION = String.raw`(?:\S+ ){0,2}?(?:wedding|ceremony|reception|service|mass|party|event|day|date)`;

/**
 * Ways to ask that come to the same in every text, each rewritten to the one on the right. For words without articles, with verbs that
 * agree with nothing ("is" for "are", "do" for "does") and "we" for who asks.
 */
const WAYS: readonly (readonly [from: RegExp, to: string])[] = [
  // Whether there is something.
  [/^have you got /, 'do you have '],
  [new RegExp(`^have ${PLAIN}got `), 'do $1have '],
  [/^((?:is|was) there|do (?:\S+ ){1,3}?have) any (?!of )/, '$1 '],
  // Whether something may be done.
  [new RegExp(`^is ${SUBJECT}(?:allowed|permitted|able) to `), 'can $1'],
  [new RegExp(`^(?:is|would) it (?:be )?possible for ${SUBJECT}to `), 'can $1'],
  [/^(?:is|would) it (?:be )?possible to /, 'can we '],
  [/^is it (?:allowed|permitted|permissible) (?:for us )?to /, 'can we '],
  [new RegExp(`^would ${PLAIN}be able to `), 'can $1'],
  [/^would it be /, 'is it '],
  [new RegExp(`^would ${PLAIN}be (?!able )`), 'is $1'],
  [/^((?:(?:how|what|when|where|which|why)(?: \S+){0,4}? )?)would (?!you |have |like |it |be |rather |not )/, '$1do '],
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
  [/^((?:what|which|who|where|when|how)(?: \S+){0,3}? )?should (?:1|people) /, '$1should we '],
  [/^who is (?:meant|supposed|expected) to /, 'who '],
  [/^who should (?!we )/, 'who '],
  [/^whose (?:job|responsibility|duty|task) is it to /, 'who '],
  [
    new RegExp(
      `^(?!what do we pay(?: |$))((?:what|which|who|where|when)(?: (?!do |should )\\S+){0,3}? )do we (?!${STATE})`,
    ),
    '$1should we ',
  ],
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
  [/^(?:what|how much) do (?=(?:\S+ ){1,5}?charge(?: |$))/, 'how much do '],
  [/^what is your (?:price|fee|charge|rate|cost)s? for /, 'how much do you charge for '],
  [/^how (?:big|large) (?!enough)/, 'what size '],
  [/^what size of /, 'what size '],
  [/^how (?:tall|high) (?=(?:is|do|should|can|must) )/, 'what height '],
  [/^how early (?=(?:do|should|must) )/, 'how far in advance '],
  // "How long before we get them" is how long it takes, and how soon before one may is how late.
  [new RegExp(`^how (?:long|early) before (?=${OCCASION} (?:can|do|may|must|should|will) )`), 'how far in advance '],
  [new RegExp(`^how soon before (?=${OCCASION} (?:do|must|should) )`), 'how far in advance '],
  [new RegExp(`^how (long|much|many)((?: \\S+){0,2}?) do it take ${PLAIN}to `), 'how $1$2 do $3take to '],
  [/^(?:how long|what length of time) (?:is needed|do we need) to /, 'how long to '],
  // What something is.
  [/^how come /, 'why '],
  [/^what is reason (?:why|that|for) /, 'why '],
  [/^(who|what) is it that /, '$1 '],
  [/^(?:at|on|by) what (time|day|date|age) /, 'what $1 '],
  [/^what (?:do|can) we (?=(?:do|say) )/, 'what should we '],
  [/^what time (?=(?:is|do|did|was|will|should|can|must|have) )/, 'when '],
  [/^until what time /, 'until when '],
  [/^how late (?=(?:can|may|do|will|should|must) )/, 'until when '],
  [/^when ((?:can|do|will|should|must) .*) until$/, 'until when $1'],
  [/^do (\d\S*(?: \S+){0,2}) fall on /, 'is $1 '],
  [/^(?:what is )?difference between (\S+(?: \S+){0,3}?) (?:versus|or) (\S+)/, 'difference between $1 and $2'],
  [/^how do (\S+(?: \S+){0,3}?) differ from (\S+(?: \S+){0,3})$/, 'difference between $1 and $2'],
  [/^how do (\S+(?: \S+){0,3}?) and (\S+(?: \S+){0,3}?) differ$/, 'difference between $1 and $2'],
  [/^(?:how|what) is (\S+(?: \S+){0,3}?) different (?:from|to) (\S+(?: \S+){0,3})$/, 'difference between $1 and $2'],
  [/^(\S+(?: \S+){0,3}?) versus (\S+(?: \S+){0,3}?) (?:what is )?difference$/, 'difference between $1 and $2'],
  [/^compare (\S+(?: \S+){0,3}?) (?:and|with|to|versus) (\S+(?: \S+){0,3})$/, 'difference between $1 and $2'],
  // What can be asked for.
  [/^(?:name|list|give) (?=\d+ )/, 'what is '],
  [/^(?:what is|recommend|do you know(?: of)?)(?: some| any)? (?:good|nice|suitable) /, 'recommend '],
  [/^(?:any|some) (?:good|nice|suitable) /, 'recommend '],
  [
    /^(?:do you have |have you |got |have you got |give |can we have |share |is there )?(?:any |some |your )*(tips|tip|advice|suggestions|suggestion|examples|example) (?:on|for|about|of|regarding) /,
    '$1 for ',
  ],
];

/** The way to ask in which `text` is compared. */
export function inOneWay(text: string): string {
  const asked = WAYS.reduce((changed, [from, to]) => changed.replace(from, to), toInfinitive(text));
  return done(doer(asked));
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
  const base = verbOfGerund(verb);
  return base === undefined ? match : before + base;
}

/** "Who pays" as "who pay", which is what "who is meant to pay" and "whose job is it to pay" are rewritten to. */
function doer(text: string): string {
  return text
    .replace(/^who ((?:usually |often |always )?)([a-z]+s)(?= |$)/, (match, how: string, verb: string) => {
      const base = AUXILIARIES.has(verb) ? undefined : singularOf(verb);
      return base === undefined ? match : `who ${how}${base}`;
    })
    .replace(/^who is responsible for (\S+ing)(?= (\S+))/, (match, verb: string, next: string) =>
      // Who is responsible for parking at the hall does not park there.
      PREPOSITIONS.has(next) ? match : withBase(match, 'who ', verb),
    );
}

/**
 * "How should the cake be stored" asks how we should store it: with nobody named, whoever asks is meant. Not where somebody else may do
 * it: what can be sent is not what we can send.
 */
const PASSIVE = new RegExp(
  `^((?:(?:how|when|where|why|what \\S+)(?: \\S+){0,5}? )?)(should|(?<=^how )can) ${PLAIN}be (\\S+)(?= |$)(?!.*\\bby (?!\\d))`,
);

/** What is done by others as a rule, to whoever asks. */
const FOR_US = /^(?:deliver|issue|refund|reimburse|release|repay)$/;

function done(text: string): string {
  return text.replace(PASSIVE, (match, asked: string, modal: string, what: string, participle: string) => {
    const verb = verbOfParticiple(participle);
    // "Can we be charged" is not "can we charge": it is said whom it is done to.
    if (verb === undefined || FOR_US.test(verb) || what.split(' ').some(isPerson)) return match;
    return asked === 'how ' ? `how to ${verb} ${what.trim()}` : `${asked}${modal} we ${verb} ${what.trim()}`;
  });
}

function isPerson(word: string): boolean {
  return PRONOUNS.has(word) || OBJECTS.has(word);
}
