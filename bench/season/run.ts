/**
 * `node bench/season/run.ts [--seed 1] [--requests 1000000] …`: what a season's trace allows, and how an ideal cache plays it.
 * The last line is one JSON object.
 */
import { PARTS } from './cache-under-test.ts';
import { idealCache } from './ideal-cache.ts';
import { parseParameters } from './parameters.ts';
import { runSeason } from './season.ts';

const parameters = parseParameters(process.argv.slice(2));
const parts = PARTS.filter((part) => part !== 'warming');
const result = await runSeason(
  parameters,
  async (off) => idealCache(off, parameters.sharers),
  parts,
  (text) => console.log(text),
);
console.log(JSON.stringify(result));
