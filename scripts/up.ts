/** `npm run up -- STACK`: deploys a region with a real Pulumi CLI, through the Automation API. */
import { runStackCommand } from './lib/stack-command.ts';

await runStackCommand({
  name: 'up',
  summary: 'Deploys a region: builds, previews the whole stack under the policy pack, then updates it.',
  run: async (stack, { policyPack, dryRun, onOutput, signal }) => {
    const options = { onOutput, signal, policyPacks: [policyPack] };
    // Policies judge resource by resource during an update, so nothing is changed before all of them have seen everything.
    await stack.preview(options);
    if (!dryRun) await stack.up(options);
  },
});
