import { createClient, createConfig } from './generated/client/index.ts';
import { CacheApi } from './generated/sdk.gen.ts';

export type * from './generated/types.gen.ts';
export { CacheApi };

/** Where the engine is, and who asks. */
export interface CacheClientOptions {
  /** Scheme, host and port, such as `https://cache.uk-south.example:8443`. */
  readonly baseUrl: string;
  /** A vendor's API key (`wsk_…`), or the administration token for the operations of the administration. */
  readonly apiKey: string;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}

/**
 * A client with one method for each operation of the API, named by its operation id. Each resolves with `data`, or with `error`, the
 * problem as in RFC 9457; with `throwOnError: true` it rejects with the problem instead.
 */
export function createCacheClient({ baseUrl, apiKey, fetch }: CacheClientOptions): CacheApi {
  const config = { baseUrl: baseUrl.replace(/\/+$/, ''), auth: apiKey, ...(fetch === undefined ? {} : { fetch }) };
  return new CacheApi({ client: createClient(createConfig(config)) });
}
