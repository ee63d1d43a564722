/**
 * What the cache engine promises to whoever deploys, probes, scrapes or calls it. The program builds its manifests from
 * this file, so probes, monitors and network policies cannot drift from the code.
 */

/** The name under which the engine is deployed, logs and labels its metrics. */
export const SERVICE_NAME = 'cache-engine';

/**
 * Flags with which node runs the engine, in its image and anywhere else. A request's short-lived objects outlive the small young
 * generation that node begins with, and copying them costs threads of the collector several microseconds a request. The old generation is
 * bounded (MiB): with the hot tier's bytes and the embedding model, which lie outside of it, a Pod's memory holds them all.
 */
export const NODE_FLAGS = ['--max-old-space-size=384', '--max-semi-space-size=32', '--min-semi-space-size=16'] as const;

/** TCP port on which the engine listens: HTTPS (TLS 1.3 only) when it is given a certificate, plain HTTP otherwise. */
export const HTTP_PORT = 8443;

/** Paths of the engine that are not part of the vendors' API. */
export const PATHS = {
  /** 200 while the process runs and its event loop turns. */
  liveness: '/healthz',
  /** 200 while the engine takes new requests; 503 while it starts or drains. */
  readiness: '/readyz',
  /** Prometheus text format. */
  metrics: '/metrics',
  /** OpenAPI document and its page. */
  docs: '/docs',
} as const;

/** Environment variables that configure the engine. */
export const ENVIRONMENT = {
  /** Address to listen on; default 127.0.0.1. */
  host: 'HOST',
  /** Port to listen on; default HTTP_PORT. */
  port: 'PORT',
  /** Folder with `tls.crt` and `tls.key`; without it the engine speaks plain HTTP and listens on loopback only. */
  tlsDirectory: 'TLS_DIR',
  /** The region's name, one of the domain's regions. */
  region: 'REGION',
  /** `host:port` of any nodes of the cache Redis Cluster, separated by commas. */
  cacheNodes: 'REDIS_CACHE_NODES',
  /** `host:port` of any nodes of the queue Redis Cluster (the durable one), separated by commas. */
  queueNodes: 'REDIS_QUEUE_NODES',
  /** ACL user of the cache cluster. */
  cacheUser: 'REDIS_CACHE_USER',
  /** ACL user of the queue cluster. */
  queueUser: 'REDIS_QUEUE_USER',
  /** File with the certificate authority that signed the Redis nodes' certificates. */
  redisCa: 'REDIS_CA_FILE',
  /** File with the password of the cache cluster's user. */
  cachePasswordFile: 'REDIS_CACHE_PASSWORD_FILE',
  /** File with the password of the queue cluster's user. */
  queuePasswordFile: 'REDIS_QUEUE_PASSWORD_FILE',
  /** File with the token that the administration API asks for. */
  adminTokenFile: 'ADMIN_TOKEN_FILE',
  /** Base URL of an OpenAI-compatible provider, up to and with `/v1`; without it the built-in planning assistant answers. */
  originUrl: 'ORIGIN_URL',
  /** Model that answers queries which name none, at the provider of ORIGIN_URL; without it such queries are refused. */
  originModel: 'ORIGIN_MODEL',
  /** File with the provider's API key. */
  originKeyFile: 'ORIGIN_KEY_FILE',
  /** Bytes that the hot tier may hold; default 64 MiB. */
  hotBytes: 'HOT_TIER_BYTES',
  /** File with the routes to several providers by model (JSON); instead of ORIGIN_URL. */
  originRoutesFile: 'ORIGIN_ROUTES_FILE',
  /** Base URL of the OpenAI-compatible provider of the judge, up to and with `/v1`; without it no judge is asked. */
  judgeUrl: 'JUDGE_URL',
  /** The judge's model. */
  judgeModel: 'JUDGE_MODEL',
  /** File with the API key of the judge's provider. */
  judgeKeyFile: 'JUDGE_KEY_FILE',
  /** US dollars that the judge may cost a day; default 5. */
  judgeDollarsADay: 'JUDGE_DOLLARS_A_DAY',
  /** File with the region's key-encryption keys, newest first. */
  keyEncryptionFile: 'KEY_ENCRYPTION_FILE',
  /** Where cold entries lie: `folder:PATH` or `s3://BUCKET/PREFIX`; without it there is no cold tier. */
  coldTier: 'COLD_TIER',
  /** Endpoint of an S3-compatible store other than AWS. */
  coldEndpoint: 'COLD_TIER_ENDPOINT',
  /** Region of the bucket. */
  coldRegion: 'COLD_TIER_REGION',
  /** `off` leaves the embedding model unloaded: hits by key only. */
  semantic: 'SEMANTIC',
  /** Base URL of an OpenTelemetry collector (OTLP over HTTP); without it nothing is traced. */
  tracesUrl: 'OTLP_TRACES_URL',
  /** Log level of pino; default info. */
  logLevel: 'LOG_LEVEL',
} as const;

