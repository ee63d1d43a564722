import { randomUUID } from 'node:crypto';
import { generatePrivateKey, keyIdOf, type PrivateKey, publicHalf } from '../../../policy-pack/freeze/keys.ts';
import type { Person } from '../../../policy-pack/freeze/people.ts';
import type { ChangeRequest } from '../../../policy-pack/freeze/request.ts';
import { formatToken, type Role, sign, tokenOf } from '../../../policy-pack/freeze/token.ts';

/** Somebody with a key. */
export interface KeyHolder {
  readonly person: Person;
  readonly key: PrivateKey;
}

export async function keyHolder(name: string): Promise<KeyHolder> {
  const key = await generatePrivateKey();
  return { key, person: { name, key: publicHalf(key), keyId: await keyIdOf(key) } };
}

/** Those of an emergency: all but the stranger are in the repository. */
export interface Cast {
  readonly requester: KeyHolder;
  readonly first: KeyHolder;
  readonly second: KeyHolder;
  readonly stranger: KeyHolder;
}

export async function castOf(): Promise<Cast> {
  const [requester, first, second, stranger] = await Promise.all(
    (['the requester', 'the first approver', 'the second approver', 'a stranger'] as const).map(keyHolder),
  );
  if (!requester || !first || !second || !stranger) throw new Error('Somebody is missing.');
  return { requester, first, second, stranger };
}

/** `config/approvers.json` with all but the stranger. */
export function peopleFile({ requester, first, second }: Cast): string {
  const approvers = [requester, first, second].map(({ person: { name, key } }) => ({ name, added: '2026-01-01', key }));
  return `${JSON.stringify({ approvers }, undefined, 2)}\n`;
}

/** A request that was made a minute before `instant` (epoch milliseconds). */
export function requestAt(instant: number, changes: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    id: randomUUID(),
    requester: 'the requester',
    reason: 'Vendors get wrong answers',
    stack: 'uk-south',
    commit: 'c'.repeat(40),
    requestedAt: new Date(instant - 60_000).toISOString(),
    expiresAt: new Date(instant + 29 * 60_000).toISOString(),
    ...changes,
  };
}

/** The token of a request under the given signatures. */
export async function signedToken(
  request: ChangeRequest,
  signers: readonly (readonly [Role, KeyHolder])[],
): Promise<string> {
  let token = tokenOf(request);
  for (const [role, { key }] of signers) token = await sign(token, role, key);
  return formatToken(token);
}

/** The token of a request that its requester and two approvers signed. */
export function goodToken({ requester, first, second }: Cast, request: ChangeRequest): Promise<string> {
  return signedToken(request, [
    ['requester', requester],
    ['approver', first],
    ['approver', second],
  ]);
}
