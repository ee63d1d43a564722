import { type ChangeFreeze, changeFreezeAt, describeInstant } from '@wedsync/domain';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { bookingsIn, freezePlan, freezeZone } from '../../../policy-pack/freeze/plan.ts';
import { whyFrozen } from '../../../policy-pack/freeze/words.ts';

/** Whether a stack is frozen at an instant (epoch milliseconds), by its zone and the calendars of the repository in `folder`. */
export function freezeAt(stack: string, instant: number, folder: string): ChangeFreeze {
  return changeFreezeAt(instant, freezeZone(stack), freezePlan(bookingsIn(folder)(stack)));
}

/** @throws FreezeError when the stack is frozen at the instant: `verb` is what cannot be done to it. */
export function assertNotFrozen(stack: string, verb: string, instant: number, folder: string): void {
  const freeze = freezeAt(stack, instant, folder);
  if (!freeze.frozen) return;
  const zone = freezeZone(stack);
  throw new FreezeError(
    `saturday-freeze: ${stack} cannot be ${verb} now. ${whyFrozen(freeze.day, freeze, instant, zone)} Try again after ` +
      `${describeInstant(freeze.until, zone)}.`,
  );
}
