import type { ChangeRequest } from '../../../policy-pack/freeze/request.ts';
import { type Cast, goodToken, requestAt, signedToken } from '../support/emergency.ts';

/** Two emergency tokens that differ in one thing; the mended one is good. */
export interface TokenTwin {
  readonly title: string;
  /** The token that is refused, given what a good one's request says. */
  readonly violating: (cast: Cast, good: ChangeRequest) => Promise<string>;
  readonly says: string;
}

const HOUR = 60 * 60_000;

export const tokenTwins: readonly TokenTwin[] = [
  {
    title: 'that is expired',
    violating: (cast, good) => {
      const { requestedAt, expiresAt } = requestAt(Date.now() - HOUR);
      return goodToken(cast, { ...good, requestedAt, expiresAt });
    },
    says: 'It expired on ',
  },
  {
    title: 'that holds for more than an hour',
    violating: (cast, good) =>
      goodToken(cast, { ...good, expiresAt: new Date(Date.parse(good.requestedAt) + HOUR + 1).toISOString() }),
    says: 'the longest time allowed is 60 minutes',
  },
  {
    title: 'that was made for later',
    violating: (cast, good) => {
      const { requestedAt, expiresAt } = requestAt(Date.now() + HOUR);
      return goodToken(cast, { ...good, requestedAt, expiresAt });
    },
    says: 'It does not hold before ',
  },
  {
    title: 'that one person approved',
    violating: ({ requester, first }, good) =>
      signedToken(good, [
        ['requester', requester],
        ['approver', first],
      ]),
    says: 'Only the first approver approved it.',
  },
  {
    title: 'that one person approved twice',
    violating: ({ requester, first }, good) =>
      signedToken(good, [
        ['requester', requester],
        ['approver', first],
        ['approver', first],
      ]),
    says: 'Only the first approver approved it.',
  },
  {
    title: 'that nobody approved',
    violating: ({ requester }, good) => signedToken(good, [['requester', requester]]),
    says: 'Nobody has approved it.',
  },
  {
    title: 'that its requester approved',
    violating: ({ requester, first }, good) =>
      signedToken(good, [
        ['requester', requester],
        ['approver', first],
        ['approver', requester],
      ]),
    says: 'the requester asked for it and approved it too.',
  },
  {
    title: 'whose requester did not sign it',
    violating: ({ first, second }, good) =>
      signedToken(good, [
        ['approver', first],
        ['approver', second],
      ]),
    says: 'who did not sign it as its requester',
  },
  {
    title: 'that is asked for in the name of another',
    violating: ({ requester, first, second }, good) =>
      signedToken({ ...good, requester: 'the second approver' }, [
        ['requester', requester],
        ['approver', first],
        ['approver', second],
      ]),
    says: 'It is asked for in the name of the second approver, who did not sign it',
  },
  {
    title: 'that a key approved which nobody knows',
    violating: ({ requester, first, stranger }, good) =>
      signedToken(good, [
        ['requester', requester],
        ['approver', first],
        ['approver', stranger],
      ]),
    says: "which is nobody's in config/approvers.json of the commit",
  },
  {
    title: 'for another stack',
    violating: (cast, good) => goodToken(cast, { ...good, stack: 'eu-west' }),
    says: 'It is for the stack eu-west, not for uk-south.',
  },
  {
    title: 'for another commit',
    violating: (cast, good) => goodToken(cast, { ...good, commit: 'd'.repeat(40) }),
    says: 'It is for the commit dddddddddddd, and ',
  },
  {
    title: 'that was altered after it was signed',
    violating: async (cast, good) => {
      const token = JSON.parse(await goodToken(cast, good)) as { payload: string };
      const request = { ...good, reason: 'Something else' };
      return JSON.stringify({ ...token, payload: Buffer.from(JSON.stringify(request)).toString('base64url') });
    },
    says: 'does not fit it: it was altered after it was signed',
  },
  {
    title: 'that is none',
    violating: async () => '{"payload":"e30"}',
    says: 'That is no emergency token.',
  },
];