/** Seconds that the engine needs at most to finish the requests under way after SIGTERM. */
export const DRAIN_SECONDS = 25;

/** Redis keys of the cache cluster start with this; the ACL user of the engine may touch no other. */
export const CACHE_KEY_PREFIX = 'answer:';

/** Redis keys of the queue cluster under which the vendors' API keys are kept; the engine's ACL user may touch no other. */
export const VENDOR_KEY_PREFIX = 'vendor-key:';

/** Redis keys of the queue cluster under which the tenants' wrapped data keys are kept; the engine's ACL user may touch them. */
export const DATA_KEY_PREFIX = 'data-key:';

/** Redis keys of the queue cluster under which the books of savings are kept; the engine's ACL user may touch them. */
export const LEDGER_PREFIX = 'ledger:';

/** Redis keys of the queue cluster under which the dates of weddings that moved are kept; the engine's ACL user may touch them. */
export const WEDDING_PREFIX = 'wedding:';

/** Redis key of the queue cluster under which the engines' settings are kept; the engine's ACL user may touch it. */
export const SETTINGS_KEY = 'setting:{engines}';

/** Names of the metrics on which dashboards, alerts and `npm start` build. */
export const METRICS = {
  /** Counter by `source` (hot, warm, cold, semantic, miss, bypass) and `route`. */
  answers: 'wedsync_cache_answers_total',
  /** Histogram in seconds by `source`: from the request's arrival to the last byte of the answer. */
  duration: 'wedsync_cache_answer_duration_seconds',
  /** Counter by `route` and `status` class of requests that ended with an error. */
  errors: 'wedsync_cache_errors_total',
  /** Counter by `outcome` (ok, error, timeout) of calls to the origin. */
  originCalls: 'wedsync_cache_origin_calls_total',
  /** Counter by `match` (exact, alias, shared) of hits. */
  matches: 'wedsync_cache_matches_total',
  /** Counter by `reason` (revalidating, origin-failed) of answers given past their time. */
  stale: 'wedsync_cache_stale_answers_total',
  /** Counter by `reason` (early, stale) of answers asked for anew in the background. */
  refreshes: 'wedsync_cache_refreshes_total',
  /** Counter of callers who were given the answer that was being made for another one. */
  merged: 'wedsync_cache_merged_requests_total',
  /** Counter by `verdict` (same, different, unsure, failed) of a judge's decisions. */
  verdicts: 'wedsync_cache_judge_verdicts_total',
  /** Gauges of the share of wrong hits by alias among those judged again, with its 95 % interval: `bound` is low, share or high. */
  falseHits: 'wedsync_cache_false_hit_share',
  /** Gauge of the share of wrong hits that is allowed: the objective that `high` is held against. */
  falseHitObjective: 'wedsync_cache_false_hit_objective',
  /** Gauge of the hits by alias that were judged again. */
  falseHitSamples: 'wedsync_cache_false_hit_samples',
  /** Counter of aliases that were taken back because a sample found them wrong. */
  revoked: 'wedsync_cache_revoked_aliases_total',
  /** Counter of records that could not be opened. */
  unreadable: 'wedsync_cache_unreadable_records_total',
  /** Gauge of values held by the hot tier. */
  hotSize: 'wedsync_cache_hot_entries',
  /** Gauge by `route` and `state`: 1 for the state of the origin's circuit breaker. */
  breaker: 'wedsync_cache_origin_breaker',
  /** Counter of calls to the origin that were made again after they had failed. */
  retries: 'wedsync_cache_origin_retries_total',
  /** Counter by `priority` of requests that were shed. */
  shed: 'wedsync_cache_shed_requests_total',
  /** Gauge of bytes held by the hot tier. */
  hotBytes: 'wedsync_cache_hot_bytes',
  /** Counter of fresh answers that were given before the warm tier had confirmed them. */
  lateWarmWrites: 'wedsync_cache_late_warm_writes_total',
  /** Gauge, 1 while the warm tier answers. */
  warmUp: 'wedsync_cache_warm_up',
} as const;

/** Response headers that say where an answer came from. */
export const HEADERS = {
  /** `hot`, `warm`, `cold`, `semantic` or `miss`; `bypass` for a request that the cache does not understand and handed to the origin. */
  source: 'x-wedsync-cache',
  /** For a hit: `exact`, `alias` (another wording's answer) or `shared` (other vendors asked the same). */
  match: 'x-wedsync-match',
  /** `revalidating` or `origin-failed` for an answer that is given past its time. */
  stale: 'x-wedsync-stale',
  /** Seconds since the origin gave the answer. */
  age: 'x-wedsync-age',
  /** Seconds for which the answer may still be served. */
  timeToLive: 'x-wedsync-ttl',
} as const;
