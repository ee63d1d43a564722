import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { FreezeError } from './freeze-error.ts';

/** Where used tokens are recorded: a ref for each, which points at a note of its use. */
const SPENT = 'refs/wedsync/spent-tokens';
/** What git calls a ref that does not exist. */
const NO_OBJECT = '0'.repeat(40);
const TIMEOUT = 30_000;

/** The clone from which a stack is deployed: its commit, and the tokens that were used from it. */
export class Repository {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The hash of the commit that is checked out. */
  head(): string {
    return this.#git(['rev-parse', '--verify', 'HEAD^{commit}']);
  }

  /** The first line of what a commit says of itself; `undefined` where this clone does not have the commit. */
  subjectOf(commit: string): string | undefined {
    if (this.#git(['rev-list', '--no-walk', '--ignore-missing', commit]) === '') return undefined;
    return this.#git(['log', '-1', '--format=%s', commit]);
  }

  /** Paths that differ from that commit, files that git does not know included (those that it ignores are not). */
  changedFiles(): string[] {
    const lines = this.#git(
      ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=normal', '.'],
      '',
      (text) => text,
    );
    return lines
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.slice('XY '.length));
  }

  /** A file as it is in a commit; `undefined` where the commit has none of that name. */
  fileAt(commit: string, path: string): string | undefined {
    if (this.#git(['ls-tree', '--name-only', commit, '--', path]) === '') return undefined;
    return this.#git(['cat-file', 'blob', `${commit}:./${path}`], '', (text) => text);
  }

  /** The note of a token's use here, or at a remote if one is named; `undefined` if there is none. */
  spent(id: string, remote = ''): string | undefined {
    const ref = `${SPENT}/${id}`;
    if (this.#git(['for-each-ref', '--format=%(refname)', ref]) !== '')
      return this.#git(['cat-file', 'blob', ref]).split('\n')[0];
    if (remote === '') return undefined;
    return this.#git(['ls-remote', remote, ref]) === '' ? undefined : `recorded at ${remote}`;
  }

  /**
   * Records a token's use, unless it is recorded already: git makes a ref in one step, here as at a remote. False if somebody
   * else was faster.
   *
   * @param note one line on the use, for whoever tries the token again
   * @param remote where the record has to be accepted too; only this clone knows of it if empty
   * @throws FreezeError with git's words when a record cannot be made.
   */
  spend(id: string, note: string, remote = ''): boolean {
    const ref = `${SPENT}/${id}`;
    const object = this.#git(['hash-object', '-w', '--stdin'], `${note}\n${randomUUID()}\n`);
    // The remote first: a token that it could not record has not been used.
    return (remote === '' || this.#pushed(ref, object, remote)) && this.#made(ref, object);
  }

  #pushed(ref: string, object: string, remote: string): boolean {
    try {
      this.#git(['push', '--quiet', '--no-verify', `--force-with-lease=${ref}:`, remote, `${object}:${ref}`]);
      return true;
    } catch (error) {
      if (this.#git(['ls-remote', remote, ref]) !== '') return false;
      throw error;
    }
  }

  #made(ref: string, object: string): boolean {
    try {
      this.#git(['update-ref', ref, object, NO_OBJECT]);
      return true;
    } catch (error) {
      if (this.#git(['for-each-ref', '--format=%(refname)', ref]) !== '') return false;
      throw error;
    }
  }

  #git(args: readonly string[], input = '', trim = (text: string) => text.trim()): string {
    // Variables such as GIT_DIR would point at another repository than the one from which is deployed.
    const own = Object.entries(process.env).filter(([name]) => !/^GIT_(?!SSH)/.test(name));
    try {
      const output = execFileSync('git', ['--no-replace-objects', '-C', this.#folder, ...args], {
        input,
        env: { ...Object.fromEntries(own), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
        encoding: 'utf8',
        timeout: TIMEOUT,
        maxBuffer: 64 * 2 ** 20,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      return trim(output);
    } catch (error) {
      const { stderr, message } = error as Error & { readonly stderr?: string };
      const words = (stderr?.trim() || message).split('\n').at(-1) ?? '';
      throw new FreezeError(`git ${args[0] ?? ''}: ${words}`, { cause: error });
    }
  }
}
