import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describeInstant } from '@wedsync/domain';
import { checkToken, peopleAt } from '../../../policy-pack/freeze/emergency.ts';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { keyIdOf, type PrivateKey } from '../../../policy-pack/freeze/keys.ts';
import { PEOPLE_FILE, type Person, samePerson } from '../../../policy-pack/freeze/people.ts';
import { freezeZone } from '../../../policy-pack/freeze/plan.ts';
import { Repository } from '../../../policy-pack/freeze/repository.ts';
import type { ChangeRequest } from '../../../policy-pack/freeze/request.ts';
import {
  formatToken,
  parseToken,
  requestOf,
  sign,
  signaturesOf,
  type Token,
  tokenOf,
} from '../../../policy-pack/freeze/token.ts';
import { judgeToken, type TokenVerdict } from '../../../policy-pack/freeze/verdict.ts';
import { readKeyFile } from './key-file.ts';
import { type FreezeCommand, minutes, required, stackNamed } from './options.ts';
import { freezeSettings } from './settings-file.ts';

/** A token's file, and what it asks for. */
export interface TokenFile {
  readonly file: string;
  readonly request: ChangeRequest;
}

/** Makes a request and signs it as its requester. */
export async function makeRequest({ subject, options, repository, keyFile }: FreezeCommand): Promise<TokenFile> {
  const stack = stackNamed(required(subject, 'request STACK --reason TEXT'));
  const reason = required(options.reason, 'request STACK --reason TEXT');
  const validity = minutes(options.minutes) * 60_000;
  const clone = new Repository(repository);
  const commit = clone.head();
  const changed = clone.changedFiles();
  if (changed.length > 0)
    throw new FreezeError(
      `The working tree differs from the commit that would be asked for (${changed[0]}). Commit the changes, or take them back.`,
    );
  const key = readKeyFile(keyFile);
  const { name } = await ownerOf(key, clone, commit);
  const now = Date.now();
  const request: ChangeRequest = {
    id: randomUUID(),
    requester: name,
    reason,
    stack,
    commit,
    requestedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + validity).toISOString(),
  };
  const file = resolve(options.out ?? join(repository, '.wedsync', 'freeze', `${request.id}.json`));
  mkdirSync(dirname(file), { recursive: true });
  write(file, await sign(tokenOf(request), 'requester', key), 'wx');
  return { file, request };
}

/** Reads a token's file. */
export function readToken({ subject }: FreezeCommand, form: string): TokenFile & { readonly token: Token } {
  const file = resolve(required(subject, form));
  try {
    const token = parseToken(readFileSync(file, 'utf8'));
    return { file, token, request: requestOf(token) };
  } catch (error) {
    throw new FreezeError(`${file} holds no emergency token. ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Signs another person's request, if nothing but approvals is missing. Gives back who approved it by now.
 *
 * @param shown the token that the approver looked at: others may have signed it since, but its file must hold no other request
 */
export async function approve(
  command: FreezeCommand,
  shown: Token,
): Promise<TokenFile & { readonly approvers: readonly string[] }> {
  const { file, token, request } = readToken(command, 'approve TOKEN');
  if (token.payload !== shown.payload)
    throw new FreezeError(`${file} holds another request than the one that you looked at. Nothing was approved.`);
  const { stack, commit, requester } = request;
  const clone = new Repository(command.repository);
  const key = readKeyFile(command.keyFile);
  subjectOf(request, clone);
  const { name } = await ownerOf(key, clone, commit);
  if (samePerson(name, requester))
    throw new FreezeError(`${name} asked for this change. Somebody else has to approve it.`);
  const people = await peopleAt(clone, commit);
  const signed = await sign(token, 'approver', key);
  const verdict = await judgeToken(formatToken(signed), {
    stack,
    commit,
    changedFiles: [],
    approvals: 1,
    people,
    instant: Date.now(),
    zone: freezeZone(stack),
    spent: (id) => clone.spent(id),
  });
  if (!verdict.accepted) throw new FreezeError(`Not approved. ${verdict.problem} ${verdict.fix}`);
  const before = await signaturesOf(token, people);
  if (before.some(({ role, person }) => role === 'approver' && samePerson(person.name, name)))
    throw new FreezeError(`${name} has approved this already. Somebody else has to, too.`);
  write(file, signed);
  return { file, request, approvers: verdict.approvers };
}

/**
 * What the commit of a request says of itself.
 *
 * @throws FreezeError where this clone does not have it: nobody approves what he cannot look at.
 */
export function subjectOf({ commit }: ChangeRequest, clone: Repository): string {
  const subject = clone.subjectOf(commit);
  if (subject !== undefined) return subject;
  throw new FreezeError(`The commit ${commit} is not in this clone. Fetch it and look at it before you approve it.`);
}

/** What a token is worth now, from this clone. */
export async function check(command: FreezeCommand): Promise<TokenFile & { readonly verdict: TokenVerdict }> {
  const { file, token, request } = readToken(command, 'check TOKEN');
  const { stack } = request;
  const settings = freezeSettings(stack, command.repository);
  const zone = freezeZone(stack, settings);
  const attempt = { stack, instant: Date.now(), zone, remote: settings.tokenRemote ?? '' };
  const verdict = await checkToken(formatToken(token), new Repository(command.repository), attempt);
  return { file, request, verdict };
}

/** A request as its approver reads it. */
export function describeRequest(request: ChangeRequest, clone: Repository): string {
  const { requester, reason, stack, commit, requestedAt, expiresAt } = request;
  const say = (instant: string) => describeInstant(Date.parse(instant), freezeZone(stack));
  return [
    `${requester} asks to change ${stack} in spite of the freeze.`,
    `  reason   ${reason}`,
    `  commit   ${commit} (${subjectOf(request, clone)})`,
    `  asked    ${say(requestedAt)}`,
    `  expires  ${say(expiresAt)}`,
    '',
  ].join('\n');
}

async function ownerOf(key: PrivateKey, clone: Repository, commit: string): Promise<Person> {
  const people = await peopleAt(clone, commit);
  const keyId = await keyIdOf(key);
  const owner = people.find((person) => person.keyId === keyId);
  if (owner) return owner;
  throw new FreezeError(
    `This key is nobody's in ${PEOPLE_FILE} of the commit. Have its public half added there and merged; keygen printed it.`,
  );
}

function write(file: string, token: Token, flag = 'w'): void {
  try {
    writeFileSync(file, `${formatToken(token)}\n`, { flag });
  } catch (error) {
    throw new FreezeError(`The token cannot be written to ${file}: ${(error as Error).message}`, { cause: error });
  }
}
