import assert from 'node:assert/strict';
import {
  personalDataIn,
  plainForm,
  type PersonalDataKind,
} from '../../../../../services/cache-engine/src/engine/tenancy/personal-data.ts';

const FOUND: Readonly<Record<PersonalDataKind, readonly string[]>> = {
  contact: [
    'Write to kate@example.com',
    'Write to kate (at) example, or kate@example',
    'kate at gmail dot com',
    'ｋａｔｅ＠ｅｘａｍｐｌｅ．ｃｏｍ',
    'tag @thebarn in it',
    'see https://example.com/a',
    'see www.example.com',
    'see thebarn.co.uk for more',
    'oh seven seven double zero nine zero zero one two three',
    'my instagram handle',
  ],
  account: [
    '07700 900123',
    '+44 7700 900 123',
    '(01632) 960-123',
    '020 7946 0018',
    '+353 85 012 3456',
    '+1 202-555-0143',
    '0\u200b7\u200b7\u200b0\u200b0\u200b900123',
    '٠٧٧٠٠',
    'GB33BUKB20201555555555',
    'gb33 bukb 2020 1555 5555 55',
    'IE29AIBK93115212345678',
    'sort code 20-20-15',
    '4111 1111 1111 1111',
    'NI number QQ 12 34 56 C',
    'order 48213',
  ],
  address: [
    'SW1A 1AA',
    'in sw1a1aa',
    'near M1 1AE',
    'B33 8TH please',
    'D02 X285',
    'a65 f4e2',
    'D6W XY00',
    '12 High Street',
    '4a St Mary Road',
    'flat 12',
    'PO Box 7',
  ],
  date: [
    '13 June 2026',
    '13th of June',
    'June 13',
    'june the 13th',
    '13 Jun',
    'Sat 13th',
    'saturday 13',
    '2026-06-13',
    '13/06/2026',
    '13.6.26',
    'on 13/6',
    'the twelfth of September',
    'September the twelfth',
    'the 13th',
    'Christmas Eve 2026',
    'easter sunday 2027',
    'on the twenty-first of March',
  ],
  money: ['£1,500', '1500 pounds', '€40 a head', 'two grand', '$20', '45p a mile', '1.5k', '200 GBP'],
};

const CLEAN = [
  'How many portable loos for 120 guests?',
  'Which lens for a dark church, 24-70mm or 85mm?',
  'How long does a first dance last, 3 or 4 minutes?',
  'Do two thirds of guests come to the evening?',
  'What is in season in June 2027?',
  'How early does the sun set in December?',
  'Ceremony at 2pm: when should hair and make-up start?',
  'Ceremony at 14:30, is dinner at 17:45 too late?',
  'Which Saturday in May is quietest?',
  'Print 5x7 or 6x4?',
  'Is 50% up front usual?',
  'How many heaters for 100 guests on the terrace in October?',
  'Can 94 guests fit on 2 coaches?',
  'Is a 1/2 or a 3/4 length veil better?',
  'How may guests get there?',
];

describe('personal data', () => {
  for (const [kind, texts] of Object.entries(FOUND)) {
    it(`of the kind "${kind}" is found in all its forms`, () => {
      const kinds = texts.map((text) => [text, personalDataIn(text)]);
      // A reference of another sort is as good a reason; none at all is the leak.
      for (const [text, found] of kinds) assert.notEqual(found, undefined, text);
      const right = kinds.filter(([, found]) => found === kind).length;
      assert.ok(right >= texts.length - 2, JSON.stringify(kinds.filter(([, found]) => found !== kind)));
    });
  }

  it('is not seen in ordinary questions full of numbers', () => {
    for (const text of CLEAN) assert.equal(personalDataIn(text), undefined, text);
  });

  it('leaves out the kinds that do not matter', () => {
    assert.equal(personalDataIn('It costs £200', new Set(['money'])), undefined);
    assert.equal(personalDataIn('It costs £200 on 13 June', new Set(['money'])), 'date');
  });

  it('is looked for in what a text looks like, not in how it is encoded', () => {
    assert.equal(plainForm('ａ\u200d\u00a0b’s –\u00ad1'), "a b's -1");
  });
});
