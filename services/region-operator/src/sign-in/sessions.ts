import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from '@wedsync/domain';
import { SERVICE_NAME } from '../contract.ts';
import { type Account, type Accounts, versionOf } from './accounts.ts';

/** Milliseconds that a session lasts: a shift. */
const LASTS = 12 * 3_600_000;
const ALGORITHM = 'HS256';
/** Fewer characters could be guessed. */
export const LEAST_KEY_LENGTH = 32;

/** Who is signed in, and until when (epoch milliseconds). */
export interface SignedIn {
  readonly account: Account;
  readonly expiresAt: number;
}

/** Sessions that are kept by whoever has them: signed, so that every replica knows them and none can be made up. */
export class Sessions {
  readonly #key: Uint8Array;
  readonly #clock: Clock;
  readonly #accounts: () => Accounts;

  /** @throws Error when the key is too short. */
  constructor(key: string, accounts: () => Accounts, clock: Clock) {
    if (key.length < LEAST_KEY_LENGTH)
      throw new Error(`The session key has ${key.length} characters; it needs ${LEAST_KEY_LENGTH} at least.`);
    this.#key = new TextEncoder().encode(key);
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** A new session as a token. */
  async begin(account: Account): Promise<{ readonly token: string } & SignedIn> {
    const issued = Math.floor(this.#clock.now() / 1000);
    const expires = issued + LASTS / 1000;
    const token = await new SignJWT({ version: versionOf(account) })
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(account.name)
      .setIssuer(SERVICE_NAME)
      .setIssuedAt(issued)
      .setExpirationTime(expires)
      .sign(this.#key);
    return { token, account, expiresAt: expires * 1000 };
  }

  /** Who holds `token`; `undefined` when it is none of ours, is over, or the account is gone or has another secret. The role is that of now. */
  async read(token: string): Promise<SignedIn | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        issuer: SERVICE_NAME,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(this.#clock.now()),
      });
      const account = this.#accounts().find(payload.sub ?? '');
      if (account === undefined || payload['version'] !== versionOf(account)) return undefined;
      return { account, expiresAt: (payload.exp ?? 0) * 1000 };
    } catch {
      return undefined;
    }
  }
}
