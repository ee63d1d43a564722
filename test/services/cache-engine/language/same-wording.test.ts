import { strict as assert } from 'node:assert';
import { normalForm, sameWording } from '../../../../services/cache-engine/src/engine/language/index.ts';
import { isKnown } from '../../../../services/cache-engine/src/engine/language/lexicon.ts';
import { fc } from '../../../support/property.ts';
import { anyText, place, question, questionWith, role, thing } from './sentences.ts';

type Pairs = readonly (readonly [string, string])[];

function same(title: string, pairs: Pairs): void {
  it(title, () => {
    for (const [a, b] of pairs) assert.ok(sameWording(a, b), `${a} | ${b} | ${normalForm(a)} | ${normalForm(b)}`);
  });
}

function different(title: string, pairs: Pairs): void {
  it(title, () => {
    for (const [a, b] of pairs) assert.ok(!sameWording(a, b), `${a} | ${b} | ${normalForm(a)} | ${normalForm(b)}`);
  });
}

/** A word with one slip of the kinds that hands make: a letter left out, doubled, swapped with the next, or another in its place. */
function slipped(word: string, at: number, kind: number, letter: string): string {
  const [head, tail] = [word.slice(0, at), word.slice(at)];
  return (
    [
      head + tail.slice(1),
      head + tail.charAt(0) + tail,
      head + (tail[1] ?? '') + tail.charAt(0) + tail.slice(2),
      head + letter + tail.slice(1),
    ][kind] ?? word
  );
}

