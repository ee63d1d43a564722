/**
 * What the region's operator promises to whoever deploys, probes, scrapes or opens it. The program builds its manifests from this file,
 * and the console takes its paths and shapes from here.
 */
import { createHash } from 'node:crypto';
import {
  BUDGET_LEFT_SERIES,
  errorRatioSeries,
  OBJECTIVE_SERIES,
  OBJECTIVE_WINDOW_DAYS,
  PROMISED_SERIES,
} from '@wedsync/domain';

/** The name under which the operator is deployed, logs and labels its metrics. */
export const SERVICE_NAME = 'region-operator';

/** TCP port on which the operator listens: HTTPS (TLS 1.3 only) when it is given a certificate, plain HTTP otherwise. */
export const HTTP_PORT = 8444;

/** Paths of the operator that are not part of the console. */
export const PATHS = {
  /** 200 while the process runs and its event loop turns. */
  liveness: '/healthz',
  /** 200 while the operator takes new requests; 503 while it starts or drains. What it asks being away does not count: it says so itself. */
  readiness: '/readyz',
  /** Prometheus text format. */
  metrics: '/metrics',
} as const;

/** Environment variables that configure the operator. */
export const ENVIRONMENT = {
  /** Address to listen on; default 127.0.0.1. */
  host: 'HOST',
  /** Port to listen on; default HTTP_PORT. */
  port: 'PORT',
  /** Folder with `tls.crt` and `tls.key`; without it the operator speaks plain HTTP and listens on loopback only. */
  tlsDirectory: 'TLS_DIR',
  /** The region's name, one of the domain's regions. */
  region: 'REGION',
  /** Base URL of Prometheus' HTTP API, without a path. */
  prometheusUrl: 'PROMETHEUS_URL',
  /** File with an authority that signed Prometheus' certificate, beside those of the system. */
  prometheusCa: 'PROMETHEUS_CA_FILE',
  /** Base URL of the cache engine, without a path. */
  engineUrl: 'ENGINE_URL',
  /** File with the certificate authority that signed the engine's certificate; without it those of the system count. */
  engineCa: 'ENGINE_CA_FILE',
  /** File with the token of the engine's administration API. */
  adminTokenFile: 'ADMIN_TOKEN_FILE',
  /** File with the accounts, one a line: name, role, hash of the secret (see `hashOfToken` and sign-in/secrets.ts). */
  accountsFile: 'ACCOUNTS_FILE',
  /** File with the secret that sessions are signed with, 32 characters at least. */
  sessionKeyFile: 'SESSION_KEY_FILE',
  /** Days that are kept as Saturdays are, `YYYY-MM-DD=TIMES` separated by commas: how many times an average day's weddings. */
  busyDays: 'BUSY_DAYS',
  /** Folder with the console as it was built. */
  consoleDirectory: 'CONSOLE_DIR',
  /** Log level of pino; default info. */
  logLevel: 'LOG_LEVEL',
} as const;

/** Seconds that the operator needs at most to finish the requests under way after SIGTERM. */
export const DRAIN_SECONDS = 5;

/** Names of the operator's own metrics. */
export const METRICS = {
  /** Counter by `outcome` (ok, away) of polls of Prometheus. */
  polls: 'wedsync_console_polls_total',
  /** Gauge of the pages that are told of every change. */
  viewers: 'wedsync_console_viewers',
  /** Counter of pages that were cut off because they did not take what they were sent. */
  dropped: 'wedsync_console_dropped_viewers_total',
  /** Counter by `outcome` (ok, refused, limited) of attempts to sign in. */
  signIns: 'wedsync_console_sign_ins_total',
} as const;

/** Series that the operator reads and others write: rules of the region's monitoring. */
export const SERIES = {
  /** Labelled by `slo`: the share that goes well as promised. */
  objective: OBJECTIVE_SERIES,
  /** Labelled by `slo`: the share that did not go well over 30 days. */
  errorRatio: errorRatioSeries(`${OBJECTIVE_WINDOW_DAYS}d`),
  /** Labelled by `slo`: the share of the error budget that is left; below 0 the promise is broken. */
  budgetLeft: BUDGET_LEFT_SERIES,
  /** Labelled by `slo`: 1 while the objective is promised, by the calendar. */
  promised: PROMISED_SERIES,
  /** 1 on a wedding day. */
  weddingDay: 'wedsync:wedding_day',
} as const;

/** The alert that always fires while the region's rules are worked out. */
export const WATCHDOG = 'RegionWatchdog';

/** The label of a page that comes a second time, for the next one in line, beside its own labels. */
export const SECOND_CALL = { name: 'step', value: '2' } as const;

/** How a long random token stands in the accounts file. A person's password takes a slow hash; see sign-in/secrets.ts. */
export function hashOfToken(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}

export * from './wire.ts';
