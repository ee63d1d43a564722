import type { Account } from './accounting.ts';
import { MATCHES, type Part, SOURCES } from './cache-under-test.ts';
import type { Scope } from './catalogue/catalogue.ts';
import type { Ceilings } from './ceiling.ts';
import { percent } from '../lib/table.ts';
import { type Parameters, SETTING_NAMES, SETTINGS } from './settings.ts';

const SCOPES: readonly Scope[] = ['general', 'vendor', 'wedding'];
const HOURS_IN_DAY = 24;
/** Requests an hour that a region must carry at least. */
const REGION_FLOOR = 100_000;

const CEILING_NAMES: Readonly<Record<keyof Ceilings, string>> = {
  ceiling: 'ceiling of every cache that waits to be asked',
  ideal: 'ideal cache, answers made again when found stale',
  idealAhead: '… and when asked for in the second half of their time',
  idealWithoutStale: '… without stale-while-revalidate',
  idealWithoutMerging: '… without merging of bursts',
  idealWithoutSharing: '… without sharing between vendors',
  idealWithoutSemantics: '… knowing words, not meanings',
  idealByText: '… knowing letters only',
  idealByTextAlone: '… knowing letters only, without sharing',
  renewedUnasked: 'if every answer were renewed unasked',
};

/** The settings of a trace, and how dense it is. */
export function settingTable(parameters: Parameters): string {
  const lines = SETTING_NAMES.map((name) => row(`--${name} ${parameters[name]}`, SETTINGS[name].says, 30));
  const density = parameters.requests / (parameters.vendors * parameters.days * HOURS_IN_DAY);
  const vendors = Math.round(REGION_FLOOR / density).toLocaleString('en-GB');
  return [
    ...lines,
    `${density.toFixed(1)} requests a vendor and hour: as in a region of ${vendors} vendors that asks ${REGION_FLOOR.toLocaleString('en-GB')} times an hour`,
  ].join('\n');
}

/** What the trace allows. */
export function ceilingTable(ceilings: Ceilings): string {
  const names = Object.keys(CEILING_NAMES) as (keyof Ceilings)[];
  return names
    .map((name) => {
      const { hitRate, calls } = ceilings[name];
      return row(CEILING_NAMES[name], `${percent(hitRate)}  (${calls.toFixed(3)} calls to the origin a request)`, 60);
    })
    .join('\n');
}

/** How a cache answered. */
export function accountTable(account: Account, calls: number): string {
  const { requests } = account;
  const share = (count: number) => percent(requests === 0 ? 0 : count / requests);
  return [
    row('hit rate', percent(account.hitRate)),
    ...SOURCES.map((source) => row(`  from ${source}`, share(account.from(source)))),
    ...MATCHES.map((match) => row(`  hits by ${match} match`, share(account.by(match)))),
    row('  answered stale', share(account.stale)),
    row('calls to the origin a request', (calls / Math.max(1, requests)).toFixed(3)),
    row('  wrong', `${account.wrong} of ${requests}`),
    ...SCOPES.map((scope) => {
      const { requests: asked, hits } = account.ofScope(scope);
      return row(`hit rate of ${scope} questions`, percent(asked === 0 ? 0 : hits / asked));
    }),
  ].join('\n');
}

/** What each part gives: hit rates without it, and the points that it adds. */
export function partTable(whole: number, without: ReadonlyMap<Part, number>): string {
  return [...without]
    .map(([part, rate]) =>
      row(`without ${part}`, `${percent(rate)}  (it gives ${(100 * (whole - rate)).toFixed(2)} points)`),
    )
    .join('\n');
}

function row(name: string, value: string, width = 52): string {
  return `${name.padEnd(width)} ${value}`;
}
