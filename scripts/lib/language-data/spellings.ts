/** American ending, British ending: whole classes of words that are spelt two ways and mean one thing. */
const ENDINGS: readonly (readonly [american: RegExp, british: string])[] = [
  [/iz(e|ed|es|er|ers|ing|ings|able|ation|ations|ational)$/, 'is$1'],
  [/yz(e|ed|es|er|ers|ing)$/, 'ys$1'],
  [/or(s|ed|ing|ful|able|ite|ites|less|y|ist|ists|ers?|hood|hoods|ly)?$/, 'our$1'],
  [/ter(s|ed)?$/, 'tre$1'],
  [/([bhc])er(s|ed)?$/, '$1re$2'],
  [/([aeiou])l(ed|ing|er|ers|or|ors|ish|ous|est|ist|ists|ery|able|ation)$/, '$1ll$2'],
  [/ense(s|less)?$/, 'ence$1'],
  [/alog(s)?$/, 'alogue$1'],
  [/^(.*[^aeo])e(.+)$/, '$1ae$2'],
  [/^(.*[^aeo])e(.+)$/, '$1oe$2'],
];

/** Shorter words meet another word too easily: "hed", "por". */
const SHORTEST = 5;

/** What the endings would take for a spelling although it is a word or a slip of its own. */
const NOT_A_SPELLING: ReadonlySet<string> = new Set([
  'prized',
  'muling',
  'pense',
  'burse',
  'graveling',
  'dolor',
  'controling',
]);

/** Pairs that no ending covers. Only what is a mere spelling: never two words of which one has a sense of its own. */
const SINGLE: Readonly<Record<string, string>> = {
  acknowledgment: 'acknowledgement',
  acknowledgments: 'acknowledgements',
  adviser: 'advisor',
  advisers: 'advisors',
  afterwards: 'afterward',
  aging: 'ageing',
  airplane: 'aeroplane',
  airplanes: 'aeroplanes',
  aluminum: 'aluminium',
  amidst: 'amid',
  amongst: 'among',
  artifact: 'artefact',
  artifacts: 'artefacts',
  barbeque: 'barbecue',
  barbeques: 'barbecues',
  burnt: 'burned',
  chupah: 'chuppah',
  chuppa: 'chuppah',
  color: 'colour',
  cozy: 'cosy',
  donut: 'doughnut',
  donuts: 'doughnuts',
  dreamt: 'dreamed',
  enquire: 'inquire',
  enquired: 'inquired',
  enquires: 'inquires',
  enquiries: 'inquiries',
  enquiring: 'inquiring',
  enquiry: 'inquiry',
  enroll: 'enrol',
  enrollment: 'enrolment',
  focussed: 'focused',
  focussing: 'focusing',
  fulfill: 'fulfil',
  fulfillment: 'fulfilment',
  gray: 'grey',
  grays: 'greys',
  hummus: 'houmous',
  huppah: 'chuppah',
  installment: 'instalment',
  installments: 'instalments',
  jewelry: 'jewellery',
  judgment: 'judgement',
  judgments: 'judgements',
  leant: 'leaned',
  leapt: 'leaped',
  learnt: 'learned',
  license: 'licence',
  licenses: 'licences',
  likable: 'likeable',
  lovable: 'loveable',
  math: 'maths',
  mehendi: 'mehndi',
  meter: 'metre',
  meters: 'metres',
  mold: 'mould',
  molds: 'moulds',
  moldy: 'mouldy',
  mom: 'mum',
  moms: 'mums',
  mustache: 'moustache',
  mustaches: 'moustaches',
  okay: 'ok',
  omelet: 'omelette',
  omelets: 'omelettes',
  pajama: 'pyjama',
  pajamas: 'pyjamas',
  practise: 'practice',
  program: 'programme',
  programs: 'programmes',
  skeptical: 'sceptical',
  skillful: 'skilful',
  spelt: 'spelled',
  spoilt: 'spoiled',
  sulfite: 'sulphite',
  sulfites: 'sulphites',
  towards: 'toward',
  upwards: 'upward',
  whilst: 'while',
  willful: 'wilful',
  yoghurt: 'yogurt',
  yoghurts: 'yogurts',
};

/** The other spelling of every word in `words` that only American English has, and the single pairs. */
export function britishSpellings(
  words: readonly string[],
  british: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = { ...SINGLE };
  for (const word of words) {
    if (word.length < SHORTEST || british.has(word) || NOT_A_SPELLING.has(word) || word in pairs) continue;
    for (const [american, ending] of ENDINGS) {
      const candidate = word.replace(american, ending);
      if (candidate === word || !british.has(candidate)) continue;
      pairs[word] = SINGLE[candidate] ?? candidate;
      break;
    }
  }
  return Object.fromEntries(Object.entries(pairs).sort(([one], [other]) => (one < other ? -1 : 1)));
}
