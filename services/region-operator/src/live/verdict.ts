import type { RegionFigures, Snapshot } from '../wire.ts';

type Verdict = Snapshot['verdict'];

/** What one word says about the region, and why. "Well" is said only when somebody would have noticed that it is not. */
export function verdictOn(figures: RegionFigures | null, away: Snapshot['away']): Verdict {
  if (figures === null || away !== null)
    return { state: 'unknown', reasons: [away?.reason ?? 'Nothing has been heard yet.'] };
  const { alerts, engines, watched } = figures;
  const urgent = alerts.filter(({ urgency }) => urgency === 'act').map(({ summary }) => summary);
  if (engines.running === 0) urgent.push('No cache engine is seen.');
  if (urgent.length > 0) return { state: 'act', reasons: urgent };
  const other = alerts.map(({ summary }) => summary);
  if (!watched) other.push('Nobody works out the alert rules: that none fires proves nothing.');
  return other.length > 0 ? { state: 'look', reasons: other } : { state: 'well', reasons: [] };
}
