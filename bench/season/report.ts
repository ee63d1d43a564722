import type { Report } from '../lib/bench.ts';
import { rounded } from '../lib/rounded.ts';
import { MATCHES, SOURCES } from './cache-under-test.ts';
import type { Scope } from './catalogue/catalogue.ts';
import type { Ceilings } from './ceiling.ts';
import type { Contribution } from './contributions.ts';
import type { Outcome } from './outcome.ts';
import { percent } from '../lib/table.ts';
import { type Parameters, SETTING_NAMES, SETTINGS } from './settings.ts';

const SCOPES: readonly Scope[] = ['general', 'vendor', 'wedding'];
const HOURS_IN_DAY = 24;
/** Requests an hour that a region must carry at least. */
const REGION_FLOOR = 100_000;

const CEILING_NAMES: Readonly<Record<keyof Ceilings, string>> = {
  strict: 'strict ceiling: every answer made again at every asking',
  ideal: 'ceiling: an ideal cache, answers made again when found stale',
  idealAhead: '… and when asked for in the second half of their time',
  idealWithoutStale: '… without stale-while-revalidate',
  idealWithoutMerging: '… without merging of bursts',
  idealSharingAnyWords: '… if general questions were shared in any words',
  idealWithoutSharing: '… without sharing between vendors',
  idealWithoutSemantics: '… knowing words, not meanings',
  idealByText: '… knowing letters only',
  idealByTextAlone: '… knowing letters only, without sharing',
  renewedUnasked: 'if every answer were renewed unasked',
};

/** The settings of a trace, all or those that are not as in another one, and how dense it is. */
export function settingTable(parameters: Parameters, unlike?: Parameters): string {
  const lines = SETTING_NAMES.filter((name) => parameters[name] !== unlike?.[name]).map((name) =>
    row(`--${name} ${parameters[name]}`, SETTINGS[name].says, 30),
  );
  const density = parameters.requests / (parameters.vendors * parameters.days * HOURS_IN_DAY);
  const vendors = Math.round(REGION_FLOOR / density).toLocaleString('en-GB');
  return [
    ...lines,
    `${density.toFixed(1)} requests a vendor and hour: as in a region of ${vendors} vendors that asks ${REGION_FLOOR.toLocaleString('en-GB')} times an hour`,
  ].join('\n');
}

/** What the trace allows. */
export function ceilingTable(
  ceilings: Ceilings,
  names: readonly (keyof Ceilings)[] = Object.keys(CEILING_NAMES) as (keyof Ceilings)[],
): string {
  return names
    .map((name) => {
      const { hitRate, calls } = ceilings[name];
      return row(CEILING_NAMES[name], `${percent(hitRate)}  (${calls.toFixed(3)} calls to the origin a request)`, 64);
    })
    .join('\n');
}

/** How a cache answered. */
export function accountTable({ account, originCalls, judgeCalls, ceilings: { ideal, strict } }: Outcome): string {
  const { requests, hitRate } = account;
  const share = (count: number) => percent(requests === 0 ? 0 : count / requests);
  return [
    row('hit rate', percent(hitRate)),
    row(
      '  of the ceiling',
      `${percent(hitRate / ideal.hitRate)}  (of the strict one ${percent(hitRate / strict.hitRate)})`,
    ),
    ...SOURCES.map((source) => row(`  from ${source}`, share(account.from(source)))),
    ...MATCHES.map((match) => row(`  hits by ${match} match`, share(account.by(match)))),
    row('  answered stale', share(account.stale)),
    row('calls to the origin a request', (originCalls / Math.max(1, requests)).toFixed(3)),
    row('calls to the judge a request', (judgeCalls / Math.max(1, requests)).toFixed(3)),
    row('  wrong', `${account.wrong} of ${requests}`),
    ...SCOPES.map((scope) => {
      const { requests: asked, hits } = account.ofScope(scope);
      return row(`hit rate of ${scope} questions`, percent(asked === 0 ? 0 : hits / asked));
    }),
  ].join('\n');
}

/** What each part gives, and how that was found out. */
export function contributionTable(parameters: Parameters, contributions: readonly Contribution[]): string {
  return [
    `${parameters.requests} requests in ${parameters.days} days`,
    ...contributions.map(({ part, with: whole, without, points, how }) =>
      row(
        `${part} gives ${(100 * points).toFixed(1)} points`,
        `${percent(whole)}, without ${percent(without)}: ${how}`,
        44,
      ),
    ),
  ].join('\n');
}

/**
 * The figures of a season. The hit rate is divided by the ceiling of a cache that makes an answer again only when it is found stale:
 * the strict one, which no cache can pass, takes nearly a call to the origin for every request, and saves nothing.
 */
export function figuresOf({ account, ceilings, originCalls, judgeCalls, parameters }: Outcome): Report['json'] {
  const { requests, hitRate, wrong, stale } = account;
  const share = (count: number) => rounded(requests === 0 ? 0 : count / requests);
  const { ideal, strict } = ceilings;
  return {
    seed: parameters.seed,
    requests,
    hitRate: rounded(hitRate),
    ceiling: rounded(ideal.hitRate),
    strictCeiling: rounded(strict.hitRate),
    shareOfCeiling: rounded(hitRate / ideal.hitRate),
    shareOfStrictCeiling: rounded(hitRate / strict.hitRate),
    wrong,
    ...{ originCalls, judgeCalls },
    tiers: {
      ...Object.fromEntries(SOURCES.map((source) => [source, share(account.from(source))])),
      shared: share(account.by('shared')),
      stale: share(stale),
    },
    matches: Object.fromEntries(MATCHES.map((match) => [match, share(account.by(match))])),
  };
}

function row(name: string, value: string, width = 52): string {
  return `${name.padEnd(width)} ${value}`;
}
