import { type ChangeFreeze, changeFreezeAt, describeInstant, type TimeZone } from '@wedsync/domain';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { bookingsIn, freezePlan, freezeZone } from '../../../policy-pack/freeze/plan.ts';
import { whyFrozen } from '../../../policy-pack/freeze/words.ts';
import { freezeSettings } from './settings-file.ts';

/** Whether a stack is frozen at an instant (epoch milliseconds), by what the repository in `folder` says of it. */
export function freezeAt(stack: string, instant: number, folder: string): ChangeFreeze & { readonly zone: TimeZone } {
  const settings = freezeSettings(stack, folder);
  const zone = freezeZone(stack, settings);
  return { zone, ...changeFreezeAt(instant, zone, freezePlan(bookingsIn(folder)(stack), settings)) };
}

/** @throws FreezeError when the stack is frozen at the instant: `verb` is what cannot be done to it. */
export function assertNotFrozen(stack: string, verb: string, instant: number, folder: string): void {
  const freeze = freezeAt(stack, instant, folder);
  if (!freeze.frozen) return;
  const { zone } = freeze;
  throw new FreezeError(
    `saturday-freeze: ${stack} cannot be ${verb} now. ${whyFrozen(freeze.day, freeze, instant, zone)} Try again after ` +
      `${describeInstant(freeze.until, zone)}.`,
  );
}
