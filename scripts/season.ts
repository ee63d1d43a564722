/** `npm run season`: what the next season will ask of the regions, and the bounds that are recommended for it. */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  backtest,
  dayOf,
  forecast,
  LEAST_DAYS,
  parseSeries,
  seriesOf,
  type Series,
  spanOf,
  toCsv,
  toJson,
} from '@wedsync/season-analytics';
import { runCommand } from './lib/command.ts';
import { describeBacktest } from './lib/season/backtest-report.ts';
import { describeForecast } from './lib/season/forecast-report.ts';
import { pathOf } from './lib/path-of.ts';
import { historiesOf, textOf } from './lib/season/histories.ts';
import { HELP, parseCommand, type SeasonCommand, type SeasonCommandName } from './lib/season/options.ts';
import { planRegions } from './lib/season/plan.ts';
import { describePlan } from './lib/season/plan-report.ts';
import { EXIT } from './lib/usage.ts';

/** Days that a backtest holds back if it is not told otherwise: the most, or what a shorter history can spare. */
const HELD_BACK_DAYS = { most: 730, least: 29 };

type Run = (command: SeasonCommand, signal: AbortSignal) => Promise<string>;

const COMMANDS: Readonly<Record<SeasonCommandName, Run>> = {
  forecast: async (command, signal) => {
    const forecasts = (await wanted(command, signal)).map((series) => forecast(series, command.months));
    return command.json ? asJson(forecasts) : paragraphs(forecasts.map(describeForecast));
  },

  backtest: async (command, signal) => {
    const backtests = (await wanted(command, signal)).map((series) => {
      const firstHeldBack = command.holdBack === undefined ? lastDays(series) : dayOf(command.holdBack);
      return backtest(series, firstHeldBack, command.seed);
    });
    return command.json ? asJson(backtests) : paragraphs(backtests.map(describeBacktest));
  },

  plan: async (command, signal) => {
    const { plan, patch } = await planRegions(command, await historiesOf(command, signal));
    if (command.patch) {
      if (patch === '') process.stderr.write('The stack files have the recommended bounds already.\n');
      return patch;
    }
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

/** The series that a command is about: a file of any, or a figure of the region that it names, or of each. */
async function wanted(command: SeasonCommand, signal: AbortSignal): Promise<readonly Series[]> {
  const { series, stack } = command;
  if (series !== undefined) return [parseSeries(await textOf(series), basename(series))];
  const histories = await historiesOf(command, signal);
  return histories
    .filter(({ region }) => stack === undefined || region === stack)
    .map((history) => seriesOf(history, command.figure));
}

function lastDays(series: Series): number {
  const { first, last } = spanOf(series);
  const { most, least } = HELD_BACK_DAYS;
  return last + 1 - Math.max(least, Math.min(most, last - first + 1 - LEAST_DAYS));
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function paragraphs(texts: readonly string[]): string {
  return `${texts.join('\n\n')}\n`;
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
await runCommand(async (signal) => {
  const command = parseCommand(process.argv.slice(2), Date.now());
  process.stdout.write(command.help ? HELP : await COMMANDS[command.name](command, signal));
  return EXIT.ok;
});
