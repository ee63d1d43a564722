/** What can betray a person, or belongs to one, by its form alone. */
export type PersonalDataKind = 'contact' | 'address' | 'account' | 'date' | 'money';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?';
const DAY = '(?:3[01]|[12]?\\d|0\\d)(?:st|nd|rd|th)?';
const ORDINAL =
  '(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|twenty[- ]\\w+|thirtieth|thirty[- ]first)';
const FEAST =
  "(?:christmas|boxing|easter|new year'?s|hogmanay|valentine'?s|halloween|bank holiday|st (?:patrick|david|andrew|george)'?s)(?: (?:day|eve|monday|sunday|saturday|friday))?";
const STREET =
  '(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|crescent|cres|terrace|grove|mews|hill|way|walk|row|park)';
const NUMBER_WORD = '(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)';
const CURRENCY = '(?:gbp|eur|euros?|usd|pounds?|quid|dollars?|pence|cents?|grand)';

/** Any of several patterns, in lower case or not, whole words. */
function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.map((pattern) => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`).join('|'), 'iu');
}

/**
 * What each kind looks like, in the forms of the United Kingdom, Ireland and abroad. They are broad on purpose: what is taken for
 * personal by mistake is only not shared.
 */
const PATTERNS: readonly (readonly [PersonalDataKind, RegExp])[] = [
  // A mail address, a handle, or either spelt out; @ has no other business in a question.
  ['contact', /@|\b(?:at|dot|underscore)\s+(?:[a-z]+\s+)?(?:dot\s+)?(?:com|co\s+uk|ie|net|org)\b/iu],
  [
    'contact',
    /\b(?:https?:|www\.)|(?<![\p{L}\p{N}])[\p{L}\p{N}-]+\.(?:com|co|uk|ie|net|org|io|app|me|wedding|events?|photography|eu|fr|es|it|de|us)\b/iu,
  ],
  // A day of a month can be a couple's day; a month, a year or a weekday alone is no one's.
  [
    'date',
    anyOf(
      `${DAY}(?: of)?[ ./-]*${MONTH}`,
      `${MONTH}[ ./-]*(?:the )?${DAY}`,
      `(?:the )?${ORDINAL}(?: day)? of ${MONTH}`,
      `${MONTH} (?:the )?${ORDINAL}`,
    ),
  ],
  [
    'date',
    anyOf(
      '\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}',
      '(?:3[01]|[12]\\d|[4-9]|0\\d)/(?:1[0-2]|0?\\d)',
      '(?:1[0-2]|0?\\d)/(?:3[01]|[12]\\d)',
    ),
  ],
  [
    'date',
    anyOf(
      `${WEEKDAY},? (?:the )?${DAY}`,
      'the (?:3[01]|[12]?\\d)(?:st|nd|rd|th)',
      `${FEAST},? (?:in )?(?:19|20)\\d\\d`,
    ),
  ],
  // Whatever has as many digits as a telephone number, a card or an account, however they are grouped.
  ['account', /\d(?:[\s().\-–/]*\d){6,}/u],
  ['contact', anyOf(`${NUMBER_WORD}(?:[\\s,-]+${NUMBER_WORD}){4,}`)],
  [
    'contact',
    anyOf('(?:whats ?app|instagram|insta|facebook|tik ?tok|snapchat|linkedin) (?:handle|account|name|me|us)'),
  ],
  // Digits of another script have no business in English but to pass for something else.
  ['account', /(?!\d)\p{Nd}/u],
  // IBAN; UK sort code; National Insurance and passport numbers; anything of five digits on end is a reference of some sort.
  [
    'account',
    anyOf(
      '[a-z]{2}\\d{2}(?: ?[a-z\\d]{4}){3,7}(?: ?[a-z\\d]{1,3})?',
      '\\d{2}[- ]\\d{2}[- ]\\d{2}',
      '[a-z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[a-d]',
    ),
  ],
  ['account', /\d{5,}/u],
  // Postcode, and its outward half where it cannot be a size of paper or a lens; Eircode.
  ['address', anyOf('[a-z]{1,2}\\d[a-z\\d]? ?\\d[a-z]{2}', '(?:[ac-fhknprtvwxy]\\d{2}|d6w) ?[ac-fhknprtvwxy\\d]{4}')],
  [
    'address',
    anyOf(
      `\\d+[a-z]?,? (?:(?!(?:on|in|at|the|of|per|for|to|and|from|with|a) )\\p{L}+ ){1,3}${STREET}`,
      'p\\.? ?o\\.? box',
      '(?:flat|apartment|house number) \\d+',
    ),
  ],
  ['money', /[£€$¥₹]/u],
  [
    'money',
    anyOf(
      `\\d[\\d,.]*k? ?${CURRENCY}`,
      `(?:a|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand) ${CURRENCY}`,
      '\\d+(?:\\.\\d+)?k',
      '\\d+p',
    ),
  ],
];

/**
 * The first kind of personal data that `text` seems to hold; `undefined` when there is none. Characters that only look different,
 * such as full-width digits, count as what they look like. `money` is given for any amount: it may be somebody's price.
 */
export function personalDataIn(
  text: string,
  ignored: ReadonlySet<PersonalDataKind> = new Set(),
): PersonalDataKind | undefined {
  const plain = plainForm(text);
  return PATTERNS.find(([kind, pattern]) => !ignored.has(kind) && pattern.test(plain))?.[0];
}

/** `text` with look-alike characters unified, invisible ones gone, and one kind of apostrophe, dash and space. */
export function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[‘’ʼ`´]/gu, "'")
    .replace(/[‐-―−]/gu, '-')
    .replace(/\s+/gu, ' ');
}
