/** A month with everything that a report can show: a fault on a Saturday, maintenance that was agreed on, and an hour without Prometheus. */
import { LATENCY_SHARE, type ObjectiveName, parseInstant } from '@wedsync/domain';
import type { Shape } from './month.ts';

/** Whether an instant lies between two times on London's clocks, which are read once. */
function between(from: string, until: string): (instant: number) => boolean {
  const [begin = NaN, end = NaN] = [from, until].map((text) => parseInstant(text, 'Europe/London'));
  return (instant) => begin <= instant && instant < end;
}

const BAD_SHARES: Readonly<Record<ObjectiveName, number>> = {
  availability: 0.0001,
  'availability-peak': 0.00008,
  latency: (1 - LATENCY_SHARE) * 0.3,
  'latency-peak': (1 - LATENCY_SHARE) * 0.4,
  'latency-wedding-day': (1 - LATENCY_SHARE) * 0.6,
  'hit-rate': 0.03,
};

const silence = between('2026-10-07T03:00', '2026-10-07T04:00');
const maintenance = between('2026-10-13T02:00', '2026-10-13T02:30');
const warmUp = between('2026-10-13T02:00', '2026-10-13T03:10');
const failing = between('2026-10-17T19:20', '2026-10-17T19:45');
const slow = between('2026-10-17T19:15', '2026-10-17T20:10');
const saturdays = ['03', '10', '17', '24', '31'].map((day) =>
  between(`2026-10-${day}T00:00`, `2026-10-${day}T23:59:59`),
);

/** October 2026 in London: 8,300 requests in five minutes, three times as many on Saturdays. */
export const demonstration: Shape = (name, begins) => {
  if (silence(begins)) return undefined;
  const requests = saturdays.some((on) => on(begins)) ? 24_900 : 8300;
  return { requests, bad: requests * badShare(name, begins) };
};

function badShare(name: ObjectiveName, begins: number): number {
  if (name === 'availability-peak' && failing(begins)) return 0.04;
  if (name === 'latency-wedding-day' && slow(begins)) return 0.55;
  if (name === 'availability-peak' && maintenance(begins)) return 0.2;
  if (name === 'hit-rate' && warmUp(begins)) return 0.6;
  return BAD_SHARES[name];
}

/** What was agreed on, as the file of exclusions says it. */
export const AGREED = JSON.stringify([
  {
    from: '2026-10-13T02:00:00+01:00',
    until: '2026-10-13T03:00:00+01:00',
    reason: 'The provider of the models moved its endpoint; announced two weeks before',
    approvedBy: 'Head of operations',
  },
]);
