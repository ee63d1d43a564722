import { type CacheApi, createCacheClient, type Problem } from '@wedsync/cache-client';
import { secureFetch } from '@wedsync/service-kit/secure-fetch';
import { type Engine, type EntriesQuery, EngineAway, EngineRefused } from '../ports/engine.ts';
import type { ConfigurationChange, QueryRequest, Removal } from '../wire.ts';

/** Where the engine is, and what lets the operator in. */
export interface EngineAccess {
  /** Without a path. */
  readonly url: string;
  readonly adminToken: string;
  /** The authority that signed its certificate, in PEM, asked before every call. @default those of the system */
  readonly ca?: (() => string) | undefined;
}

/** What the client makes of a call. */
interface Outcome<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response?: Response | undefined;
}

/** The engine's administration API over HTTP. */
export class HttpEngine implements Engine {
  readonly #api: CacheApi;

  constructor({ url, adminToken, ca }: EngineAccess) {
    const secured = ca === undefined ? {} : { fetch: secureFetch(() => [ca()]) };
    this.#api = createCacheClient({ baseUrl: url, apiKey: adminToken, ...secured });
  }

  async keys() {
    return (await answerOf(this.#api.listKeys())).keys;
  }

  entries({ vendorId, limit, cursor, weddingId, kind }: EntriesQuery) {
    const optional = Object.entries({ limit, cursor, weddingId, kind }).filter(([, value]) => value !== undefined);
    return answerOf(this.#api.listEntriesOfVendor({ query: { vendorId, ...Object.fromEntries(optional) } }));
  }

  statistics(vendorId: string) {
    return answerOf(this.#api.readStatisticsOfVendor({ query: { vendorId } }));
  }

  explain(query: QueryRequest) {
    return answerOf(this.#api.explainAsAdministration({ body: { query } }));
  }

  invalidate(removal: Removal) {
    return answerOf(this.#api.invalidateAsAdministration({ body: removal }));
  }

  configuration() {
    return answerOf(this.#api.readConfiguration());
  }

  configure(change: ConfigurationChange) {
    return answerOf(this.#api.changeConfiguration({ body: change }));
  }
}

async function answerOf<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch((thrown: unknown): Outcome<Data> => ({ error: thrown }));
  if (data !== undefined && error === undefined) return data;
  if (response === undefined) throw new EngineAway(`The cache engine does not answer (${reasonOf(error)}).`);
  const { status } = response;
  const detail = (error as Partial<Problem>)?.detail ?? `It gave no reason, only status ${status}.`;
  // The operator's own token being refused, or an engine that fails, is nothing that a person at the console could mend.
  if (status === 401) throw new EngineAway('The cache engine does not accept the operator’s token.');
  if (status >= 500) throw new EngineAway(`The cache engine failed. ${detail}`);
  throw new EngineRefused(status, detail);
}

function reasonOf(error: unknown): string {
  const { message, code, cause } = error as Error & { code?: string; cause?: { code?: string } };
  return cause?.code ?? code ?? message ?? 'no answer';
}
