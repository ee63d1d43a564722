import { strict as assert } from 'node:assert';
import { slotConflict, slotsOf } from '../../../../services/cache-engine/src/engine/language/index.ts';
import { fc } from '../../../support/property.ts';
import { anyText, questionWith } from './sentences.ts';

/** Pairs that conflict, with the slot that says so. */
const CONFLICTS: readonly (readonly [slot: string, a: string, b: string])[] = [
  ['date', 'Is 3 May 2027 a Monday?', 'Is 4 May 2027 a Monday?'],
  ['date', 'Is the church free on 3 May?', 'Is the church free?'],
  ['weekday', 'Can the registrar come on a Sunday?', 'Can the registrar come on a Friday?'],
  ['month', 'Are tulips out in March?', 'Are tulips out in June?'],
  ['time', 'May the band play until 1am?', 'May the band play until 3am?'],
  ['money', 'Is £30 a head fair?', 'Is €30 a head fair?'],
  ['number', 'Does the barn seat 90?', 'Does the barn seat 140?'],
  ['number', 'Is a 10 inch cake enough?', 'Is a 10 cm cake enough?'],
  ['percent', 'Is a 10% deposit normal?', 'Is a 25 per cent deposit normal?'],
  ['rate', 'Is £90 per head fair?', 'Is £90 per table fair?'],
  ['place', 'Who plays the harp in Leeds?', 'Who plays the harp in Kent?'],
  ['law', 'Who plays the harp in Fife?', 'Who plays the harp in Kent?'],
  ['place', 'Where do I park in Bath?', 'Where do I park?'],
  ['name', 'Does Fernley Barn allow dogs?', 'Does Larkhill Barn allow dogs?'],
  ['name', 'May Rowena read a poem?', 'May Cosima read a poem?'],
  ['nationality', 'What do guests wear at an Irish wedding?', 'What do guests wear at a Polish wedding?'],
  ['role', 'Should the harpist have a meal?', 'Should the magician have a meal?'],
  ['kind of ceremony', 'Who speaks at a Quaker wedding?', 'Who speaks at a Hindu wedding?'],
  ['diet', 'Which sauce suits a vegan?', 'Which sauce suits a coeliac?'],
  ['season', 'Shawls for a winter wedding', 'Shawls for a summer wedding'],
  ['indoors or out', 'Candles for an outdoor dinner', 'Candles for an indoor dinner'],
  ['before or after', 'Who eats before the toast?', 'Who eats after the toast?'],
  ['negation', 'May guests throw rice?', 'May guests not throw rice?'],
  ['negation', 'Bars in a licensed barn', 'Bars in an unlicensed barn'],
  ['tense', 'Did the venue raise its prices?', 'Does the venue raise its prices?'],
  ['agent', 'Can the venue charge the caterer?', 'Can the caterer charge the venue?'],
  ['agent', 'May I kiss my son?', 'May my son kiss me?'],
  ['scope', 'Can every guest have a bed?', 'Can one guest have a bed?'],
  ['negation', 'Is the deposit refundable?', 'Is the deposit non-refundable?'],
  ['negation', 'May guests park free?', 'May guests not park free?'],
  ['begun or ended', 'Is the café open until nine?', 'Is the café open from nine?'],
  ['weekday', 'Rates from Monday to Thursday', 'Rates on a Sunday'],
  ['season', 'Is the barn free at New Year?', 'Is the barn free at Easter?'],
  ['place', 'Caterers in Notts', 'Caterers in Lancs'],
  ['name', 'Music for a Diwali party', 'Music for an Eid party'],
  ['number', 'Is a second day dear?', 'Are 2 days dear?'],
];

/** Pairs without a conflict: ways to say one thing, or too little to tell. */
const AGREEMENTS: readonly (readonly [string, string])[] = [
  ['Can the band start at 19:30?', 'can the band start at half seven'],
  ['Is Sat 12 June 2027 free?', 'is 12/06/2027 free'],
  ['Is £1,200 fair in Cork?', 'is 1.2k pounds fair in cork'],
  ['A dozen ushers: too many?', 'are twelve ushers too many'],
  ['Does Fernley Barn allow dogs?', 'does fernley barn allow dogs'],
  ['What do I tip a driver in Ireland?', 'What is the usual tip for an Irish driver?'],
  ['Is the NT strict?', 'Is the National Trust strict?'],
  ['Can the caterer be charged by the venue?', 'Can the venue charge the caterer?'],
  ['When should I do my hair?', 'What is the best time to have hair done?'],
  ['Is the order no. on the quote?', 'Is the order number on the quote?'],
  ['Rates from Tuesday to Friday', 'Rates on a weekday'],
  ['Is the café open until nine?', 'Does the café close at nine?'],
  ['How late is the shop open?', 'When does the shop close?'],
  ['Is day 3 dearer?', 'Is the third day dearer?'],
  ['Which June Fridays are unsold?', 'Which June Fridays are still available?'],
  ['A venue with no corkage', 'A venue where corkage is waived'],
  ['Harpists in N. Ireland', 'Harpists in NI'],
  ['Harpists in Hants', 'Harpists in Hampshire'],
  ['A C of E blessing', 'A Church of England blessing'],
  ['Ferries to Scotlland', 'Ferries to Scotland'],
  ['Is a Thursdy cheaper?', 'Is a Thurrsday cheaper?'],
  ['Do we work at Christmas?', 'Do we work over Twixmas?'],
  ['Our barn has a step, will a ramp do?', 'Will a ramp do for the step our barn has?'],
];

describe('Slots', () => {
  it('never set a text against itself, and tell the same whichever comes first', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        assert.equal(slotConflict(a, a), undefined);
        const found = slotConflict(a, b);
        const turned = slotConflict(b, a);
        assert.deepEqual(turned && { slot: turned.slot, a: turned.b, b: turned.a }, found);
      }),
      { numRuns: 1000 },
    );
  });

  it('tell any two numbers, and any two sums, apart', () => {
    const numbers = fc.tuple(fc.integer({ min: 2, max: 9999 }), fc.integer({ min: 2, max: 9999 }));
    fc.assert(
      fc.property(
        questionWith(fc.constant('#')),
        numbers,
        fc.constantFrom('# guests', '£#'),
        ({ text }, [one, other], way) => {
          fc.pre(one !== other);
          const [a, b] = [one, other].map((value) => text.replace('#', way.replace('#', String(value))));
          assert.equal(slotConflict(a ?? '', b ?? '')?.slot, way.startsWith('£') ? 'money' : 'number');
        },
      ),
    );
  });

  for (const [slot, a, b] of CONFLICTS)
    it(`find that "${a}" and "${b}" differ in ${slot}`, () => assert.equal(slotConflict(a, b)?.slot, slot));

  for (const [a, b] of AGREEMENTS)
    it(`do not set "${a}" against "${b}"`, () => assert.equal(slotConflict(a, b), undefined));

  it('say what a question holds, in one notation', () => {
    const slots = slotsOf('Is £1.2k fair for 2 harpists in Cork on 14/06/2026 from half past three pm?');
    assert.deepEqual(
      ['money', 'number', 'role', 'place', 'date', 'time'].map((slot) => [...(slots.get(slot) ?? [])]),
      [['£1200'], ['2'], ['harpist'], ['cork'], ['14 june 2026'], ['3:30pm']],
    );
  });
});
