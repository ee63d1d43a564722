/**
 * What the cache engine promises to whoever deploys, probes, scrapes or calls it. The program builds its manifests from
 * this file, so probes, monitors and network policies cannot drift from the code.
 */

/** The name under which the engine is deployed, logs and labels its metrics. */
export const SERVICE_NAME = 'cache-engine';

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
  /** Log level of pino; default info. */
  logLevel: 'LOG_LEVEL',
} as const;

/** Seconds that the engine needs at most to finish the requests under way after SIGTERM. */
export const DRAIN_SECONDS = 25;

/** Redis keys of the cache cluster start with this; the ACL user of the engine may touch no other. */
export const CACHE_KEY_PREFIX = 'answer:';

/** Redis keys of the queue cluster under which the vendors' API keys are kept; the engine's ACL user may touch no other. */
export const VENDOR_KEY_PREFIX = 'vendor-key:';

/** Names of the metrics on which dashboards, alerts and `npm start` build. */
export const METRICS = {
  /** Counter by `source` (hot, warm, miss, bypass) and `route`. */
  answers: 'wedsync_cache_answers_total',
  /** Histogram in seconds by `source`: from the request's arrival to the last byte of the answer. */
  duration: 'wedsync_cache_answer_duration_seconds',
  /** Counter by `route` and `status` class of requests that ended with an error. */
  errors: 'wedsync_cache_errors_total',
  /** Counter by `outcome` (ok, error, timeout) of calls to the origin. */
  originCalls: 'wedsync_cache_origin_calls_total',
  /** Gauge of bytes held by the hot tier. */
  hotBytes: 'wedsync_cache_hot_bytes',
  /** Counter of fresh answers that were given before the warm tier had confirmed them. */
  lateWarmWrites: 'wedsync_cache_late_warm_writes_total',
  /** Gauge, 1 while the warm tier answers. */
  warmUp: 'wedsync_cache_warm_up',
} as const;

/** Response headers that say where an answer came from. */
export const HEADERS = {
  /** `hot`, `warm` or `miss`; `bypass` for a request that the cache does not understand and handed to the origin. */
  source: 'x-wedsync-cache',
  /** Seconds since the origin gave the answer. */
  age: 'x-wedsync-age',
  /** Seconds for which the answer may still be served. */
  timeToLive: 'x-wedsync-ttl',
} as const;
