import { join } from 'node:path';
import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { ROOT } from '../root.ts';
import { parseCommandLine, UsageError } from '../usage.ts';

export interface DrillCommand {
  readonly help: boolean;
  readonly json: boolean;
  readonly stack: RegionName;
  readonly dataDir: string;
}

export const HELP = `Breaks a region on this machine, one thing after another, and watches which alerts come and go.

Usage: npm run drill [-- OPTION ...]

  --stack STACK    the region: ${REGION_NAMES.join(', ')} (default uk-south)
  --json           the result as JSON on standard output, news on standard error
  --help           this text

An engine, a Redis master and the model behind the engine are killed. Each must raise exactly the alerts that are meant for it, and they
must go when it is whole again. It takes about half an hour, since alerts wait before they speak.
Exit codes: 0 as meant, 1 not as meant or failed, 2 wrong usage, 130 interrupted.
`;

/** @throws UsageError naming the option, its value and what is allowed. */
export function parseOptions(args: readonly string[]): DrillCommand {
  const { values } = parseCommandLine('npm run drill', {
    args: [...args],
    options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, stack: { type: 'string' } },
  });
  const stack = values.stack ?? 'uk-south';
  if (!isRegionName(stack)) throw new UsageError(`--stack is "${stack}". Allowed: ${REGION_NAMES.join(', ')}.`);
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    stack,
    dataDir: join(ROOT, '.wedsync', `drill-${stack}`),
  };
}
