import { describeInstant, systemClock } from '@wedsync/domain';
import { tokenText } from '../../../policy-pack/freeze/emergency.ts';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { freezeZone } from '../../../policy-pack/freeze/plan.ts';
import { parseToken, requestOf } from '../../../policy-pack/freeze/token.ts';
import { freezeAt } from './now.ts';

/** What is looked at of an update that the stack has behind it. */
export interface PastUpdate {
  readonly message: string;
  readonly startTime: Date;
}

/**
 * The message under which an update goes into the history of its stack, if an emergency token lets it through a freeze: the
 * backend then knows of the token's use, whichever clone the next update comes from.
 *
 * @param instant when the update begins, in epoch milliseconds
 * @throws FreezeError when the token cannot be read.
 */
export function messageOfUpdate(
  stack: string,
  given: string | undefined,
  folder: string,
  instant: number = systemClock.now(),
): string | undefined {
  const text = tokenText(given, folder);
  if (text === undefined || !freezeAt(stack, instant, folder).frozen) return undefined;
  try {
    const { id, requester, reason } = requestOf(parseToken(text));
    return `Emergency token ${id} of ${requester}: ${reason}`;
  } catch (error) {
    throw new FreezeError(`That is no emergency token. ${(error as Error).message}`, { cause: error });
  }
}

/** @throws FreezeError when an update of the stack has had the same message. */
export function assertFirstUse(message: string, history: readonly PastUpdate[], stack: string): void {
  const past = history.find((update) => update.message === message);
  if (past === undefined) return;
  const when = describeInstant(past.startTime.getTime(), freezeZone(stack));
  throw new FreezeError(
    `saturday-freeze: the emergency token was used before, by the update of ${when}. A token holds once. Ask for another one: ` +
      `npm run freeze -- request ${stack}.`,
  );
}
