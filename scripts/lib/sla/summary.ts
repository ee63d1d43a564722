import { duration, percent, type Report, target } from '@wedsync/sla-report';

/** The outcome for a person's terminal. */
export function describeReport({ verdict, objectives, totals, measurement }: Report): string {
  const promised = objectives.filter(({ withExclusions }) => withExclusions.verdict !== 'not-promised');
  const width = Math.max(0, ...promised.map(({ name }) => name.length));
  const lines = promised.map(
    ({ name, target: wanted, measuredMinutes, withExclusions: { share, budgetLeft, verdict: word } }) =>
      [
        `  ${name.padEnd(width)}`,
        percent(share).padStart(9),
        `of ${target(wanted)}`.padEnd(11),
        (measuredMinutes === 0 ? 'not measured' : `${percent(budgetLeft, 1)} of the budget left`).padEnd(30),
        word,
      ].join('  '),
  );
  return [
    verdict,
    ...lines,
    `Incidents: ${totals.incidents} (${duration(totals.incidentMinutes)}); without data: ${duration(totals.unknownMinutes)}.`,
    ...measurement.notes,
    '',
  ].join('\n');
}
