import type { RouteObserver, RouteState } from '../../ports/origin.ts';
import { OpenAiOrigin } from '../openai/openai-origin.ts';
import { ResilientOrigin } from '../resilience/resilient-origin.ts';
import { OriginRouter } from './origin-router.ts';
import type { Routes } from './routes.ts';

/** What the routes need from outside. */
export interface RoutedOriginParts {
  /** The secret that a file holds. */
  readonly readSecret: (file: string) => string;
  readonly observer: RouteObserver;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/** The origin that stands behind a set of routes: each is guarded for itself, so that one that fails takes none with it. */
export function routedOrigin({ routes, defaultModel }: Routes, { readSecret, observer, random }: RoutedOriginParts) {
  const guarded = routes.map(({ name, models, url, keyFile, upstreamModel, limits }) => {
    const apiKey = keyFile === undefined ? undefined : readSecret(keyFile);
    const provider = new OpenAiOrigin({ baseUrl: url, apiKey, defaultModel: undefined, timeout: limits.timeout });
    const origin = new ResilientOrigin({ route: name, origin: provider, limits, observer, random });
    return { name, models, upstreamModel, origin };
  });
  return {
    origin: new OriginRouter(guarded, defaultModel),
    /** How it stands with each route now. */
    states: (): readonly RouteState[] => guarded.map(({ origin }) => origin.state()),
  };
}
