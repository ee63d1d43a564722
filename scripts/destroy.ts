/** `npm run destroy -- STACK`: takes a region down with a real Pulumi CLI, through the Automation API. */
import { changeFreezeAt, describeInstant, regionIdentity, systemClock } from '@wedsync/domain';
import { runStackCommand } from './lib/stack-command.ts';

await runStackCommand({
  name: 'destroy',
  summary: 'Takes a region down: every resource of the stack, its data included.',
  confirm: true,
  // Policies judge what a program asks for; a destroy asks for nothing, so the freeze is looked at here.
  guard: (stack) => {
    const { zone } = regionIdentity(stack);
    const freeze = changeFreezeAt(systemClock.now(), zone);
    if (!freeze.frozen) return;
    throw Object.assign(
      new Error(
        `saturday-freeze: ${stack} cannot be destroyed on a Saturday. Try again after ${describeInstant(freeze.until, zone)}.`,
      ),
      { code: 'FROZEN' },
    );
  },
  run: async (stack, { dryRun, onOutput, signal }) => {
    await stack.destroy({ onOutput, signal, previewOnly: dryRun });
  },
});
