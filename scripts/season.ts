/** `npm run season`: what the next season will ask of the regions, and the bounds that are recommended for it. */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { addDays } from '@wedsync/domain';
import {
  backtest,
  dateOf,
  dayOf,
  forecast,
  parseSeries,
  queriesOf,
  type Series,
  spanOf,
  toCsv,
  toJson,
} from '@wedsync/season-analytics';
import { runCommand } from './lib/command.ts';
import { describeBacktest } from './lib/season/backtest-report.ts';
import { describeForecast } from './lib/season/forecast-report.ts';
import { historiesOf, pathOf, textOf } from './lib/season/histories.ts';
import { HELP, parseCommand, type SeasonCommand, type SeasonCommandName } from './lib/season/options.ts';
import { planRegions } from './lib/season/plan.ts';
import { describePlan } from './lib/season/plan-report.ts';
import { EXIT } from './lib/usage.ts';

/** Days that a backtest holds back if it is not told otherwise. */
const HELD_BACK_DAYS = 730;

type Run = (command: SeasonCommand, signal: AbortSignal) => Promise<string>;

const COMMANDS: Readonly<Record<SeasonCommandName, Run>> = {
  forecast: async (command, signal) => {
    const forecasts = (await seriesOf(command, signal)).map((series) => forecast(series, command.months));
    return command.json ? asJson(forecasts) : paragraphs(forecasts.map(describeForecast));
  },

  backtest: async (command, signal) => {
    const backtests = (await seriesOf(command, signal)).map((series) => {
      const heldBack = command.holdBack ?? addDays(dateOf(spanOf(series).last), 1 - HELD_BACK_DAYS);
      return backtest(series, dayOf(heldBack), command.seed);
    });
    return command.json ? asJson(backtests) : paragraphs(backtests.map(describeBacktest));
  },

  plan: async (command, signal) => {
    const { plan, patch } = await planRegions(command, await historiesOf(command, signal));
    if (command.patch) return patch;
    return command.json ? asJson({ ...plan, patch }) : `${describePlan(plan)}\n`;
  },

  export: async (command, signal) => {
    const histories = await historiesOf(command, signal);
    const text = command.json ? toJson(histories) : toCsv(histories);
    if (command.out === undefined) return text;
    await writeFile(pathOf(command.out), text);
    const [days = 0] = histories.map((history) => history.days.length);
    return `${days} days are in ${command.out}.\n`;
  },
};

/** The series that a command is about: a file of any, or the queries of the region that it names, or of each. */
async function seriesOf(command: SeasonCommand, signal: AbortSignal): Promise<readonly Series[]> {
  const { series, stack } = command;
  if (series !== undefined) return [parseSeries(await textOf(series), basename(series))];
  const histories = await historiesOf(command, signal);
  return histories.filter(({ region }) => stack === undefined || region === stack).map(queriesOf);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function paragraphs(texts: readonly string[]): string {
  return `${texts.join('\n\n')}\n`;
}

await runCommand(async (signal) => {
  const command = parseCommand(process.argv.slice(2), Date.now());
  process.stdout.write(command.help ? HELP : await COMMANDS[command.name](command, signal));
  return EXIT.ok;
});
