import type { RouteLimits } from '../resilience/resilient-origin.ts';

/** One way to a provider, as it is configured. */
export interface RouteConfiguration {
  /** Its name in metrics, logs and messages. */
  readonly name: string;
  /** The models that go this way: whole names, or the beginning of names followed by `*`; `*` alone takes all others. */
  readonly models: readonly string[];
  /** Base URL of an OpenAI-compatible provider, up to and with `/v1`. */
  readonly url: string;
  /** File with the provider's API key. */
  readonly keyFile: string | undefined;
  /** The model that the provider is asked for, where it goes by another name there. */
  readonly upstreamModel: string | undefined;
  readonly limits: RouteLimits;
}

/** Where each model is asked. */
export interface Routes {
  /** The model that answers queries which name none. */
  readonly defaultModel: string | undefined;
  readonly routes: readonly RouteConfiguration[];
}

/** The routes are wrong; a line for each thing that is. */
export class InvalidRoutes extends Error {
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'InvalidRoutes';
    this.messages = messages;
  }
}

/** What a route takes that says nothing else: answers of large models may need minutes, but they begin within seconds. */
export const DEFAULT_LIMITS: RouteLimits = { concurrency: 64, queue: 256, timeout: 120_000, firstPartTimeout: 30_000 };
