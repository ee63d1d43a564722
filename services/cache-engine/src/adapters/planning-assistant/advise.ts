import { daysBetween, type CalendarDate } from '@wedsync/domain';
import type { QuestionContext } from '../../engine/question.ts';
import { GENERAL, TOPICS, VENDOR_NOTES, type Topic } from './advice.ts';

/** How the assistant introduces itself in each answer. */
export const INTRODUCTION = 'This is the built-in planning assistant (rule-based, not an AI model).';

/** Longest part of a question that is repeated in its answer, in characters. */
const ECHO_LIMIT = 200;

/** A checklist for `text`, by its subject, the vendor's trade and how near the wedding is on the date `today`. */
export function advise(
  text: string,
  { vendorType, weddingDate, location }: QuestionContext,
  today: CalendarDate,
): string {
  const topic = topicOf(text);
  return [
    INTRODUCTION,
    `You asked: “${excerpt(text)}”`,
    `A checklist on ${topic.name}${location === undefined ? '' : ` in ${location}`}:`,
    topic.checklist.map((item, index) => `${index + 1}. ${item}`).join('\n'),
    `For your trade (${vendorType}): ${VENDOR_NOTES[vendorType]}`,
    ...(weddingDate === undefined ? [] : [nearnessNote(daysBetween(today, weddingDate))]),
  ].join('\n\n');
}

/** The subject of a question. */
export function topicOf(text: string): Topic {
  return TOPICS.find(({ about }) => about.test(text)) ?? GENERAL;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= ECHO_LIMIT ? line : `${line.slice(0, ECHO_LIMIT)}…`;
}

function nearnessNote(days: number): string {
  if (days < 0) return 'The wedding is over: settle what is open, return what was borrowed, and ask for a review.';
  if (days === 0) return 'The wedding is today: change nothing that works, and let one person decide.';
  if (days === 1) return 'The wedding is tomorrow: confirm times and telephone numbers, then leave the plan alone.';
  if (days <= 7) return `${days} days to go: confirm every arrival time now, and plan no further changes.`;
  if (days <= 42) return `${days} days to go: final numbers, final times and the balances are due.`;
  return `${days} days to go: there is time to compare; book first what there is only one of.`;
}
