import type { ObjectiveReport } from '../../schema.ts';
import { percent } from '../../words.ts';
import { BODY, COLOURS, type Sheet } from './sheet.ts';

const HEIGHT = 9;
const ROW = 17;
const NAME_SHARE = 0.24;
const WORDS_SHARE = 0.26;

/** A bar for each objective: its whole length is what may go wrong, the filled part what did. */
export function budgetBars(sheet: Sheet, objectives: readonly ObjectiveReport[]): void {
  const name = sheet.width * NAME_SHARE;
  const words = sheet.width * WORDS_SHARE;
  const length = sheet.width - name - words - 8;
  for (const { name: objective, measuredMinutes, withExclusions } of objectives) {
    const { budgetSpent, budgetLeft, verdict } = withExclusions;
    sheet.reserve(ROW);
    const x = sheet.left + name;
    sheet.put(objective, BODY, sheet.left, sheet.y, name);
    sheet.fill(x, sheet.y, length, HEIGHT, COLOURS.rule);
    if (budgetSpent > 0) sheet.fill(x, sheet.y, length * Math.min(1, budgetSpent), HEIGHT, COLOURS[verdict]);
    sheet.put(leftOver(measuredMinutes, budgetLeft, budgetSpent), BODY, x + length + 8, sheet.y, words);
    sheet.y += ROW;
  }
}

function leftOver(measuredMinutes: number, budgetLeft: number, budgetSpent: number): string {
  if (measuredMinutes === 0) return 'not measured';
  return budgetLeft >= 0 ? `${percent(budgetLeft, 1)} left` : `overspent: ${budgetSpent.toFixed(1)} times the budget`;
}
