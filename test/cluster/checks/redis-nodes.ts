import assert from 'node:assert/strict';
import { LowestServing } from '../nodes/lowest-serving.ts';
import { untilServing } from '../nodes/pods.ts';
import type { StackContext } from './context.ts';
import { shardsOf } from './workloads.ts';

/** The namespace of both Redis clusters. */
export function namespaceOf(context: StackContext): string {
  const [namespace = '', ...others] = new Set(shardsOf(context).map(({ metadata }) => metadata.namespace));
  assert.deepEqual(others, []);
  return namespace;
}

/** Waits until all nodes of Redis serve. @returns the UIDs of their Pods */
export async function nodesServing(context: StackContext): Promise<string[]> {
  const uids: string[] = [];
  for (const { metadata, spec } of shardsOf(context)) {
    const { matchLabels } = spec.selector;
    const pods = await untilServing(context.plane, metadata.namespace, matchLabels, spec.replicas ?? 1);
    uids.push(...pods.map((pod) => pod.metadata.uid ?? ''));
  }
  return uids.sort();
}

/** Watches how many nodes of each shard serve. */
export async function watchShards(context: StackContext) {
  return Promise.all(
    shardsOf(context).map(async ({ metadata, spec }) => ({
      watch: await LowestServing.watch(context.plane, metadata.namespace, spec.selector.matchLabels),
      replicas: spec.replicas ?? 1,
    })),
  );
}
