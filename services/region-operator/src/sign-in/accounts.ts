import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hashOfToken } from '../contract.ts';
import { type Role, ROLES } from '../wire.ts';
import { isSecret, isSecretHash, type SecretHash } from './secrets.ts';

/** Somebody who may sign in. */
export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly hash: SecretHash;
}

/** The accounts file says something that cannot be meant. */
export class AccountsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccountsError';
  }
}

const NAME = /^[\p{L}\p{N}._@-]{1,64}$/u;
/** Checked where there is no such account, so that the time does not tell; nothing hashes to it. */
const NOBODY: SecretHash = `scrypt:131072:8:1:${'A'.repeat(22)}:${'A'.repeat(43)}`;

/** Who may sign in, as a file says: a line each of name, role and hash; empty lines and those that begin with # say nothing. */
export class Accounts {
  readonly #byName: ReadonlyMap<string, Account>;

  private constructor(accounts: ReadonlyMap<string, Account>) {
    this.#byName = accounts;
  }

  /** @throws AccountsError naming the line that is wrong. */
  static parse(text: string, file: string): Accounts {
    const found = new Map<string, Account>();
    for (const [index, line] of text.split('\n').entries()) {
      if (/^\s*(#.*)?$/.test(line)) continue;
      const [name = '', role = '', hash = '', ...more] = line.trim().split(/\s+/);
      const wrong = (what: string) => new AccountsError(`${file}, line ${index + 1}: ${what}`);
      if (!NAME.test(name)) throw wrong('a name has 1 to 64 letters, digits and . _ @ -.');
      if (found.has(name)) throw wrong(`${name} is there twice.`);
      if (!isRole(role)) throw wrong(`the role of ${name} is "${role}"; it must be one of ${ROLES.join(', ')}.`);
      if (more.length > 0 || !isSecretHash(hash))
        throw wrong(`the secret of ${name} is not hashed as scrypt:N:r:p:SALT:HASH or sha256:HEX.`);
      found.set(name, { name, role, hash });
    }
    if (found.size === 0) throw new AccountsError(`${file} has no account: nobody could sign in.`);
    return new Accounts(found);
  }

  /** @throws AccountsError, and what reading a file throws. */
  static read(file: string): Accounts {
    return Accounts.parse(readFileSync(file, 'utf8'), file);
  }

  find(name: string): Account | undefined {
    return this.#byName.get(name);
  }

  /** The account of this name and secret; `undefined` for a wrong one of either, without showing by the time which. */
  async admit(name: string, secret: string): Promise<Account | undefined> {
    const account = this.#byName.get(name);
    const right = await isSecret(secret, account?.hash ?? this.#decoy);
    return right ? account : undefined;
  }

  /** Of the kind that most accounts have: where all are tokens, a slow check would show that there is no such account. */
  get #decoy(): SecretHash {
    const slow = [...this.#byName.values()].some(({ hash }) => hash.startsWith('scrypt:'));
    return slow ? NOBODY : hashOfToken('');
  }
}

/** Changes with an account's secret, so that a new one ends the sessions of the old. Shows nothing of the hash. */
export function versionOf({ hash }: Account): string {
  return createHash('sha256').update(`session ${hash}`).digest('base64url').slice(0, 16);
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
