import { hash } from 'node:crypto';

/** Sentences of which an answer is made, so that it is about as long as a model's. */
const ADVICE = [
  'Agree the figure in writing, say what it includes, and name the date by which it has to be settled.',
  'Ask the venue first: its licence, its closing time and its list of suppliers decide more than taste does.',
  'Leave a quarter of an hour between one part of the day and the next, and half an hour where guests change rooms.',
  'Send the couple one page with times, names and telephone numbers in the week before, and ask them to confirm it.',
  'Keep a small reserve, a tenth at most, and tell the couple that it is there and what it is for.',
  'Where the weather decides, settle the plan for rain on the day before and not in the morning.',
  'Count from the top table outwards, and check the number against the caterer’s list, not against the invitations.',
  'Write down who carries what, from where and until when; nobody remembers it on the day.',
] as const;

/** Sentences in an answer. */
const LENGTH = 8;

/** The one answer of the bench's provider to a question. It names the question, so that another one's answer shows. */
export function answerTo(question: string): string {
  const digest = hash('sha256', question, 'buffer');
  const advice = Array.from({ length: LENGTH }, (_, at) => ADVICE[(digest[at] as number) % ADVICE.length]);
  return [`On “${question}” (${digest.toString('hex', 0, 8)}):`, ...advice].join(' ');
}
