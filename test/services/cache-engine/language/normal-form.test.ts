import { strict as assert } from 'node:assert';
import { normalForm } from '../../../../services/cache-engine/src/engine/language/index.ts';
import { fc } from '../../../support/property.ts';
import { anyText, question, questionWith } from './sentences.ts';

/** Each line: ways to write one thing, which have one form. */
function meet(title: string, groups: readonly (readonly string[])[]): void {
  it(title, () => {
    for (const [first = '', ...others] of groups)
      for (const other of others) assert.equal(normalForm(other), normalForm(first), `${other} | ${first}`);
  });
}

/** Each line: things that stay apart. */
function stayApart(title: string, groups: readonly (readonly string[])[]): void {
  it(title, () => {
    for (const group of groups)
      assert.equal(new Set(group.map(normalForm)).size, group.length, group.map(normalForm).join(' | '));
  });
}

const number = fc.integer({ min: 2, max: 9999 });
const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true });
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

describe('The normal form', () => {
  it('is the normal form of itself, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => assert.equal(normalForm(normalForm(text)), normalForm(text))),
      {
        numRuns: 3000,
      },
    );
  });

  it('does not change with case, white space or what only thanks', () => {
    const padding = fc.constantFrom(
      '',
      ' ',
      '\n',
      '!',
      ' Thanks!',
      ' Thank you in advance.',
      ', please',
      ' cheers',
      ' Many thanks x',
    );
    fc.assert(
      fc.property(question, padding, fc.boolean(), (text, trailing, loud) => {
        const form = normalForm(text);
        const written = `  ${text.replaceAll(' ', '  ')}${trailing}`;
        assert.equal(normalForm(loud ? written.toUpperCase() : written.toLowerCase()), form);
      }),
    );
  });

  it('keeps different numbers, sums, dates and times apart', () => {
    const kinds: fc.Arbitrary<string>[] = [
      number.map((count) => `${count} guests`),
      number.map((pounds) => `£${pounds}`),
      fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
      day.map((date) => date.toISOString().slice(0, 10)),
    ];
    const pair = fc.constantFrom(...kinds).chain((kind) => fc.tuple(kind, kind, questionWith(fc.constant('\u0000'))));
    fc.assert(
      fc.property(pair, ([one, other, { text }]) => {
        fc.pre(one !== other && !(/^(?:0[1-9]|1[0-2]):/.test(one) && /^(?:0[1-9]|1[0-2]):/.test(other)));
        assert.notEqual(normalForm(text.replace('\u0000', one)), normalForm(text.replace('\u0000', other)));
      }),
      { numRuns: 500 },
    );
  });

  it('has one form for every way to write a date', () => {
    fc.assert(
      fc.property(day, (date) => {
        const [d, m, y] = [date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear()];
        const month = MONTHS[m] ?? '';
        const ending = d % 100 >= 11 && d % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][d % 10] ?? 'th');
        const ways = [
          `${d}/${m + 1}/${y}`,
          `${String(d).padStart(2, '0')}.${String(m + 1).padStart(2, '0')}.${y}`,
          date.toISOString().slice(0, 10),
          `${d} ${month} ${y}`,
          `${d}${ending} of ${month} ${y}`,
          `the ${d}${ending} of ${month}, ${y}`,
          `${month} ${d}${ending}, ${y}`,
          `${d} ${month.slice(0, 3)} ${y}`,
          `${d}/${m + 1}/${String(y).slice(2)}`,
        ];
        const forms = new Set(ways.map((way) => normalForm(`Is the church free on ${way}?`)));
        assert.deepEqual([...forms], [`is the church free on ${d} ${month.toLowerCase()} ${y}`]);
      }),
    );
  });

  it('has one form for every way to write a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (count) => {
        const ways = [
          String(count),
          count.toLocaleString('en-GB'),
          inWords(count),
          inWords(count).replaceAll(' and ', ' '),
          inWords(count).replaceAll('-', ' '),
        ];
        const forms = new Set(ways.map((way) => normalForm(`Do ${way} guests fit?`)));
        assert.deepEqual([...forms], [`do ${count} guests fit`]);
      }),
    );
  });

  meet('takes spelling, quotes, dashes and accents one way', [
    [
      'What colour suits a grey stone theatre?',
      'what color suits a gray stone theater',
      'WHAT COLOR SUITS A GRAY STONE THEATER???',
    ],
    ['Should we personalise the programme?', 'should we personalize the program'],
    ['the cost of personalisation', 'the cost of personalization'],
    ['What’s the fiancé’s make-up artist’s fee?', "whats the fiance's makeup artist's fee"],
    ['Canapés – which ones?', 'canapes - which ones?', 'Canapes: which ones'],
  ]);

  meet('writes contractions and short forms out', [
    ["isn't it too late", 'is not it too late', 'isnt it too late'],
    ["We can't go. What's next?", 'we cannot go what is next', 'we can not go, whats next'],
    ['approx how many ppl w/ a plus one', 'approximately how many people with a plus one'],
    ['pls can u send me ur menu asap', 'please can you send me your menu as soon as possible'],
    ['What should the MOH wear?', 'what should the maid of honour wear'],
    ['Are there T&Cs?', 'are there terms and conditions'],
    ['Does the VAT no. go on the bill?', 'does the vat number go on the bill'],
    ['Ferries to N. Ireland', 'ferries to N Ireland', 'ferries to n. ireland', 'ferries to northern ireland'],
    ['Barns in W. Sussex', 'barns in west sussex'],
  ]);

  meet('has one notation for clock times', [
    [
      'Can we start at 3.30pm?',
      'can we start at 15:30',
      'can we start at half past three in the afternoon',
      'Can we start at 3:30 p.m.',
      'can we start at half three pm',
    ],
    ['Is 12 noon ok?', 'is midday ok', 'is 12pm ok', 'Is noon OK?'],
    ["Ends at 11 o'clock at night", 'ends at 11pm', 'ends at 23:00'],
    ['at quarter to seven in the evening', 'at 18:45', 'at a quarter to 7 pm'],
    ['at half three', 'at 3:30', 'at half past three'],
    ['from 2-4pm', 'from 2pm to 4pm', 'from two to four in the afternoon'],
  ]);

  meet('has one notation for money and amounts', [
    [
      'Is £1,200 fair?',
      'is 1200 pounds fair',
      'is GBP 1200 fair',
      'is 1.2k pounds fair',
      'Is £1.2k fair',
      'is twelve hundred quid fair',
      'is £1200.00 fair',
    ],
    ['Is €30 a head fair?', 'is 30 euros per head fair', 'is EUR 30 per head fair'],
    ['Is 50p each ok?', 'is £0.50 each ok'],
    ['A 10% deposit', 'a ten per cent deposit', 'a 10 percent deposit'],
    ['£50-60 a head', '£50 to £60 per head', '£50–£60 per head'],
    ['20-30 guests', 'twenty to thirty guests'],
    ['Is 1.5 hours enough?', 'is an hour and a half enough', 'is 90 mins enough', 'is one and a half hrs enough'],
    ['for a dozen guests', 'for twelve guests', 'for 12 guests'],
    ['a 5ft table', 'a five-foot table', 'a 5 feet table'],
    ['our 25th anniversary', 'our twenty-fifth anniversary'],
  ]);

  meet('takes off what only greets, thanks or introduces', [
    [
      'How long should the speeches last?',
      'Hi there, quick question: how long should the speeches last? Thanks in advance!',
      'Could you please tell me how long the speeches should last',
      'I was wondering how long the speeches should last',
      'Sorry to bother you again! Do you know how long the speeches should last? Ta x',
      "I'd love to know how long the speeches should last",
      'Hope you are well. Any idea how long the speeches should last?',
      'How long should the speeches last, please?',
    ],
    ['Can the vicar refuse?', 'I was wondering whether the vicar can refuse', 'do you know if the vicar can refuse'],
    [
      'How do I fold a napkin?',
      'Tell me how to fold a napkin.',
      'How to fold a napkin',
      'Please explain how to fold a napkin',
    ],
    ['Suggest a reading', 'Could you suggest a reading?', 'please suggest a reading'],
    ['List five songs', 'Give me a list of five songs', 'make a list of 5 songs'],
  ]);

  meet('mends what can only be a slip of one usual word', [
    ['how many photographs', 'how many photogaphs', 'how many photograhps'],
    ['Which celebrant is available?', 'wich celebrant is availible'],
    ['a reasonable charge for the marquee', 'a resonable charge for the marqee'],
    ['Is Thursday dearer in September?', 'Is Thurrsday dearer in Septmber?', 'is thrusday dearer in septmeber'],
    ['Which Saturdays are left?', 'Which Saturdyas are left?'],
  ]);

  stayApart('keeps what decides', [
    ['Is it to the church?', 'Is it from the church?', 'Is it at the church?'],
    [
      'Has the band arrived?',
      "Hasn't the band arrived?",
      'Did the band arrive?',
      'Will the band arrive?',
      'Has the band already arrived?',
      'Has the band still not arrived?',
    ],
    ['at 3', 'at 3pm', 'at 3am', 'at half three'],
    ['a few guests', 'few guests', 'a couple of guests', '2 guests'],
    ['£50', '€50', '$50', '50', '50%', '50p', '50 pence per head'],
    ['How do you charge?', 'How do I charge?', 'How does he charge?'],
    ['14 June', '14 June 2026', '14 June 2027', '14 July', '14 guests in June'],
    ['six weeks', 'six months', '6 days', '42 days'],
    ['Which rosé goes?', 'Which rose goes?'],
    ['whisky', 'whiskey'],
    ['draft', 'draught'],
    ['my sister', 'my sisters', "my sister's"],
    ['Is the rehearsal on Saturday 12 June?', 'Is the rehearsal on Sunday 12 June?', 'Is the rehearsal on 12 June?'],
    ['Thank you note: how do I word it?', 'How do I word it?'],
    ['I want a red dress. Is it silly?', 'I want a red dress.'],
    ['How many songs do you know', 'How many songs'],
    ['Just the ceremony: what is the price?', 'The ceremony: what is the price?'],
    ["in June '27", 'on 27 June', 'in June'],
    ['ten to twelve guests', 'guests at ten to twelve'],
    ['Will it rain?', 'If it rains?'],
    ['Is there no VAT? Say no. On what, then?', 'Is there no VAT? Say number on what, then?'],
    ['Is it a licence? No. What is it?', 'Is it a licence number? What is it?'],
    ['Barns w Sussex views', 'Barns W. Sussex views'],
  ]);

  stayApart('leaves names alone, however near to a word', [
    ['Is Marque Hall open to the public?', 'Is Marquee Hall open to the public?'],
    ['Should Orla give a speech?', 'Should oral give a speech?'],
    ['Does Ciara need a veil?', 'Does tiara need a veil?'],
    ['parking at Ashcombe House', 'parking at Ashcome House'],
    ['Does Mr Munday pay?', 'Does Mr Monday pay?'],
    ['the Christman wedding', 'the Christmas wedding'],
  ]);
});

/** English number words up to a million, British. */
function inWords(count: number): string {
  const small =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    );
  const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  if (count < 20) return small[count] ?? '';
  if (count < 100) return `${tens[Math.floor(count / 10)]}${count % 10 === 0 ? '' : `-${small[count % 10]}`}`;
  const scale = count < 1000 ? 100 : 1000;
  const rest = count % scale;
  const joint = rest === 0 ? '' : rest < 100 ? ' and ' : ' ';
  return `${inWords(Math.floor(count / scale))} ${scale === 100 ? 'hundred' : 'thousand'}${joint}${rest === 0 ? '' : inWords(rest)}`;
}
