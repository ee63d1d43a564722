import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeInstant, type TimeZone } from '@wedsync/domain';
import { FreezeError } from './freeze-error.ts';
import { PEOPLE_FILE, parsePeople, type Person } from './people.ts';
import { Repository } from './repository.ts';
import { APPROVALS, judgeToken, type TokenContext, type TokenVerdict } from './verdict.ts';

/** The environment variable with an emergency token, or with the path of the file that holds one. */
export const TOKEN_VARIABLE = 'WEDSYNC_FREEZE_TOKEN';

/** An attempt to change a frozen stack. */
export interface Attempt {
  readonly stack: string;
  /** Epoch milliseconds. */
  readonly instant: number;
  readonly zone: TimeZone;
  /** The git remote at which the token's use is recorded too; none if empty. */
  readonly remote: string;
}

/**
 * The text of the token that a variable names: the variable's own text, or that of a file relative to `folder`. `undefined`
 * where it is empty.
 *
 * @throws FreezeError naming the file that is not there.
 */
export function tokenText(given: string | undefined, folder: string): string | undefined {
  const value = given?.trim() ?? '';
  if (value === '' || value.startsWith('{')) return value || undefined;
  const file = resolve(folder, value);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new FreezeError(`${TOKEN_VARIABLE} names the file ${value}, which does not exist.`);
}

/**
 * Whether a token would let a change through; uses nothing up.
 *
 * @throws FreezeError when the repository cannot say what the token is to be held against.
 */
export async function checkToken(token: string, repository: Repository, attempt: Attempt): Promise<TokenVerdict> {
  const { remote, ...rest } = attempt;
  const commit = repository.head();
  const context: TokenContext = {
    ...rest,
    commit,
    changedFiles: repository.changedFiles(),
    approvals: APPROVALS,
    people: await peopleAt(repository, commit),
    spent: (id) => repository.spent(id, remote),
  };
  return judgeToken(token, context);
}

/**
 * Those whose keys stand in a commit: nobody where it has no list.
 *
 * @throws FreezeError when the list makes no sense.
 */
export async function peopleAt(repository: Repository, commit: string): Promise<readonly Person[]> {
  const text = repository.fileAt(commit, PEOPLE_FILE);
  return text === undefined ? [] : parsePeople(text);
}

/**
 * Lets one change through: checks the token and records its use, before anything is changed.
 *
 * @throws FreezeError as checkToken, and when the use cannot be recorded.
 */
async function useToken(token: string, repository: Repository, attempt: Attempt): Promise<TokenVerdict> {
  const verdict = await checkToken(token, repository, attempt);
  if (!verdict.accepted) return verdict;
  const { stack, instant, zone, remote } = attempt;
  const note = `on ${describeInstant(instant, zone)}, for ${stack}`;
  if (repository.spend(verdict.request.id, note, remote)) return verdict;
  return checkToken(token, repository, attempt);
}

/** What an emergency token says to an attempt; `use` uses it up. `undefined` where no token was given. */
export type Emergency = (attempt: Attempt, use: boolean) => Promise<TokenVerdict | undefined>;

/** The token that a variable gives, held against the clone in `folder`. */
export function emergencyFrom(given: string | undefined, folder: string): Emergency {
  return async (attempt, use) => {
    const token = tokenText(given, folder);
    if (token === undefined) return undefined;
    return (use ? useToken : checkToken)(token, new Repository(folder), attempt);
  };
}
