import assert from 'node:assert/strict';
import type { ApiObject } from '../api/objects.ts';
import { LowestServing } from '../nodes/lowest-serving.ts';
import { untilServing } from '../nodes/pods.ts';
import { MANAGER } from '../stacks/apply.ts';
import type { StackContext } from './context.ts';
import { engineOf, nextVersion, shardsOf, type Workload } from './workloads.ts';

interface LiveWorkload extends ApiObject {
  readonly spec: { readonly replicas: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
  };
}

/** Updates replace Pods without a moment at which fewer serve than were promised. */
export function checkRollout(context: StackContext): void {
  it('replaces all engines of the peak, with none fewer serving at any moment', async () => {
    const engine = engineOf(context);
    const { replicas } = (await live(context, engine)).spec;
    assert.equal(replicas, context.rendered['every service'].figures.engineReplicas.maximum);
    const lowest = await update(context, engine, replicas);
    assert.ok(lowest >= replicas, `at one moment only ${lowest} of ${replicas} served`);
  });

  it('replaces all nodes of Redis, with one of every shard serving at any moment', async () => {
    const updateShard = async (shard: Workload) => {
      const replicas = shard.spec.replicas ?? 1;
      const lowest = await update(context, shard, replicas);
      assert.ok(
        lowest >= replicas - 1,
        `at one moment ${lowest} of ${replicas} nodes of ${shard.metadata.name} served`,
      );
    };
    // At once, as an update of the stack does it.
    await Promise.all(shardsOf(context).map(updateShard));
  });
}

/** Gives a workload a next version and waits until all its Pods are of that. @returns the fewest that served meanwhile */
async function update(context: StackContext, workload: Workload, replicas: number): Promise<number> {
  const { plane } = context;
  const { namespace, name } = workload.metadata;
  const { matchLabels } = workload.spec.selector;
  await untilServing(plane, namespace, matchLabels, replicas);
  const watched = await LowestServing.watch(plane, namespace, matchLabels);
  const { metadata } = await plane.api.apply(nextVersion(workload), { manager: MANAGER });
  await plane.until(`${name} to be updated`, async () => {
    const { status } = await live(context, workload);
    const isSeen = status?.observedGeneration === metadata.generation;
    return isSeen && status?.updatedReplicas === replicas && status.replicas === replicas;
  });
  await untilServing(plane, namespace, matchLabels, replicas);
  assert.ok(watched.changedPods >= 2 * replicas, `${watched.changedPods} Pods of ${name} changed`);
  return watched.stop();
}

async function live({ plane }: StackContext, { apiVersion, kind, metadata }: Workload): Promise<LiveWorkload> {
  return plane.api.get({ apiVersion, kind, metadata });
}