describe('The check of wording', () => {
  it('finds every text worded as itself, and does not mind which comes first', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        assert.ok(sameWording(a, a));
        assert.equal(sameWording(a, b), sameWording(b, a));
      }),
      { numRuns: 1000 },
    );
  });

  it('sees through one slip in a word of six letters or more', () => {
    const slip = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 3 }), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'));
    fc.assert(
      fc.property(question, fc.nat({ max: 20 }), slip, (text, which, [at, kind, letter]) => {
        const words = text.match(/[a-z]{6,}/g) ?? [];
        const word = words[which % words.length] ?? '';
        const wrong = slipped(word, 1 + (at % (word.length - 2)), kind, letter);
        fc.pre(!isKnown(wrong));
        assert.ok(sameWording(text, text.replace(word, wrong)), wrong);
      }),
      { numRuns: 1000 },
    );
  });

  it('never takes one known word for another', () => {
    const swap = fc.constantFrom(role, thing, place).chain((words) => fc.tuple(words, words));
    fc.assert(
      fc.property(question, swap, (text, [one, other]) => {
        fc.pre(one !== other && text.includes(one) && !text.includes(other));
        assert.ok(!sameWording(text, text.replace(one, other)));
      }),
      { numRuns: 1000 },
    );
  });

  it('never takes one number for another, in figures or in words', () => {
    const counts = fc.tuple(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 2, max: 500 }));
    fc.assert(
      fc.property(
        questionWith(fc.constant('#')),
        counts,
        fc.constantFrom('guests', 'pounds', 'hours'),
        ({ text }, [one, other], unit) => {
          fc.pre(one !== other);
          assert.ok(!sameWording(text.replace('#', `${one} ${unit}`), text.replace('#', `${other} ${unit}`)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  same('lets a circumstance stand at either end', [
    ['For 80 guests, what size of cake do I need?', 'What size of cake do I need for 80 guests?'],
    ['If it rains, where do we have the drinks?', 'Where do we have the drinks if it rains?'],
    ['The week before the wedding, who rings the suppliers?', 'Who rings the suppliers the week before the wedding?'],
    ['Can we, if the couple agree, sell prints?', 'If the couple agree, can we sell prints?'],
    ['At 9pm on a Friday, how loud may a band be in Leeds?', 'How loud may a band be at 9pm on a Friday in Leeds?'],
  ]);

  different('leaves a circumstance where it can belong to something else', [
    ['At 11pm, who tells the couple that the band stops?', 'Who tells the couple that the band stops at 11pm?'],
    ['Before the speeches, can I ask guests to leave?', 'Can I ask guests to leave before the speeches?'],
    ['If the bride cancels, can I get a refund?', 'If I get a refund, can the bride cancel?'],
    ['Can the caterer, if the couple ask, bring wine?', 'Can the couple, if the caterer ask, bring wine?'],
  ]);

  same('knows ways to ask that are the same for anything', [
    ['How much does a string quartet cost?', "What's the price of a string quartet?"],
    ['How much does it cost to hire a tent in Kent?', 'What is the cost of hiring a tent in Kent?'],
    ['Can we bring our own wine?', 'Are we allowed to bring our own wine?'],
    ['Is it possible for a friend to sing?', 'Can a friend sing?'],
    ['Do I have to invite my boss?', 'Must I invite my boss?'],
    ['Does my cousin have to be there?', 'Must my cousin be there?'],
    ['Do we need a permit for fireworks?', 'Is a permit required for fireworks?'],
    ['Would it be rude to leave early?', 'Is it rude if I leave early?'],
    ['How should we word the menu?', 'How do I word the menu?'],
    ["What's the best way to clean silk?", 'How do I clean silk?'],
    ['What is the difference between a veil and a cape?', 'How does a veil differ from a cape?'],
    ['Best month for tulips?', "What's the best month for tulips?"],
    ['Any tips for writing vows?', 'Give me some tips on writing vows'],
    ['How many plates for 90 guests?', 'How many plates do we need for 90 guests?'],
    ["I'd like to know how long the ceremony takes", 'How long does the ceremony take?'],
    ['Do you know if the barn allows dogs?', 'Does the barn allow dogs?'],
    ['Tell me who to invite to the rehearsal', 'Who should I invite to the rehearsal?'],
    ['Talk me through pinning a buttonhole', 'How do I pin a buttonhole?'],
    ['Recommend a lens for dark churches', 'Which lens would you recommend for dark churches?'],
    ['In what order do the speeches go?', 'What order do the speeches go in?'],
    ["What should the groom's mother wear?", 'What should the mother of the groom wear?'],
  ]);

  same('knows exact synonyms, plurals in general, and who asks as one or two', [
    ['When does the ceremony begin?', 'When does the ceremony start?'],
    ['Where can I purchase confetti?', 'Where can we buy confetti?'],
    ['Roughly 40 people: how big a tent?', 'About 40 people: how big a tent?'],
    ['Do bands bring their own lights?', 'Does a band bring their own lights?'],
    ['Should I tip my driver?', 'Should we tip our driver?'],
    ['Which colour goes with navy?', 'What colour goes with navy?'],
  ]);

  same('takes initials, words cut short and words in two for what the other question has in full', [
    ['Do I need PRS cover?', 'Do I need performing right society cover?'],
    ['Is the accom included?', 'Is the accommodation included?'],
    ['Does the photo booth need power?', 'Does the photobooth need power?'],
    ['Is three grand enough for food?', 'Is £3,000 enough for food?'],
  ]);

  same('lets circumstances stand in any order, each with its preposition', [
    ['Where is parking for coaches at the castle?', 'Where is parking at the castle for coaches?'],
    [
      'With two dogs and six guests, when do we leave for Mass?',
      'When do we leave for Mass with six guests and two dogs?',
    ],
    ['For my gran, who is 90, which seat is best?', 'Which seat is best for my gran, who is 90?'],
    ['If the van is late, what can we do to fill the gap?', 'What can we do to fill the gap when the van is late?'],
  ]);

  different('never lets two words trade the roles that prepositions and order give them', [
    ['Is the gift for the groom from the bride?', 'Is the gift for the bride from the groom?'],
    ['How do we get from the church to the hotel?', 'How do we get to the church from the hotel?'],
    ['Are tables with kids for guests with flowers?', 'Are tables with flowers for guests with kids?'],
    ['Can the DJ open and the band close?', 'Can the band open and the DJ close?'],
    ['Is it warmer in May in Cork than in June in Galway?', 'Is it warmer in June in Cork than in May in Galway?'],
    ['Who tells the florist about the baker?', 'Who tells the baker about the florist?'],
    ['Do we pay on 5 June for a wedding on 6 June?', 'Do we pay on 6 June for a wedding on 5 June?'],
    ['Is the hall open before the meal?', 'Is the hall open after the meal?'],
  ]);

  same('puts what a question is about where the question has its pronoun', [
    ['Peonies: can I still get them in July?', 'Can I still get peonies in July?'],
    ['We have 12 bridesmaids, how should they line up?', 'How should 12 bridesmaids line up?'],
    ['Half a bottle of wine each, is that enough?', 'Is half a bottle of wine each enough?'],
    ['Ceremony at 3pm, when should we eat?', 'When should we eat if the ceremony is at 3pm?'],
  ]);

  different('leaves a topic that no single pronoun stands for', [
    ['The veil: is it rude to take a photo?', 'Is the veil rude to take a photo?'],
    ['Peonies: can they stand beside them?', 'Can peonies stand beside them?'],
    ['My dad, can they hear him?', 'Can my dad hear him?'],
    ['We have a dog. Which vet do you use?', 'Which vet do you use?'],
  ]);

  same('knows who does it, whichever way it is put', [
    ['How should the dress be stored?', 'How should we store the dress?'],
    ['When should the caterer be paid?', 'When should I pay the caterer?'],
    ['Who pays for the flowers?', 'Who is meant to pay for the flowers?'],
    ['Whose job is it to hold the rings?', 'Who holds the rings?'],
    ['Where should people sign?', 'Where do we sign?'],
  ]);

  different('does not guess who does it', [
    ['Should the band be fed by the venue?', 'Should we feed the band by the venue?'],
    ['Must the deposit be returned?', 'Must we return the deposit?'],
    ['Can the deposit be returned?', 'Can we return the deposit?'],
    ['When should the album be delivered?', 'When should we deliver the album?'],
    ['When can the photos be sent?', 'When can we send the photos?'],
    ['What do we pay on the day?', 'What should we pay on the day?'],
    ['Who paid for the flowers?', 'Who pays for the flowers?'],
    ['Can we be charged for travel?', 'Can we charge for travel?'],
    ['Where should you park?', 'Where should we park?'],
    ['Who should pay the band?', 'Who should the band pay?'],
    ['What do we get on the day?', 'What should we get on the day?'],
    ['Would you hold the date?', 'Should we hold the date?'],
  ]);

  same('knows ways to ask for a time, a size or a condition', [
    ['What time does the bar open?', 'When does the bar open?'],
    ['How late may the band play?', 'Until what time may the band play?'],
    ['How early must we book the hall?', 'How far in advance must we book the hall?'],
    ['How big a cake do we need?', 'What size of cake do we need?'],
    ['Would noon be too early?', 'Is noon too early?'],
    ['Describe what an usher does', 'What does an usher do?'],
    ["If the groom's in a kilt, what do I wear?", 'If the groom is in a kilt, what do I wear?'],
  ]);

  same('takes a rare word in a hasty text for the usual one in its place', [
    ['Do ushers sit with their partners?', 'do ushers sit wit their partners'],
    ['When do you serve cheese?', 'wen do you serve cheese'],
    ['Do vans have seatbelts?', 'do vans have seat belts'],
  ]);

  different('takes no word for another where capitals show care, or both are usual', [
    ['Where does the front go?', 'Where does the font go?'],
    ['do we need the band', 'do we need the hand'],
    ['can you hold the wine', 'can you hold the vine'],
    ['is the sister paid', 'is the sitter paid'],
  ]);

  different('keeps apart what light words and places in the question decide', [
    ['Does the contract state when we can cancel?', 'Does the contract state if we can cancel?'],
    ['Do we tell guests when dinner is served?', 'Do we tell guests if dinner is served?'],
    ['Is the price the same since we paid?', 'Is the price the same because we paid?'],
    ['Can guests park if we should pay for it?', 'Should guests park if we can pay for it?'],
    ['Should guests who drive leave by noon?', 'Do guests who should drive leave by noon?'],
    ['Will you drive us to the church?', 'Will you drive to the church?'],
    ['Can guests throw rice at the bride?', 'Can guests throw rice in the bride?'],
    ['Is confetti allowed at the church?', 'Is confetti allowed in the church?'],
    ['May guests smoke at our village hall?', 'May guests smoke in our village hall?'],
    ['Do we pay in the end?', 'Do we pay at the end?'],
    ['Is smoking allowed only in the garden after 9pm?', 'Is smoking allowed only after 9pm in the garden?'],
    ['Is the room with a view for guests?', 'Is the room for guests with a view?'],
    ['Is our hotel near the church by the river?', 'Is our hotel by the river near the church?'],
  ]);

  different('takes no word for another with which it shares some senses only', [
    ['Is there parking near the church?', 'Is there a park near the church?'],
    ['Is the painting of the bride dear?', 'Is the paint of the bride dear?'],
    ['Can I wear a dinner jacket with jeans?', 'Can I wear a dinner suit with jeans?'],
    ['How long before we get the album?', 'How far in advance do we get the album?'],
    ['How long before we can sit down?', 'How far in advance can we sit down?'],
    ['How soon before the wedding can I cancel?', 'How far ahead of the wedding can I cancel?'],
    ['Do you have suitable insurance?', 'Can you recommend suitable insurance?'],
    ['Who is responsible for parking at the hall?', 'Who parks at the hall?'],
  ]);

  same('knows how far ahead of an occasion, and what to recommend', [
    ['How long before the wedding should we book a band?', 'How far in advance of the wedding should we book a band?'],
    ['How soon before the wedding day must we pay?', 'How far ahead of the wedding day must we pay?'],
    ['Do you know of any good florists?', 'Can you recommend any good florists?'],
    ['Who is responsible for carrying the rings?', 'Who carries the rings?'],
    ['How can the dress be stored?', 'How do I store the dress?'],
  ]);

  different('keeps apart what is left over', [
    ['Do you charge for travel?', 'Do I charge for travel?'],
    ['How do you store the cake?', 'How do I store the cake?'],
    ['Can a venue charge a caterer?', 'Can a caterer charge a venue?'],
    ['Should we invite children?', 'Must we invite children?'],
    ['Can my sister come?', 'Can my sisters come?'],
    ['Do both witnesses sign?', 'Do witnesses sign?'],
    ['Can one guest leave early?', 'Can a guest leave early?'],
    ['Can we hire just the band?', 'Can we hire the band?'],
    ['How long does the hair take?', 'How long did the hair take?'],
    ['Could couples marry outdoors in 2010?', 'Can couples marry outdoors in 2010?'],
    ['What red roses or tulips are cheap?', 'What red tulips or roses are cheap?'],
    ['Is the ceremony at 3?', 'Is the ceremony at 3pm?'],
    ['Is Marque Hall open?', 'Is Marquee Hall open?'],
    ['Does Sian sing?', 'Does Sean sing?'],
    ['Is the deposit refundable?', 'Is the deposit not refundable?'],
    ['We live in Bath. Which council do we ask?', 'Which council do we ask?'],
    ['If it rains, do we move?', 'Does it rain, do we move?'],
    ['Does the venue require insurance?', 'Does the venue need insurance?'],
    ['Can we hire two harpists?', 'Can we hire a harpist?'],
    ['Who gives away the bride?', 'Who does the bride give away?'],
    ['Can we change the date?', 'Can we change the data?'],
    ['When is Anna free?', 'When is Hanna free?'],
  ]);
});
