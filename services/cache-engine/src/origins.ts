import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { regionIdentity, type Clock } from '@wedsync/domain';
import { BudgetedJudge } from './adapters/openai/budgeted-judge.ts';
import { OpenAiJudge } from './adapters/openai/openai-judge.ts';
import { parseRoutes } from './adapters/origin-router/parse-routes.ts';
import { routedOrigin } from './adapters/origin-router/routed-origin.ts';
import { DEFAULT_LIMITS, InvalidRoutes, type Routes } from './adapters/origin-router/routes.ts';
import { PlanningAssistant } from './adapters/planning-assistant/planning-assistant.ts';
import { ConfigurationError } from '@wedsync/service-kit/environment';
import type { Configuration, JudgeConfiguration } from './configuration.ts';
import { RouteLog } from './engine/route-log.ts';
import type { Judge } from './ports/judge.ts';
import type { Origin } from './ports/origin.ts';
import { readSecret } from '@wedsync/service-kit/secret-file';

/** Calls of the judge in a minute at most: a loop of misses must not become a loop of judgements. */
const JUDGEMENTS_A_MINUTE = 600;

/** An origin, and how it stands with the ways to it. */
export interface ConnectedOrigin {
  readonly origin: Origin;
  readonly routes: RouteLog;
}

/** The origin that the configuration names: the routes of a file, one provider, or the built-in planning assistant. */
export function connectOrigin(configuration: Configuration, clock: Clock, logger: Logger): ConnectedOrigin {
  const routes = routesOf(configuration);
  const log = new RouteLog((route, state) => logger.warn({ route, state }, 'the breaker of an origin turned'));
  if (routes === undefined) {
    const { zone } = regionIdentity(configuration.region);
    return { origin: new PlanningAssistant(clock, zone), routes: log };
  }
  const { origin, states } = routedOrigin(routes, { readSecret, observer: log, random: Math.random });
  log.follow(states);
  return { origin, routes: log };
}

/** The judge that the configuration names, within its budget. */
export function connectJudge(configuration: JudgeConfiguration | undefined, clock: Clock): Judge | undefined {
  if (configuration === undefined) return undefined;
  const { url, model, keyFile, dollarsADay } = configuration;
  const apiKey = keyFile === undefined ? undefined : readSecret(keyFile);
  const judge = new OpenAiJudge({ baseUrl: url, apiKey, model });
  return new BudgetedJudge(judge, { callsPerMinute: JUDGEMENTS_A_MINUTE, dollarsPerDay: dollarsADay }, clock);
}

function routesOf({ originRoutesFile, originUrl, originKeyFile, originModel }: Configuration): Routes | undefined {
  if (originRoutesFile !== undefined) return readRoutes(originRoutesFile);
  if (originUrl === undefined) return undefined;
  const route = { name: 'origin', models: ['*'], url: originUrl, keyFile: originKeyFile, upstreamModel: undefined };
  return { defaultModel: originModel, routes: [{ ...route, limits: DEFAULT_LIMITS }] };
}

function readRoutes(file: string): Routes {
  try {
    return parseRoutes(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof InvalidRoutes) throw new ConfigurationError(error.messages.map((line) => `${file}: ${line}`));
    if (error instanceof SyntaxError) throw new ConfigurationError([`${file} is no JSON: ${error.message}.`]);
    throw error;
  }
}
