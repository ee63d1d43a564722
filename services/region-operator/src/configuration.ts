import { isCalendarDate, isRegionName, REGION_NAMES, type CalendarDate, type RegionName } from '@wedsync/domain';
import { EnvironmentReader, httpUrl, type Listening } from '@wedsync/service-kit/environment';
import { ENVIRONMENT, HTTP_PORT } from './contract.ts';

/** The operator's configuration, checked. */
export interface Configuration extends Listening {
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

/** Reads the configuration from an environment. @throws ConfigurationError that names every bad value at once. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const reader = new EnvironmentReader(environment);
  const url = (name: string) => reader.requiredAs(name, 'an http or https URL', httpUrl);
  const regions = `one of ${REGION_NAMES.join(', ')}`;
  const configuration: Configuration = {
    ...reader.listening(ENVIRONMENT, { service: 'the operator', defaultPort: HTTP_PORT }),
    region: reader.requiredAs(ENVIRONMENT.region, regions, (text) => (isRegionName(text) ? text : undefined)),
    prometheusUrl: url(ENVIRONMENT.prometheusUrl),
    prometheusCaFile: reader.value(ENVIRONMENT.prometheusCa),
    engineUrl: url(ENVIRONMENT.engineUrl),
    engineCaFile: reader.value(ENVIRONMENT.engineCa),
    adminTokenFile: reader.required(ENVIRONMENT.adminTokenFile, 'a file with the administration token'),
    accountsFile: reader.required(ENVIRONMENT.accountsFile, 'a file with who may sign in'),
    sessionKeyFile: reader.required(ENVIRONMENT.sessionKeyFile, 'a file with the secret that sessions are signed with'),
    busyDays:
      reader.checked(
        ENVIRONMENT.busyDays,
        reader.value(ENVIRONMENT.busyDays) ?? '',
        'a list such as 2026-08-28=2.4,2026-08-30=2.1',
        parseBusyDays,
      ) ?? new Map<CalendarDate, number>(),
    consoleDirectory: reader.required(ENVIRONMENT.consoleDirectory, 'the folder with the console'),
    logLevel: reader.logLevel(ENVIRONMENT.logLevel),
  };
  reader.assertRight();
  return configuration;
}

/** `undefined` when a part of the list is no day, or no number above 0. */
function parseBusyDays(text: string): ReadonlyMap<CalendarDate, number> | undefined {
  const days = text.split(',').map((part) => part.split('=', 2) as [string, string | undefined]);
  const right = days.every(([date, times]) => isCalendarDate(date) && Number(times) > 0);
  return right ? new Map(days.map(([date, times]) => [date, Number(times)])) : undefined;
}
