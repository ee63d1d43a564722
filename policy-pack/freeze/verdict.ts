import { describeInstant, type TimeZone } from '@wedsync/domain';
import { PEOPLE_FILE, type Person, samePerson } from './people.ts';
import type { ChangeRequest } from './request.ts';
import { parseToken, requestOf, SignatureError, type Signed, signaturesOf, type Token } from './token.ts';

/** How many people beside its requester have to approve a change. */
export const APPROVALS = 2;
/** By how much the clocks of two machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** What a token is held against. */
export interface TokenContext {
  readonly stack: string;
  /** The commit that is checked out. */
  readonly commit: string;
  /** Files that differ from that commit, if any. */
  readonly changedFiles: readonly string[];
  /** How many have to have approved. */
  readonly approvals: number;
  /** Those whose keys stand in that commit. */
  readonly people: readonly Person[];
  /** Epoch milliseconds. */
  readonly instant: number;
  readonly zone: TimeZone;
  /** When and where a token was used; `undefined` for one that was not. */
  readonly spent: (id: string) => string | undefined;
}

/** What comes of a token. A refusal says what the token is, what is wrong with it and what to do, a sentence each. */
export type TokenVerdict =
  | { readonly accepted: true; readonly request: ChangeRequest; readonly approvers: readonly string[] }
  | { readonly accepted: false; readonly value: string; readonly problem: string; readonly fix: string };

/** Judges a token's text. Pure: what it is given decides what it says. */
export async function judgeToken(text: string, context: TokenContext): Promise<TokenVerdict> {
  const { stack, people } = context;
  let token: Token;
  let request: ChangeRequest;
  try {
    token = parseToken(text);
    request = requestOf(token);
  } catch (error) {
    return refusal('unreadable', `That is no emergency token. ${(error as Error).message}`, newRequest(stack));
  }
  const refuse = (problem: string, fix: string) =>
    refusal(`that of ${request.requester} (${request.id})`, problem, fix);
  let signed: readonly Signed[];
  try {
    signed = await signaturesOf(token, people);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    return refuse(...wordsFor(error, stack));
  }
  const wrong = wrongSigners(request, signed, context) ?? wrongPurpose(request, context) ?? wrongTime(request, context);
  if (wrong !== undefined) return refuse(...wrong);
  return { accepted: true, request, approvers: approversOf(signed) };
}

/** A problem and its fix. */
type Words = readonly [problem: string, fix: string];

function refusal(value: string, problem: string, fix: string): TokenVerdict {
  return { accepted: false, value, problem, fix };
}

function newRequest(stack: string): string {
  return `Ask for another one: npm run freeze -- request ${stack}.`;
}

function wordsFor({ reason, who }: SignatureError, stack: string): Words {
  switch (reason) {
    case 'unknown-key':
      return [
        `It is signed with the key ${who}, which is nobody's in ${PEOPLE_FILE} of the commit.`,
        'Have it signed by people whose keys stand there.',
      ];
    case 'altered':
      return [`The signature of ${who} does not fit it: it was altered after it was signed.`, newRequest(stack)];
    case 'other-use':
      return [`The signature of ${who} was made for something else.`, newRequest(stack)];
  }
}

function wrongSigners(
  { requester }: ChangeRequest,
  signed: readonly Signed[],
  { approvals }: TokenContext,
): Words | undefined {
  const asked = signed.some(({ role, person }) => role === 'requester' && samePerson(person.name, requester));
  if (!asked || signed.filter(({ role }) => role === 'requester').length > 1)
    return [
      `It is asked for in the name of ${requester}, who did not sign it as its requester.`,
      'A request is signed with the key of the person who makes it.',
    ];
  const approvers = approversOf(signed);
  if (approvers.some((name) => samePerson(name, requester)))
    return [
      `${requester} asked for it and approved it too.`,
      `${approvals} other people have to approve it: npm run freeze -- approve.`,
    ];
  if (approvers.length >= approvals) return undefined;
  const so = approvers.length === 0 ? 'Nobody has approved it.' : `Only ${approvers.join(' and ')} approved it.`;
  return [so, `${approvals} people other than ${requester} have to: npm run freeze -- approve.`];
}

/** Each person once, however often and with however many keys. */
function approversOf(signed: readonly Signed[]): string[] {
  const names = signed.filter(({ role }) => role === 'approver').map(({ person }) => person.name);
  return names.filter((name, index) => names.findIndex((other) => samePerson(other, name)) === index);
}

function wrongPurpose(request: ChangeRequest, { stack, commit, changedFiles }: TokenContext): Words | undefined {
  if (request.stack !== stack) return [`It is for the stack ${request.stack}, not for ${stack}.`, newRequest(stack)];
  if (request.commit !== commit)
    return [
      `It is for the commit ${short(request.commit)}, and ${short(commit)} is checked out.`,
      `Check out ${short(request.commit)}, or ask for a token for this one: npm run freeze -- request ${stack}.`,
    ];
  if (changedFiles.length === 0) return undefined;
  return [
    `It is for the commit ${short(commit)}, from which the working tree differs (${shown(changedFiles)}).`,
    'Commit the changes and ask for a token for that commit, or take them back.',
  ];
}

function wrongTime(request: ChangeRequest, { stack, instant, zone, spent }: TokenContext): Words | undefined {
  const { id, requestedAt, expiresAt } = request;
  const say = (text: string) => describeInstant(Date.parse(text), zone);
  if (instant >= Date.parse(expiresAt)) return [`It expired on ${say(expiresAt)}.`, newRequest(stack)];
  if (instant < Date.parse(requestedAt) - CLOCK_TOLERANCE)
    return [
      `It does not hold before ${say(requestedAt)}.`,
      'A token is asked for when it is needed; check the clocks of both machines.',
    ];
  const use = spent(id);
  return use === undefined ? undefined : [`It was used before: ${use}. A token holds once.`, newRequest(stack)];
}

function short(commit: string): string {
  return commit.slice(0, 12);
}

const FILES_SHOWN = 3;

function shown(files: readonly string[]): string {
  const more = files.length - FILES_SHOWN;
  return `${files.slice(0, FILES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
