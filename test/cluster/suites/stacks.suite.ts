import { isRegionName, REGION_NAMES, type RegionName } from '@wedsync/domain';
import { checkAdmission } from '../checks/admission.ts';
import { checkApplying, ensureApplied } from '../checks/applying.ts';
import type { StackContext } from '../checks/context.ts';
import { checkEvictions } from '../checks/evictions.ts';
import { checkGrowth } from '../checks/growth.ts';
import { checkOwnership } from '../checks/ownership.ts';
import { checkQuota } from '../checks/quota.ts';
import { checkRights } from '../checks/rights.ts';
import { checkRollout } from '../checks/rollout.ts';
import { checkScheduling } from '../checks/scheduling.ts';
import { ControlPlane } from '../control-plane/control-plane.ts';
import { constraintDefinitions } from '../definitions/constraints.ts';
import { install, serviceDefinitions } from '../definitions/install.ts';
import { applyStorageClass, provisionVolumes } from '../nodes/volumes.ts';
import { startWorkers } from '../nodes/workers.ts';
import { rendered, type RenderedStack } from '../stacks/render.ts';

for (const stack of stacks()) {
  describe(`${stack} on a real API server`, () => {
    const context = { stack } as StackContext;
    let volumes: { stop(): Promise<void> } | undefined;

    before('start etcd and the API server, with the definitions of the services', async () => {
      context.rendered = {
        'own services': await rendered(stack, 'own services'),
        'every service': await rendered(stack, 'every service'),
      };
      context.plane = await ControlPlane.start();
      await install(context.plane, [...serviceDefinitions(), ...constraintDefinitions(allObjects(context.rendered))]);
      await applyStorageClass(context.plane);
    });

    after(async () => {
      await volumes?.stop();
      await (context.plane as ControlPlane | undefined)?.stop();
    });

    describe('as objects', () => checkApplying(context));
    describe('as rights', () => checkRights(context));

    describe('with controllers, scheduler and workers', () => {
      before('start them', async () => {
        await ensureApplied(context, 'every service');
        volumes = provisionVolumes(context.plane);
        await startWorkers(context.plane, context.rendered['every service'].figures);
        await context.plane.startControllers();
      });

      describe('at admission', () => checkAdmission(context));
      describe('at the peak', () => {
        checkScheduling(context);
        checkQuota(context);
        checkOwnership(context);
      });
      describe('with larger volumes', () => checkGrowth(context));
      describe('in an update', () => checkRollout(context));
      describe('in a drain', () => checkEvictions(context));
    });
  });
}

/** The stacks that npm run test:cluster was asked for. */
function stacks(): readonly RegionName[] {
  return (process.env['WEDSYNC_CLUSTER_STACKS'] ?? REGION_NAMES.join(',')).split(',').filter(isRegionName);
}

/** Of both variants, each object once by its name. */
function allObjects(variants: Readonly<Record<string, RenderedStack>>) {
  const objects = Object.values(variants).flatMap((variant) => variant.objects);
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()];
}
