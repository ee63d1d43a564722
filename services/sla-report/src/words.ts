/** How a person reads figures. */
import type { ObjectiveReport, Report } from './schema.ts';
import { describePeriod } from './period.ts';

/** Fractions of a per cent that a target may have: 99.98 %, and one digit more to tell a share from it. */
const SHARE_DIGITS = 3;

/** `99.974 %`; never rounded up to a target that was missed. */
export function percent(share: number | null, digits = SHARE_DIGITS): string {
  if (share === null) return '–';
  const scale = 10 ** digits;
  // What is a hair below a whole step by the machine's arithmetic is that step.
  return `${(Math.floor(share * 100 * scale + 1e-6) / scale).toFixed(digits)} %`;
}

/** A target as it was set: `99.95 %`. */
export function target(share: number): string {
  return `${Number((share * 100).toFixed(6))} %`;
}

/** `1,234,567`. */
export function whole(count: number): string {
  return Math.round(count).toLocaleString('en-GB');
}

/** `3 d 4 h`, `2 h 5 min`, `25 min`. */
export function duration(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  return shown.length === 0 ? '0 min' : shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** The report in one sentence, by the figures with exclusions. */
export function verdictSentence({ region, period, objectives }: Omit<Report, 'verdict'>): string {
  const promised = objectives.filter(({ withExclusions }) => withExclusions.verdict !== 'not-promised');
  const having = (verdict: string) => promised.filter(({ withExclusions }) => withExclusions.verdict === verdict);
  const when = `${period.complete ? '' : 'so far '}in ${describePeriod(period)}`.replace('in Saturday', 'on Saturday');
  const broken = having('broken');
  const unproven = having('unproven');
  const kept = `${region} kept ${having('kept').length} of ${promised.length} promises ${when}`;
  const rest = [
    ...(broken.length > 0 ? [`broke ${list(broken.map(shareOf))}`] : []),
    ...(unproven.length > 0 ? [`cannot prove ${list(unproven.map(({ name }) => name))}, as data is missing`] : []),
  ];
  const excused = promised
    .filter(({ withExclusions, withoutExclusions }) => withExclusions.verdict !== withoutExclusions.verdict)
    .map(({ name, withoutExclusions: { verdict } }) => `${name} would be ${verdict}`);
  const otherwise = excused.length > 0 ? `; without the exclusions ${list(excused)}` : '';
  return `${[kept, ...rest].join(', and ')}${otherwise}.`;
}

function shareOf({ name, target: wanted, withExclusions }: ObjectiveReport): string {
  return `${name} (${percent(withExclusions.share)} instead of ${target(wanted)})`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
