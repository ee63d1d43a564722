/**
 * The emergency token: a request under the signatures of its requester and its approvers, as a JSON Web Signature with several
 * signatures (RFC 7515, general serialization). All sign the same bytes; a signature's protected header says in which role.
 */
import { decodeProtectedHeader, FlattenedSign, flattenedVerify, importJWK } from 'jose';
import { FreezeError } from './freeze-error.ts';
import { keyIdOf, type PrivateKey } from './keys.ts';
import type { Person } from './people.ts';
import { type ChangeRequest, parseRequest } from './request.ts';

const TYPE = 'wedsync-freeze+json';
const ALGORITHM = 'EdDSA';

export const ROLES = ['requester', 'approver'] as const;
export type Role = (typeof ROLES)[number];

interface Signature {
  readonly protected: string;
  readonly signature: string;
}

/** A request with the signatures that it has so far. */
export interface Token {
  readonly payload: string;
  readonly signatures: readonly Signature[];
}

/** A signature that holds. */
export interface Signed {
  readonly person: Person;
  readonly role: Role;
}

/** A request that nobody has signed yet. */
export function tokenOf(request: ChangeRequest): Token {
  return { payload: Buffer.from(JSON.stringify(request)).toString('base64url'), signatures: [] };
}

/** The token with one signature more. */
export async function sign(token: Token, role: Role, key: PrivateKey): Promise<Token> {
  const jws = await new FlattenedSign(Buffer.from(token.payload, 'base64url'))
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: await keyIdOf(key), role })
    .sign(await importJWK({ ...key }, ALGORITHM));
  return {
    payload: token.payload,
    signatures: [...token.signatures, { protected: jws.protected ?? '', signature: jws.signature }],
  };
}

/**
 * Reads a token's text.
 *
 * @throws FreezeError with a sentence on what is wrong with it.
 */
export function parseToken(text: string): Token {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FreezeError('It is no JSON.');
  }
  const { payload, signatures } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof payload !== 'string' || !Array.isArray(signatures) || !signatures.every(isSignature))
    throw new FreezeError('It has no request, or no list of signatures.');
  return {
    payload,
    signatures: signatures.map(({ protected: header, signature }) => ({ protected: header, signature })),
  };
}

/** The token as one line, for a file or the environment. */
export function formatToken({ payload, signatures }: Token): string {
  return JSON.stringify({ payload, signatures });
}

/**
 * What a token asks for; whether that was signed is another question.
 *
 * @throws FreezeError with a sentence on what is wrong with it.
 */
export function requestOf({ payload }: Token): ChangeRequest {
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FreezeError('Its request is no JSON.');
  }
  return parseRequest(value);
}

/**
 * Who signed the token. All signatures must hold: one that does not says that somebody tampered with it.
 *
 * @throws SignatureError saying which one does not hold, and why.
 */
export async function signaturesOf({ payload, signatures }: Token, people: readonly Person[]): Promise<Signed[]> {
  return Promise.all(
    signatures.map(async (signature) => {
      const { kid } = headerOf(signature);
      const person = people.find(({ keyId }) => keyId === kid);
      if (person === undefined) throw new SignatureError('unknown-key', String(kid));
      const { protectedHeader } = await flattenedVerify(
        { payload, ...signature },
        await importJWK({ ...person.key }, ALGORITHM),
        { algorithms: [ALGORITHM] },
      ).catch(() => {
        throw new SignatureError('altered', person.name);
      });
      const role = ROLES.find((each) => each === protectedHeader?.['role']);
      if (role === undefined || protectedHeader?.typ !== TYPE) throw new SignatureError('other-use', person.name);
      return { person, role };
    }),
  );
}

/** A signature that does not hold; `who` is its key's id, or the person whose key that is. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly reason: 'unknown-key' | 'altered' | 'other-use';
  readonly who: string;

  constructor(reason: SignatureError['reason'], who: string) {
    super(`${reason}: ${who}`);
    this.reason = reason;
    this.who = who;
  }
}

function isSignature(value: unknown): value is Signature {
  const { protected: header, signature } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  return typeof header === 'string' && typeof signature === 'string';
}

function headerOf(signature: Signature): { readonly kid?: string } {
  try {
    return decodeProtectedHeader(signature);
  } catch {
    return {};
  }
}
