import { join, resolve } from 'node:path';
import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { ROOT } from '../root.ts';
import { parseCommandLine, UsageError } from '../usage.ts';

export interface StartOptions {
  readonly help: boolean;
  readonly stack: RegionName;
  readonly check: boolean;
  readonly requests: number;
  readonly seed: number;
  /** @default .wedsync/STACK; for a check, a folder of its own that is removed when it passes */
  readonly dataDir: string;
  readonly port: number;
  readonly originUrl: string | undefined;
}

/** The environment variable with the key of the provider that --origin names. */
export const ORIGIN_KEY_VARIABLE = 'WEDSYNC_ORIGIN_KEY';

export const HELP = `Runs a region on this machine: the Pulumi program's own Pods, as processes.

Usage: npm start [-- OPTION ...]

  --stack STACK    the region: ${REGION_NAMES.join(', ')} (default uk-south)
  --port PORT      where the cache engine answers on 127.0.0.1, the console at the next port (default 8080; 0 for any free ports)
  --data DIR       where the region keeps its data and logs (default .wedsync/STACK)
  --origin URL     your own OpenAI-compatible provider, up to and with /v1; its key from ${ORIGIN_KEY_VARIABLE}
                   (default: the built-in planning assistant, rule-based, no AI)
  --check          bring the region up, load it, kill a Redis master and an engine on the way, and exit
  --requests N     requests of --check (default 10000)
  --seed N         seed of --check's choices (default: the clock; printed)
  --help           this text

Ctrl-C stops the region; its data stays for the next start.
Exit codes: 0 done, 1 failed or check not passed, 2 wrong usage, 130 interrupted.
`;

/** @throws UsageError naming the option, its value and what is allowed. */
export function parseOptions(args: readonly string[], now: number): StartOptions {
  const values = parse(args);
  const stack = values.stack ?? 'uk-south';
  if (!isRegionName(stack)) throw new UsageError(`--stack is "${stack}". Allowed: ${REGION_NAMES.join(', ')}.`);
  const check = values.check ?? false;
  const originUrl = values.origin;
  if (originUrl !== undefined && !isProviderUrl(originUrl)) {
    throw new UsageError(
      `--origin is "${originUrl}". Allowed: an https:// URL up to and with /v1 (http:// for this machine only).`,
    );
  }
  return {
    help: values.help ?? false,
    stack,
    check,
    requests: wholeNumber('requests', values.requests ?? '10000', 1, 10_000_000),
    seed: wholeNumber('seed', values.seed ?? String(now % 2 ** 31), 0, 2 ** 31 - 1),
    dataDir:
      values.data === undefined ? join(ROOT, '.wedsync', check ? `check-${stack}` : stack) : resolve(values.data),
    // The console takes the next one.
    port: wholeNumber('port', values.port ?? (check ? '0' : '8080'), 0, 65_534),
    originUrl: originUrl?.replace(/\/+$/, ''),
  };
}

function parse(args: readonly string[]) {
  return parseCommandLine('npm start', {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      stack: { type: 'string' },
      check: { type: 'boolean' },
      requests: { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string' },
      origin: { type: 'string' },
    },
  }).values;
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`--${option} is "${text}". Allowed: a whole number from ${least} to ${most}.`);
  }
  return value;
}

function isProviderUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}
