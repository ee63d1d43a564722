import { wordsOf } from '../kubernetes/words.ts';

/** Redis' settings by name; a list of words each, since some take several. The last one of a name holds, as in Redis. */
export type RedisSettings = ReadonlyMap<string, readonly string[]>;

/** What a setting must be for every connection to be encrypted. */
interface Demand {
  readonly name: string;
  readonly holds: (words: readonly string[]) => boolean;
  readonly problem: string;
  readonly fix: string;
}

/** A setting that leaves something in the clear. */
export interface Weakness extends Pick<Demand, 'name' | 'problem' | 'fix'> {
  /** The setting's value as written; `undefined` where it is not set. */
  readonly value: string | undefined;
}

const only = (wanted: string) => (words: readonly string[]) => words.length === 1 && words[0] === wanted;

const DEMANDS: readonly Demand[] = [
  {
    name: 'port',
    holds: only('0'),
    problem: 'Redis would also listen in plaintext.',
    fix: 'Set it to 0; clients use tls-port.',
  },
  {
    name: 'tls-port',
    holds: ([port = '0']) => Number(port) > 0,
    problem: 'Redis would have no encrypted port.',
    fix: 'Set it to 6379.',
  },
  {
    name: 'tls-cluster',
    holds: only('yes'),
    problem: 'The cluster bus would be in the clear.',
    fix: 'Set it to yes.',
  },
  {
    name: 'tls-replication',
    holds: only('yes'),
    problem: 'Masters would send their data to replicas in the clear.',
    fix: 'Set it to yes.',
  },
  {
    name: 'tls-protocols',
    holds: only('TLSv1.3'),
    problem: 'Redis would accept TLS below 1.3.',
    fix: 'Set it to "TLSv1.3".',
  },
];

/** Names that stand in the main file of a Redis and in no file that it includes. */
const MAIN_SETTINGS = ['tls-port', 'tls-cluster', 'tls-replication', 'cluster-enabled', 'cluster-config-file'];
const MAIN_FILE = /(^|[/.-])(redis|valkey)\.conf$/;

/** Parses a Redis configuration file. */
export function parseConfiguration(text: string): RedisSettings {
  const lines = text.split('\n').map((line) => line.trim());
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(wordsOf)
      .map(([name = '', ...words]) => [name.toLowerCase(), words] as const),
  );
}

/** Parses settings given on the command line: `--port 0 --tls-port 6379`. */
export function parseOptions(words: readonly string[]): RedisSettings {
  const settings = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const word of words) {
    if (word.startsWith('--')) settings.set(word.slice(2).toLowerCase(), (current = []));
    else current?.push(word);
  }
  return settings;
}

/** Whether a file is the main configuration of a Redis, by its name or by what it sets. */
export function isMainConfiguration(fileName: string, settings: RedisSettings): boolean {
  return MAIN_FILE.test(fileName) || MAIN_SETTINGS.some((name) => settings.has(name));
}

/** What settings leave in the clear. With `complete` they are all that Redis gets, so a missing one has its default. */
export function weaknessesOf(settings: RedisSettings, { complete }: { readonly complete: boolean }): Weakness[] {
  return DEMANDS.filter(({ name, holds }) => {
    const words = settings.get(name);
    return words ? !holds(words) : complete;
  }).map(({ name, problem, fix }) => ({ name, problem, fix, value: settings.get(name)?.join(' ') }));
}
