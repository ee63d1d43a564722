import { isCalendarDate } from '@wedsync/domain';
import { FreezeError } from './freeze-error.ts';
import { isKeyHalf, keyIdOf, type PublicKey } from './keys.ts';

/** Where the repository keeps the keys of those who may ask for an emergency change and approve one. */
export const PEOPLE_FILE = 'config/approvers.json';

/** Somebody who may ask for an emergency change, and approve the change of another. */
export interface Person {
  readonly name: string;
  readonly key: PublicKey;
  /** The key's thumbprint (RFC 7638), which stands in each signature. */
  readonly keyId: string;
}

/** Whether two names are those of one person: spaces and capitals do not make another one. */
export function samePerson(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(one) === plain(other);
}

/**
 * Reads the repository's list. A person may have several keys, a key has one person.
 *
 * @throws FreezeError naming the entry and what is wrong with it.
 */
export async function parsePeople(text: string): Promise<readonly Person[]> {
  const entries = entriesOf(text);
  const people = await Promise.all(entries.map(personOf));
  for (const { name, keyId } of people) {
    const other = people.find((person) => person.keyId === keyId && !samePerson(person.name, name));
    if (other) throw new FreezeError(`${PEOPLE_FILE} has one key for two people, ${name} and ${other.name}.`);
  }
  return people;
}

function entriesOf(text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FreezeError(`${PEOPLE_FILE} is no JSON (${(error as Error).message}).`, { cause: error });
  }
  const { approvers } = (typeof value === 'object' && value !== null ? value : {}) as { approvers?: unknown };
  if (Array.isArray(approvers)) return approvers;
  throw new FreezeError(`${PEOPLE_FILE} has no list "approvers".`);
}

async function personOf(entry: unknown, index: number): Promise<Person> {
  const { name, added, key } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const where = `${PEOPLE_FILE}, approvers[${index}]`;
  if (typeof name !== 'string' || name.trim() === '') throw new FreezeError(`${where} has no name.`);
  if (typeof added !== 'string' || !isCalendarDate(added))
    throw new FreezeError(`${where} (${name}) does not say when it was added, as a date such as 2027-01-31.`);
  const { kty, crv, x, d } = (typeof key === 'object' && key !== null ? key : {}) as Record<string, unknown>;
  if (d !== undefined)
    throw new FreezeError(`${where} (${name}) holds a private key. It is private no more: make another one.`);
  if (kty !== 'OKP' || crv !== 'Ed25519' || !isKeyHalf(x))
    throw new FreezeError(`${where} (${name}) has no public Ed25519 key as npm run freeze -- keygen prints it.`);
  const publicKey: PublicKey = { kty, crv, x };
  return { name, key: publicKey, keyId: await keyIdOf(publicKey) };
}
