import { WorkerEmbedder } from '../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import type { Context, Report } from '../lib/bench.ts';
import { contributionsOf } from './contributions.ts';
import { EngineCache } from './engine-cache.ts';
import type { MakeCache } from './cache-under-test.ts';
import { playAndMeasure } from './outcome.ts';
import { RememberingEmbedder } from './remembering-embedder.ts';
import { accountTable, ceilingTable, contributionTable, figuresOf, settingTable } from './report.ts';
import { frequentParameters, type Parameters, partOf } from './settings.ts';
import { SeasonTrace } from './trace.ts';

/** Texts that may wait for the model; more than a burst ever has. */
const QUEUE_LIMIT = 10_000;

/**
 * The hit rate of the engine over a generated season, beside what the trace allows, and what each part of the engine gives of it:
 * the real engine in this process with its adapters in memory, in virtual time, with a judge that knows the truth.
 */
export async function run(parameters: Parameters, context: Context): Promise<Report> {
  const worker = new WorkerEmbedder({ queueLimit: QUEUE_LIMIT });
  await worker.start();
  const embedder = new RememberingEmbedder(worker);
  try {
    const makeCache: MakeCache = (trace, setup) =>
      EngineCache.open({ parameters: trace.parameters, catalogue: trace.catalogue, embedder }, setup);
    return await playSeasons(parameters, makeCache, context);
  } finally {
    await embedder.close();
  }
}

/**
 * Plays a season to a cache; a part of it without each part of the cache; and one of frequent questions. How it did beside what the
 * traces allow. Rejects with the signal's reason.
 */
export async function playSeasons(parameters: Parameters, makeCache: MakeCache, context: Context): Promise<Report> {
  const trace = new SeasonTrace(parameters);
  const season = await playAndMeasure(trace, makeCache, 'the season', context);
  const part = parameters.parts > 0 ? partOf(parameters, parameters.parts) : undefined;
  const contributions = part && (await contributionsOf(part, makeCache, context));
  const frequent =
    parameters.frequent === 1
      ? await playAndMeasure(
          new SeasonTrace(frequentParameters(parameters)),
          makeCache,
          'a season of frequent questions',
          context,
        )
      : undefined;
  const { catalogue } = trace;
  const tables = [
    `A season of ${catalogue.intents} questions in ${catalogue.texts} texts\n${settingTable(parameters)}`,
    `What the trace allows\n${ceilingTable(season.ceilings)}`,
    `What the cache did\n${accountTable(season)}`,
    ...(part && contributions ? [`What each part gives\n${contributionTable(part, contributions)}`] : []),
    ...(frequent
      ? [
          'A season of frequent questions: what a ceiling above 95 % takes; no such vendors are known\n' +
            `${settingTable(frequent.parameters, parameters)}\n${ceilingTable(frequent.ceilings, ['ideal', 'strict'])}\n${accountTable(frequent)}`,
        ]
      : []),
  ];
  return {
    table: tables.join('\n\n'),
    json: {
      bench: 'season',
      ...figuresOf(season),
      ...(contributions && {
        gives: Object.fromEntries(contributions.map(({ part: name, points }) => [name, points])),
      }),
      ...(frequent && { frequent: figuresOf(frequent) }),
      settings: parameters,
    },
  };
}
