/**
 * What the hot tier's eviction is worth, beside its peers, on look-ups by Zipf's law and on those of a season:
 *
 *   node bench/eviction.ts [SEED]
 *
 * Prints the hit rate of each store at several sizes, in bytes as a share of all that is asked for, beside what who knows the future
 * would hit (Belady) and who holds the most popular values all the time (static); then what the hot tier hits above a tier that holds
 * everything, when all that is read from there enters it and when it chooses; then the time of a hit and of a set that evicts, each
 * the median of rounds in which all take turns. The last line is one JSON object with all figures. Takes about a minute.
 */
import { SieveStore } from '../services/cache-engine/src/engine/hot/sieve-store.ts';
import { roundsTrace, seasonKeyTrace, zipfTrace } from './eviction/key-trace.ts';
import { LruStore } from './eviction/lru-store.ts';
import { bytesOf, type Cost, costOf, hitRate, type MakeStore } from './eviction/measure.ts';
import { beladyHitRate, staticHitRate } from './eviction/optimum.ts';
import { tierRates } from './eviction/tiers.ts';
import { TinyLfuStore } from './eviction/tiny-lfu-store.ts';
import { spreadOf } from './lib/statistics.ts';
import { percent, tableOf } from './lib/table.ts';
import { defaultParameters } from './season/settings.ts';

const STORES: Readonly<Record<string, MakeStore>> = {
  SIEVE: (options) => new SieveStore(options),
  'plain SIEVE': ({ capacity }) => new SieveStore({ capacity }),
  'W-TinyLFU': (options) => new TinyLfuStore(options),
  'lru-cache': (options) => new LruStore(options),
};
const SIZES = [0.01, 0.05, 0.1, 0.25] as const;
const LOOKUPS = 500_000;
const OBJECTS = 50_000;
const ROUNDS = 7;

const seed = Number(process.argv[2] ?? 1);
if (!Number.isSafeInteger(seed)) throw new RangeError(`The seed is a whole number, not "${process.argv[2]}".`);
const zipf = zipfTrace(OBJECTS, 0.9, LOOKUPS, seed);
const traces = [
  zipfTrace(OBJECTS, 0.7, LOOKUPS, seed),
  zipf,
  zipfTrace(OBJECTS, 1.1, LOOKUPS, seed),
  seasonKeyTrace({ ...defaultParameters(), seed, requests: LOOKUPS, vendors: 150, weddings: 500 }),
];

console.log(`seed ${seed}\nhit rate by capacity`);
const columns = [...Object.keys(STORES), 'Belady', 'static'];
const rates = traces.flatMap((trace) =>
  SIZES.map((size) => {
    const capacity = Math.floor(bytesOf(trace) * size);
    const stores = Object.values(STORES).map((make) => hitRate(make, trace, capacity));
    const all = [...stores, beladyHitRate(trace, capacity), staticHitRate(trace, capacity)];
    const hitRates = Object.fromEntries(columns.map((name, index) => [name, all[index] ?? NaN]));
    return { trace: trace.name, size, hitRates };
  }),
);
const rateRows = rates.map(({ trace, size, hitRates }) => [
  trace,
  percent(size),
  ...Object.values(hitRates).map(percent),
]);
console.log(tableOf(['trace', 'size', ...columns], rateRows));

console.log('\nhit rate of the hot tier above the others, and the share of what was read from there that entered it');
const tiers = [...traces, roundsTrace(OBJECTS / 10, LOOKUPS, seed)].flatMap((trace) =>
  SIZES.map((size) => {
    const capacity = Math.floor(bytesOf(trace) * size);
    const all = tierRates(trace, capacity, 'set');
    const chosen = tierRates(trace, capacity, 'offer');
    return { trace: trace.name, size, all, chosen };
  }),
);
const tierRows = tiers.map(({ trace, size, all, chosen }) => [
  ...[trace, percent(size)],
  ...[all.hits, chosen.hits, chosen.entered].map(percent),
]);
console.log(tableOf(['trace', 'size', 'all enters', 'chosen', 'entered'], tierRows));

console.log('\nnanoseconds of a get that hits, and of a set that evicts');
const rounds = Array.from({ length: ROUNDS }, () => Object.values(STORES).map((make) => costOf(make, zipf)));
const costs = Object.keys(STORES).map((name, index) => {
  const median = (operation: keyof Cost) => spreadOf(rounds.map((round) => round[index]?.[operation] ?? NaN)).median;
  return { name, get: median('get'), set: median('set') };
});
const costRows = costs.map(({ name, get, set }) => [name, get.toFixed(0), set.toFixed(0)]);
console.log(tableOf(['store', 'get', 'set'], costRows));
console.log(JSON.stringify({ seed, rates, tiers, costs }));
