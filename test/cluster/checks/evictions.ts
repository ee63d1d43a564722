import assert from 'node:assert/strict';
import type { ApiObject } from '../api/objects.ts';
import { StatusError } from '../api/status-error.ts';
import { isServing, type Pod, podsPath, type Selector, untilServing } from '../nodes/pods.ts';
import { cordonAll } from '../nodes/workers.ts';
import { objectsOf, type StackContext } from './context.ts';

interface DisruptionBudget extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly namespace: string };
  readonly spec: { readonly selector: { readonly matchLabels: Selector } };
  readonly status?: { readonly disruptionsAllowed: number; readonly observedGeneration: number };
}

/** Drains are held back by the disruption budgets. Asked through the Eviction API, as `kubectl drain` and autoscalers do. */
export function checkEvictions(context: StackContext): void {
  const budgets = () => objectsOf<DisruptionBudget>(context, 'PodDisruptionBudget', 'every service');

  it('has a budget for the engine and for each Redis cluster, and each lets one Pod go', async () => {
    const names = budgets().map(({ metadata }) => metadata.name);
    for (const name of ['cache-engine', 'redis-cache', 'redis-queue']) assert.ok(names.includes(name), name);
    for (const budget of budgets()) await untilAllows(context, budget, 1);
  });

  it('lets no second Pod go while the first is not back (429), and the next one when it is', async () => {
    for (const budget of budgets()) {
      const { namespace, name } = budget.metadata;
      const { matchLabels } = budget.spec.selector;
      await untilAllows(context, budget, 1);
      const before = await context.plane.api.list<Pod>(podsPath(namespace, matchLabels));
      const [first, second] = before.filter(isServing);
      assert.ok(first && second, name);
      // Nothing can come back while no worker takes Pods.
      await cordonAll(context.plane, true);
      try {
        await context.plane.api.evict(namespace, first.metadata.name);
        await untilAllows(context, budget, 0);
        await assert.rejects(context.plane.api.evict(namespace, second.metadata.name), (error: unknown) => {
          assert.ok(error instanceof StatusError);
          assert.equal(error.status, 429, error.message);
          assert.match(error.message, /disruption budget/);
          return true;
        });
      } finally {
        await cordonAll(context.plane, false);
      }
      await untilServing(context.plane, namespace, matchLabels, before.length);
      await untilAllows(context, budget, 1);
      await context.plane.api.evict(namespace, second.metadata.name);
      await untilServing(context.plane, namespace, matchLabels, before.length);
    }
  });
}

async function untilAllows({ plane }: StackContext, budget: DisruptionBudget, disruptions: number): Promise<void> {
  const { apiVersion, kind, metadata } = budget;
  await plane.until(`the budget ${metadata.name} to allow ${disruptions}`, async () => {
    const { status } = await plane.api.get<DisruptionBudget>({ apiVersion, kind, metadata });
    return status?.disruptionsAllowed === disruptions;
  });
}
