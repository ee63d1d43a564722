import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegionName } from '@wedsync/domain';
import {
  demandOf,
  forecast,
  type History,
  patchOf,
  planSeasons,
  profileOf,
  seriesOf,
  recommend,
  StackFile,
  suppose,
} from '@wedsync/season-analytics';
import { ROOT } from '../root.ts';
import { failure } from './failure.ts';
import { SHARES } from './histories.ts';
import type { SeasonCommand } from './options.ts';
import type { Plan } from './plan-report.ts';
import { unitFigures } from './units.ts';

/** The product's floor, where the history does not know the hit rate. */
const ASSUMED_HIT_RATE = 0.95;

/** A plan, and the patch that it would make of each stack file that it is about. */
export interface Planned {
  readonly plan: Plan;
  readonly patch: string;
}

/**
 * Plans the regions whose histories are given, or the one that the command names.
 *
 * @param folder where the stack files lie
 */
export async function planRegions(
  command: SeasonCommand,
  histories: readonly History[],
  folder = ROOT,
): Promise<Planned> {
  const { stack, whatIf, months } = command;
  if (stack !== undefined && !histories.some(({ region }) => region === stack))
    throw failure(`There is no history of ${stack}, only of ${histories.map(({ region }) => region).join(', ')}.`);
  const units = unitFigures(command);
  const assumed = {
    hitRate: ASSUMED_HIT_RATE,
    peakHourShare: { saturday: busiest(SHARES.saturdayHours), other: busiest(SHARES.otherHours) },
  };
  const demands = histories.map((history) =>
    demandOf(history.region, forecast(seriesOf(history), months), profileOf(history, assumed)),
  );
  const { demands: supposed, unserved, words } = suppose(demands, whatIf);
  const planned = supposed.filter(({ region }) => stack === undefined || region === stack);
  const regions = await Promise.all(
    planned.map(async (demand) => {
      const file = await stackFile(demand.region, folder);
      const figures = file.figures(demand.region);
      const recommendations = whatIf.lost === undefined ? recommend(figures, supposed, units) : [];
      const origin = histories.find(({ region }) => region === demand.region)?.origin.words ?? '';
      const region = {
        region: demand.region,
        hitRate: demand.hitRate,
        history: origin,
        seasons: planSeasons(demand, figures, units),
        recommendations,
      };
      return { region, patch: patchOf(file, recommendations) };
    }),
  );
  return {
    plan: { supposed: words, unserved, regions: regions.map(({ region }) => region), units },
    patch: regions.map(({ patch }) => patch).join(''),
  };
}

async function stackFile(region: RegionName, folder: string): Promise<StackFile> {
  const name = `Pulumi.${region}.yaml`;
  return new StackFile(name, await readFile(join(folder, name), 'utf8'));
}

function busiest(hours: readonly number[]): number {
  return Math.max(...hours) / hours.reduce((sum, share) => sum + share, 0);
}
