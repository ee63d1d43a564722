/** What the region's own words mean to a person. */
export const SOURCES: Readonly<Record<string, string>> = {
  hot: 'Hot tier (memory)',
  warm: 'Warm tier (Redis)',
  cold: 'Cold tier (bucket)',
  semantic: 'Another wording',
  miss: 'Origin (no hit)',
  bypass: 'Past the cache',
};

/** Objectives by their names in the rules. */
export const OBJECTIVES: Readonly<Record<string, string>> = {
  availability: 'Availability',
  'availability-peak': 'Availability, peak season',
  latency: 'Latency',
  'latency-peak': 'Latency, peak season',
  'latency-wedding-day': 'Latency, wedding day',
  'hit-rate': 'Hit rate',
};

export const SEASONS = { peak: 'peak season', 'pre-season': 'pre-season', 'off-season': 'off-season' } as const;

export const VERDICTS = {
  well: { word: 'All well', sign: '✓' },
  look: { word: 'Look', sign: '◐' },
  act: { word: 'Act', sign: '▲' },
  unknown: { word: 'No figures', sign: '?' },
} as const;

export const KINDS = { answer: 'answer', alias: 'other wording', cold: 'in the cold tier' } as const;

export const OUTCOMES = {
  hit: 'A hit: the answer is stored under this very question.',
  'stale-hit': 'A hit past its time: it is given while the question is asked anew.',
  'hit-by-alias': 'A hit by another wording that was confirmed before.',
  'hit-by-sharing': 'A hit by an answer that vendors share.',
  'hit-by-wording': 'A hit by a wording that asks the same beyond doubt.',
  'judge-decides': 'The judge would be asked whether a stored question asks the same.',
  miss: 'A miss: the origin would be asked.',
  bypass: 'Past the cache: the request has something that the cache does not understand.',
} as const;

/** Why a question is kept to its vendor. Anything that is not here may tell of a person: an address, a number, a date. */
const KEPT_TO_VENDOR: Readonly<Record<string, string>> = {
  context: 'it is asked for a wedding or a place',
  request: 'its request holds more than the question',
  length: 'it is long',
  notation: 'it is not plain prose',
  instruction: 'it tells the model what to say',
  'relative-time': 'it depends on the day',
  reference: 'it refers to something else',
  name: 'it may name somebody',
  person: 'it may be about somebody',
  'first-person': 'it is about whoever asks',
  vendor: 'it is about the vendor',
};

/** Whether vendors share the answer to a question, in words. */
export function describeSharing(shareable: boolean, reason: string | null): string {
  if (shareable) return 'may be, between vendors';
  return `no: ${KEPT_TO_VENDOR[reason ?? ''] ?? 'it may tell of a person'}`;
}

export const CANDIDATES = {
  'below-floor': 'too far away',
  'slot-conflict': 'asks about something else',
  'same-wording': 'asks the same',
  'judged-same': 'judged the same',
  'judged-different': 'judged different',
  undecided: 'not decided',
} as const;
