import { isIP } from 'node:net';

/** One or more values of the environment are missing or wrong; a line each. */
export class ConfigurationError extends Error {
  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** Where a service listens. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Folder with tls.crt, tls.key and ca.crt; without it the service speaks plain HTTP, on loopback only. */
  readonly tlsDirectory: string | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const MOST_PORTS = 65_535;
const LOOPBACK_ONLY = 'must stay on loopback (127.x.y.z, ::1 or localhost)';

/** Reads a service's configuration from its environment, and collects what is wrong with it until `assertRight`. An empty value is none. */
export class EnvironmentReader {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #messages: string[] = [];

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  value(name: string): string | undefined {
    return this.#environment[name] || undefined;
  }

  /** A value that has to be there; `what` says what it is. Missing, it is empty from here on. */
  required(name: string, what: string): string {
    const text = this.value(name);
    if (text === undefined) this.#messages.push(`${name} is not set: it must be ${what}.`);
    return text ?? '';
  }

  /**
   * What `parse` makes of `text`, the value of `name`. Where it makes nothing of it, the complaint says what is `allowed`; an empty text
   * was complained of already, or need not be there.
   */
  checked<Result>(name: string, text: string, allowed: string, parse: (text: string) => Result | undefined): Result {
    const result = text === '' ? undefined : parse(text);
    if (result === undefined && text !== '')
      this.#messages.push(`${name} is ${JSON.stringify(text)}: it must be ${allowed}.`);
    // Whoever asks gets it only after `assertRight`.
    return result as Result;
  }

  /** A required value that `parse` understands. */
  requiredAs<Result>(name: string, allowed: string, parse: (text: string) => Result | undefined): Result {
    return this.checked(name, this.required(name, allowed), allowed, parse);
  }

  /** Where `service` listens, by the values of these names. */
  listening(
    names: Readonly<Record<keyof Listening, string>>,
    { service, defaultPort }: { readonly service: string; readonly defaultPort: number },
  ): Listening {
    const host = this.value(names.host) ?? '127.0.0.1';
    const tlsDirectory = this.value(names.tlsDirectory);
    if (tlsDirectory === undefined && !isLoopback(host)) {
      this.#messages.push(
        `${names.host} is "${host}": without ${names.tlsDirectory} ${service} speaks plain HTTP and ${LOOPBACK_ONLY}.`,
      );
    }
    const text = this.value(names.port) ?? String(defaultPort);
    const port = this.checked(names.port, text, `a port from 0 to ${MOST_PORTS}`, (digits) =>
      wholeNumber(digits, 0, MOST_PORTS),
    );
    return { host, port, tlsDirectory };
  }

  /** A level of pino's; `info` where none is named. */
  logLevel(name: string): string {
    return this.checked(name, this.value(name) ?? 'info', `one of ${LOG_LEVELS.join(', ')}`, (text) =>
      LOG_LEVELS.includes(text) ? text : undefined,
    );
  }

  /** @throws ConfigurationError that names every bad value at once. */
  assertRight(): void {
    if (this.#messages.length > 0) throw new ConfigurationError(this.#messages);
  }
}

/** An http or https URL as it stands. */
export function httpUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? text : undefined;
}

/** Digits that make a number within these bounds. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
