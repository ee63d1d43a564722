import { readFile } from 'node:fs/promises';
import { METRICS } from '@wedsync/cache-engine/contract';
import {
  addDays,
  REGION_NAMES,
  regionCapacity,
  regionIdentity,
  type RegionName,
  startOfDate,
  WEDDINGS_A_YEAR,
} from '@wedsync/domain';
import {
  generatedHistory,
  type History,
  historyFromPrometheus,
  mergeHistories,
  parseHistories,
} from '@wedsync/season-analytics';
import { MONTH_SHARES, SATURDAY_HOURS, WEEKDAY_HOURS, WEEKDAY_SHARES } from '../../../bench/season/shares.ts';
import { pathOf } from '../path-of.ts';
import { failure } from './failure.ts';
import type { SeasonCommand } from './options.ts';
import { type PrometheusAddress, prometheusClient } from '../prometheus.ts';
import { rangeQueries } from './range-queries.ts';

/** Years that are asked for, and made up. */
const YEARS = { prometheus: 3, generated: 6 };
const DAYS_A_YEAR = 365;
/** The floor of the product's load in its primary region; the others have it in proportion to the engines that they may have. */
const QUERIES_AN_HOUR = 100_000;
/** Of what is generated; assumptions. */
const GROWTH = 0.1;
const HIT_RATE = 0.95;

/** The shares by which a history is generated, and by which a day's busiest hour is known where the history does not know it. */
export const SHARES = {
  months: MONTH_SHARES,
  otherDays: WEEKDAY_SHARES,
  saturdayHours: SATURDAY_HOURS,
  otherHours: WEEKDAY_HOURS,
};

/** The histories that a command asks for, one a region. Rejects with a sentence where a file or a server does not give them. */
export async function historiesOf(command: SeasonCommand, signal: AbortSignal): Promise<readonly History[]> {
  const { prometheus, generated, stack } = command;
  if (generated) return REGION_NAMES.map((region) => made(region, command));
  if (prometheus !== undefined && stack !== undefined) return [await measured(stack, prometheus, command, signal)];
  const read = await Promise.all(command.histories.map(readHistories));
  return mergeHistories(read.flat());
}

/** The text of a file that a person named, from the folder in which the command was called. */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(pathOf(file), 'utf8');
  } catch (error) {
    throw failure(`${file} cannot be read: ${(error as Error).message}`);
  }
}

async function readHistories(file: string): Promise<readonly History[]> {
  return parseHistories(await textOf(file), file);
}

async function measured(
  region: RegionName,
  prometheus: PrometheusAddress,
  { from, until }: SeasonCommand,
  signal: AbortSignal,
): Promise<History> {
  const { zone } = regionIdentity(region);
  const first = from ?? addDays(until, -YEARS.prometheus * DAYS_A_YEAR);
  const range = { from: startOfDate(zone, first), to: startOfDate(zone, addDays(until, 1)) };
  return historyFromPrometheus(
    rangeQueries(prometheusClient(prometheus, signal)),
    { answers: METRICS.answers },
    { region, ...range },
  );
}

function made(region: RegionName, { until, seed, saturdayShare }: SeasonCommand): History {
  const most = (name: RegionName) => regionCapacity(name).engineReplicas.maximum;
  const share = most(region) / most('uk-south');
  return generatedHistory({
    ...{ region, last: until, first: addDays(until, 1 - YEARS.generated * DAYS_A_YEAR), shares: SHARES },
    ...{ growth: GROWTH, hitRate: HIT_RATE, queriesAnHour: QUERIES_AN_HOUR * share },
    ...(saturdayShare !== undefined && { saturdayShare }),
    weddingsAYear: Math.round(WEDDINGS_A_YEAR * share),
    // Regions do not have their good and bad weeks together.
    seed: seed + REGION_NAMES.indexOf(region),
  });
}
