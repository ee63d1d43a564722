import { answerTo } from './provider/answer.ts';

/** What stands before the questions, as in a vendor's program. */
const INSTRUCTIONS = 'You help a wedding photographer in the United Kingdom. Answer in at most eight sentences.';

export const MODEL = 'wedsync-bench';

const TRADES = ['photographer', 'caterer', 'florist', 'string quartet', 'videographer', 'celebrant', 'baker', 'band'];
const TOWNS = ['Bath', 'Leeds', 'Truro', 'Omagh', 'York', 'Perth', 'Kendal', 'Whitby', 'Ely', 'Rye', 'Oban', 'Hove'];
const MONTHS = ['April', 'May', 'June', 'July', 'August', 'September', 'October'];
const FORMS: readonly ((trade: string, town: string, month: string, guests: number) => string)[] = [
  (trade, town, month, guests) => `What does a ${trade} charge in ${town} for ${guests} guests on a ${month} Saturday?`,
  (trade, town, month, guests) => `How early must we book a ${trade} near ${town} for ${guests} guests in ${month}?`,
  (trade, town, month, guests) =>
    `How long does a ${trade} need to set up for ${guests} guests in ${town} in ${month}?`,
  (trade, town, month, guests) =>
    `What should the contract of a ${trade} say about ${guests} guests coming to ${town} in ${month}?`,
];

/** `count` questions of which no two may have the same answer, each about as long as a vendor's. */
export function distinctQuestions(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const of = <Item>(items: readonly Item[], step: number): Item =>
      items[Math.floor(index / step) % items.length] as Item;
    // The mixed radix of the lists: two indices that agree in all of them differ in the guests.
    const perGuests = FORMS.length * TRADES.length * TOWNS.length * MONTHS.length;
    const steps = [1, FORMS.length, FORMS.length * TRADES.length, FORMS.length * TRADES.length * TOWNS.length] as const;
    const guests = 40 + Math.floor(index / perGuests);
    return of(FORMS, steps[0])(of(TRADES, steps[1]), of(TOWNS, steps[2]), of(MONTHS, steps[3]), guests);
  });
}

/** The body of a chat completion request that asks `question`. */
export function chatBody(question: string, more: Readonly<Record<string, unknown>> = {}): object {
  const messages = [
    { role: 'system', content: INSTRUCTIONS },
    { role: 'user', content: question },
  ];
  return { model: MODEL, messages, ...more };
}

/** The vendor that asks. */
export const VENDOR = { vendorId: 'bench-photography', vendorType: 'photographer' } as const;

/** Days until the wedding that queries are about: so far off that no answer ends while a bench runs. */
const WEDDING_IN = 200;
const DAY = 24 * 3600 * 1000;

/** The body of a query that asks `question`. */
export function queryBody(question: string): object {
  const weddingDate = new Date(Date.now() + WEDDING_IN * DAY).toISOString().slice(0, 10);
  return { ...VENDOR, weddingId: 'bench-wedding', weddingDate, question };
}

/** Whether a chat completion has the provider's answer to `question`. */
export function answersChat(body: Buffer, question: string): boolean {
  const completion = JSON.parse(body.toString('utf8')) as {
    readonly choices?: readonly { readonly message?: { readonly content?: string } }[];
  };
  return completion.choices?.[0]?.message?.content === answerTo(question);
}

/** Whether the answer to a query is the provider's to `question`. */
export function answersQuery(body: Buffer, question: string): boolean {
  return (JSON.parse(body.toString('utf8')) as { readonly answer?: string }).answer === answerTo(question);
}
