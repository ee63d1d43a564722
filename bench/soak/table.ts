import { figure, percent, tableOf } from '../lib/table.ts';
import type { Growth } from './growth.ts';
import type { Between } from './histogram.ts';

/** What a soak has seen. Quantiles are the median, p95 and p99; those of the server in seconds, those of the client in milliseconds. */
export interface Soaked {
  readonly requestsPerSecond: number;
  readonly minutes: number;
  /** What went wrong, and how often. */
  readonly errors: readonly (readonly [string, number])[];
  readonly sources: Readonly<Record<string, number>>;
  readonly server: Readonly<Record<'cached' | 'all', readonly Between[]>>;
  readonly client: Readonly<Record<'cached' | 'all', readonly number[]>>;
  readonly rssStartMiB: number;
  readonly rssEndMiB: number;
  readonly growth: Growth;
  readonly heapGrowth: Growth;
}

/** Kinds of errors that are shown. */
const SHOWN = 5;

/** The soak as a text. */
export function tableOfSoak(soaked: Soaked): string {
  const { server, client, sources, errors } = soaked;
  const between = ({ low, high }: Between) => (high <= 1 ? `≤ ${figure(high * 1000)}` : `> ${figure(low * 1000)}`);
  const answers = Object.values(sources).reduce((sum, some) => sum + some, 0);
  const failed = errors.reduce((sum, [, some]) => sum + some, 0);
  return [
    `${figure(soaked.requestsPerSecond)} requests a second for ${figure(soaked.minutes)} min on one core, ${failed} errors`,
    tableOf(
      ['ms', 'p50', 'p95', 'p99'],
      [
        ['at the server, cached answers', ...server.cached.map(between)],
        ['at the server, all answers', ...server.all.map(between)],
        ['at the client, cached answers', ...client.cached.map(figure)],
        ['at the client, all answers', ...client.all.map(figure)],
      ],
    ),
    `answers: ${Object.entries(sources)
      .map(([source, some]) => `${source} ${percent(some / answers)}`)
      .join(', ')}`,
    [
      `memory: ${figure(soaked.rssStartMiB)} MiB at the start, ${figure(soaked.rssEndMiB)} at the end`,
      `growth in the second half: resident ${grown(soaked.growth)}, heap ${grown(soaked.heapGrowth)}`,
    ].join('\n'),
    ...errors.slice(0, SHOWN).map(([why, some]) => `${some} × ${why}`),
  ].join('\n\n');
}

function grown({ slope, low, high }: Growth): string {
  return Number.isNaN(slope)
    ? 'not known after so short a time'
    : `${signed(slope)} MiB an hour (95 %: ${signed(low)} to ${signed(high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${figure(Math.abs(value))}`;
}
