import { isIP } from 'node:net';
import { isCalendarDate, isRegionName, REGION_NAMES, type CalendarDate, type RegionName } from '@wedsync/domain';
import { ENVIRONMENT, HTTP_PORT } from './contract.ts';

/** The operator's configuration, checked. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly tlsDirectory: string | undefined;
  readonly region: RegionName;
  readonly prometheusUrl: string;
  readonly prometheusCaFile: string | undefined;
  readonly engineUrl: string;
  readonly engineCaFile: string | undefined;
  readonly adminTokenFile: string;
  readonly accountsFile: string;
  readonly sessionKeyFile: string;
  /** Days that are kept as Saturdays are, with how many times an average day's weddings. */
  readonly busyDays: ReadonlyMap<CalendarDate, number>;
  readonly consoleDirectory: string;
  readonly logLevel: string;
}

/** One or more values of the environment are missing or wrong; a line each. */
export class ConfigurationError extends Error {
  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'ConfigurationError';
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const MOST_PORTS = 65_535;

/** Reads the configuration from an environment. @throws ConfigurationError that names every bad value at once. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const messages: string[] = [];
  const value = (name: string) => environment[name] || undefined;

  function required(name: string, what: string): string {
    const text = value(name);
    if (text === undefined) messages.push(`${name} is not set: it must be ${what}.`);
    return text ?? '';
  }
  function checked<Result>(name: string, text: string, what: string, read: (text: string) => Result | undefined) {
    const result = read(text);
    // What is missing was complained of already.
    if (result === undefined && text !== '') messages.push(`${name} is "${text}": it must be ${what}.`);
    return result as Result;
  }
  const url = (name: string) => checked(name, required(name, 'an http or https URL'), 'an http or https URL', parseUrl);

  const host = value(ENVIRONMENT.host) ?? '127.0.0.1';
  const tlsDirectory = value(ENVIRONMENT.tlsDirectory);
  if (tlsDirectory === undefined && !isLoopback(host)) {
    messages.push(
      `${ENVIRONMENT.host} is "${host}": without ${ENVIRONMENT.tlsDirectory} the operator speaks plain HTTP and must stay on loopback (127.x.y.z, ::1 or localhost).`,
    );
  }
  const regions = `one of ${REGION_NAMES.join(', ')}`;
  const configuration: Configuration = {
    host,
    tlsDirectory,
    port: checked(ENVIRONMENT.port, value(ENVIRONMENT.port) ?? String(HTTP_PORT), 'a port from 0 to 65535', parsePort),
    region: checked(ENVIRONMENT.region, required(ENVIRONMENT.region, regions), regions, (text) =>
      isRegionName(text) ? text : undefined,
    ),
    prometheusUrl: url(ENVIRONMENT.prometheusUrl),
    prometheusCaFile: value(ENVIRONMENT.prometheusCa),
    engineUrl: url(ENVIRONMENT.engineUrl),
    engineCaFile: value(ENVIRONMENT.engineCa),
    adminTokenFile: required(ENVIRONMENT.adminTokenFile, 'a file with the administration token'),
    accountsFile: required(ENVIRONMENT.accountsFile, 'a file with who may sign in'),
    sessionKeyFile: required(ENVIRONMENT.sessionKeyFile, 'a file with the secret that sessions are signed with'),
    busyDays:
      checked(
        ENVIRONMENT.busyDays,
        value(ENVIRONMENT.busyDays) ?? '',
        'a list such as 2026-08-28=2.4,2026-08-30=2.1',
        parseBusyDays,
      ) ?? new Map(),
    consoleDirectory: required(ENVIRONMENT.consoleDirectory, 'the folder with the console'),
    logLevel: checked(
      ENVIRONMENT.logLevel,
      value(ENVIRONMENT.logLevel) ?? 'info',
      `one of ${LOG_LEVELS.join(', ')}`,
      (text) => (LOG_LEVELS.includes(text) ? text : undefined),
    ),
  };
  if (messages.length > 0) throw new ConfigurationError(messages);
  return configuration;
}

function parseUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? text : undefined;
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= MOST_PORTS ? Number(text) : undefined;
}

/** `undefined` when a part of the list is no day, or no number above 0. */
function parseBusyDays(text: string): ReadonlyMap<CalendarDate, number> | undefined {
  if (text === '') return undefined;
  const days = text.split(',').map((part) => part.split('=', 2) as [string, string | undefined]);
  const right = days.every(([date, times]) => isCalendarDate(date) && Number(times) > 0);
  return right ? new Map(days.map(([date, times]) => [date, Number(times)])) : undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
