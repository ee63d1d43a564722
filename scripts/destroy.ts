/** `npm run destroy -- STACK`: takes a region down with a real Pulumi CLI, through the Automation API. */
import { systemClock } from '@wedsync/domain';
import { assertNotFrozen } from './lib/freeze/now.ts';
import { ROOT } from './lib/root.ts';
import { runStackCommand } from './lib/stack-command.ts';

await runStackCommand({
  name: 'destroy',
  summary: 'Takes a region down: every resource of the stack, its data included.',
  confirm: true,
  // Policies judge what a program asks for; a destroy asks for nothing, so the freeze is looked at here. No token opens it.
  guard: (stack) => assertNotFrozen(stack, 'destroyed', systemClock.now(), ROOT),
  run: async (stack, { dryRun, cli }) => {
    await stack.destroy({ ...cli, previewOnly: dryRun });
  },
});
