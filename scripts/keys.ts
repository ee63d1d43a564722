/** `npm run keys`: makes, lists and revokes the API keys with which vendors reach the cache. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRegionName, isVendorType, REGION_NAMES, VENDOR_TYPES } from '@wedsync/domain';
import { fail } from './lib/command.ts';
import { ROOT } from './lib/root.ts';
import { parseCommandLine, UsageError } from './lib/usage.ts';

const TOKEN_VARIABLE = 'WEDSYNC_ADMIN_TOKEN';
const TIMEOUT = 20_000;

const HELP = `Makes, lists and revokes the vendors' API keys of a region.

Usage: npm run keys -- add VENDOR [--type TYPE] [--label TEXT]
       npm run keys -- list [VENDOR]
       npm run keys -- revoke KEYID

  --type TYPE      ${VENDOR_TYPES.join(', ')} (default other)
  --label TEXT     a note on the key
  --url URL        where the region answers (default http://127.0.0.1:8080)
  --json           print JSON
  --stack STACK    the region on this machine whose administration token is used (default uk-south)
  --data DIR       where that region keeps its data (default .wedsync/STACK)
  --help           this text

The administration token is taken from ${TOKEN_VARIABLE}, else from the region's data folder.
Exit codes: 0 done, 1 failed, 2 wrong usage.
`;

type Options = ReturnType<typeof parse>['values'];

/** A key as the administration API describes it; `key` only when it was just made. */
interface Key {
  readonly keyId: string;
  readonly vendorId: string;
  readonly vendorType: string;
  readonly label: string;
  readonly createdAt: string;
  readonly key?: string;
}

/** Runs one command. Gives back what to print. */
async function run(args: readonly string[]): Promise<string> {
  const { values, positionals } = parse(args);
  if (values.help) return HELP;
  const [command, subject, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much. See: npm run keys -- --help`);
  const print = <Value>(value: Value, text: (value: Value) => string) =>
    values.json ? `${JSON.stringify(value)}\n` : text(value);
  switch (command ?? '') {
    case 'add': {
      const body = {
        vendorId: required(subject, 'add VENDOR'),
        vendorType: vendorType(values.type),
        label: values.label,
      };
      const key = (await call(values, 'POST', '', body)) as Key;
      return print(key, describeNew);
    }
    case 'list': {
      const filter = subject === undefined ? '' : `?vendorId=${encodeURIComponent(subject)}`;
      const { keys } = (await call(values, 'GET', filter)) as { keys: readonly Key[] };
      return print(keys, describeAll);
    }
    case 'revoke': {
      const keyId = required(subject, 'revoke KEYID');
      await call(values, 'DELETE', `/${encodeURIComponent(keyId)}`);
      return print({ keyId, revoked: true }, () => `Revoked ${keyId}: every engine refuses the key within a minute.\n`);
    }
    default:
      throw new UsageError(
        `${command === undefined ? 'The command is missing' : `The command is "${command}"`}. Allowed: add, list, revoke. See: npm run keys -- --help`,
      );
  }
}

function parse(args: readonly string[]) {
  return parseCommandLine('npm run keys', {
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      type: { type: 'string' },
      label: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      json: { type: 'boolean' },
      stack: { type: 'string', default: 'uk-south' },
      data: { type: 'string' },
    },
  });
}

function required(value: string | undefined, form: string): string {
  if (value === undefined) throw new UsageError(`Too little was given. Allowed: npm run keys -- ${form}`);
  return value;
}

function vendorType(text: string | undefined): string | undefined {
  if (text === undefined || isVendorType(text)) return text;
  throw new UsageError(`--type is "${text}". Allowed: ${VENDOR_TYPES.join(', ')}.`);
}

/** Calls the administration API. Throws with its own words when it refuses. */
async function call({ url, stack, data }: Options, method: string, path: string, body?: object): Promise<unknown> {
  if (!URL.canParse(url)) throw new UsageError(`--url is "${url}". Allowed: an http or https URL.`);
  const headers = { authorization: `Bearer ${adminToken(stack, data)}`, 'content-type': 'application/json' };
  const response = await fetch(`${url.replace(/\/+$/, '')}/v1/admin/keys${path}`, {
    method,
    signal: AbortSignal.timeout(TIMEOUT),
    ...(body === undefined
      ? { headers: { authorization: headers.authorization } }
      : { headers, body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw failure(
      `${url} does not answer (${(error.cause as Error | undefined)?.message ?? error.message}). Is the region running? npm start runs it; --url names another.`,
    );
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const detail = (answer as { detail?: string } | undefined)?.detail ?? 'it gave no reason';
  throw failure(`${url} refused with status ${response.status}: ${detail}`);
}

function adminToken(stack: string, data: string | undefined): string {
  const given = process.env[TOKEN_VARIABLE];
  if (given) return given;
  if (!isRegionName(stack)) throw new UsageError(`--stack is "${stack}". Allowed: ${REGION_NAMES.join(', ')}.`);
  const file = join(data === undefined ? join(ROOT, '.wedsync', stack) : resolve(data), 'admin-token');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw failure(
    `There is no administration token: ${TOKEN_VARIABLE} is not set, and ${file} does not exist. Start the region with npm start, or name its folder with --data.`,
  );
}

/** An error whose message is all that the user needs. */
function failure(message: string): Error {
  return Object.assign(new Error(message), { name: 'UserError' });
}

function describeNew({ vendorId, vendorType, keyId, key }: Key): string {
  return `${key ?? ''}\n\nThe API key of ${vendorId} (${vendorType}), id ${keyId}. It is shown this once: only its hash is kept.\n`;
}

function describeAll(keys: readonly Key[]): string {
  if (keys.length === 0) return 'There are no API keys.\n';
  const rows = [
    ['id', 'vendor', 'type', 'made', 'label'],
    ...keys.map((key) => [key.keyId, key.vendorId, key.vendorType, key.createdAt, key.label]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  fail(error);
}
