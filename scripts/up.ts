/** `npm run up -- STACK`: deploys a region with a real Pulumi CLI, through the Automation API. */
import { TOKEN_VARIABLE } from '../policy-pack/freeze/emergency.ts';
import { assertFirstUse, messageOfUpdate } from './lib/freeze/record.ts';
import { ROOT } from './lib/root.ts';
import { runStackCommand } from './lib/stack-command.ts';

/** More updates than a stack sees while a token holds. */
const HISTORY = 100;

await runStackCommand({
  name: 'up',
  summary: 'Deploys a region: builds, previews the whole stack under the policy pack, then updates it.',
  run: async (stack, { policies, dryRun, cli, signal }) => {
    const options = { ...cli, ...policies };
    const message = messageOfUpdate(stack.name, process.env[TOKEN_VARIABLE], ROOT);
    if (message !== undefined) assertFirstUse(message, await stack.history(HISTORY, 1, false), stack.name);
    // Policies judge resource by resource during an update, so nothing is changed before all of them have seen everything.
    await stack.preview(options);
    signal.throwIfAborted();
    if (!dryRun) await stack.up({ ...options, ...(message !== undefined && { message }) });
  },
});
