import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { describe as nameOf } from '../api/objects.ts';
import { StatusError } from '../api/status-error.ts';
import { type Claim, claimsOf, sizesAsked, sizesHad } from '../nodes/claims.ts';
import { applyStorageClass, chooseNode } from '../nodes/volumes.ts';
import { applyAll, MANAGER } from '../stacks/apply.ts';
import { rendered, type RenderedStack } from '../stacks/render.ts';
import { updateOf } from '../stacks/update.ts';
import type { StackContext } from './context.ts';
import { namespaceOf, nodesServing, watchShards } from './redis-nodes.ts';
import { shardsOf } from './workloads.ts';

/** So much more memory for Redis that every node's volume must grow too, and little enough for the season's workers. */
const MORE_MEMORY = 1.25;
const ANY_WORKER = 'worker-0';

/** The volumes of Redis grow in place by patches of their claims, for which no Pod ends. */
export function checkGrowth(context: StackContext): void {
  let present: RenderedStack;
  let larger: RenderedStack;
  const claims = () => nodeClaims(context);

  before('render the stack with more memory for Redis', async () => {
    present = context.rendered['every service'];
    const { cache, queue } = present.figures.redisMemoryGiB;
    const memory = { cache: Math.ceil(cache * MORE_MEMORY), queue: Math.ceil(queue * MORE_MEMORY) };
    larger = await rendered(context.stack, 'every service', { 'wedsync:redisMemoryGiB': JSON.stringify(memory) });
    await nodesServing(context);
    await bindOwnClaims(context);
  });

  it('patches the claim of every node, which changes no size before one has grown', async () => {
    assert.deepEqual(sizesAsked(await claims()), sizesAsked(patches(present)));
    await applyAll(context.plane.api, patches(present));
    assert.deepEqual(sizesAsked(await claims()), sizesAsked(patches(present)));
  });

  it('is refused to grow where the class of the disks does not let them (403)', async () => {
    const before = sizesAsked(patches(present));
    for (const [name, size] of Object.entries(sizesAsked(patches(larger)))) assert.ok(size > (before[name] ?? 0), name);
    await applyStorageClass(context.plane, false);
    try {
      for (const patch of patches(larger))
        await assert.rejects(applyAll(context.plane.api, [patch]), refusal(403, /must support resize/));
    } finally {
      await applyStorageClass(context.plane);
    }
  });

  it('has to take the sizes over from the controllers that made the claims: without force it is a conflict (409)', async () => {
    for (const patch of patches(larger)) {
      const attempt = context.plane.api.apply(patch, { manager: MANAGER });
      await assert.rejects(attempt, refusal(409, /"kube-controller-manager".*\.spec\.resources\.requests\.storage/s));
    }
  });

  it('grows every volume, and no Pod ends or changes for it', async () => {
    const pods = await nodesServing(context);
    const watches = await watchShards(context);
    const grown = await applyAll(context.plane.api, patches(larger));
    for (const { metadata } of grown) assert.ok(ownsSize(metadata.managedFields), metadata.name);
    await untilGrown(context, larger);
    assert.deepEqual(await nodesServing(context), pods);
    for (const { watch, replicas } of watches) {
      assert.equal(watch.changedPods, 0);
      assert.equal(await watch.stop(), replicas);
    }
  });

  it('changes nothing when it is applied again', async () => {
    const before = await claims();
    await applyAll(context.plane.api, patches(larger));
    assert.deepEqual(await claims(), before);
  });

  it('shrinks no volume (422)', async () => {
    for (const patch of patches(present))
      await assert.rejects(applyAll(context.plane.api, [patch]), refusal(422, /can not be less than status\.capacity/));
  });

  it('may not change the templates of the claims, so that the program has to ignore them (422)', async () => {
    const isShard = new Set(shardsOf(context).map(({ metadata }) => metadata.name));
    for (const set of larger.objects.filter(
      ({ kind, metadata }) => kind === 'StatefulSet' && isShard.has(metadata.name),
    )) {
      const attempt = context.plane.api.apply(set, { manager: MANAGER });
      await assert.rejects(attempt, refusal(422, /updates to statefulset spec .* are forbidden/));
    }
  });

  it('comes with an update that replaces the Pods for their memory, one of each shard serving, and leaves them their claims', async () => {
    const before = { pods: await nodesServing(context), claims: await claims() };
    const watches = await watchShards(context);
    await applyAll(context.plane.api, updateOf(present, larger));
    await context.plane.until('all nodes of Redis to be replaced', async () => {
      const pods = await nodesServing(context);
      return pods.every((uid) => !before.pods.includes(uid));
    });
    for (const { watch, replicas } of watches) assert.ok((await watch.stop()) >= replicas - 1);
    assert.deepEqual(await claims(), before.claims);
  });

  it('lets a claim grow that a node got anew, of the size with which its StatefulSet was made', async () => {
    const [lost] = patches(larger);
    assert.ok(lost);
    const { name } = lost.metadata;
    const { uid } = (await context.plane.api.get<Claim>(lost)).metadata;
    const namespace = namespaceOf(context);
    await context.plane.api.delete(lost);
    await context.plane.api.delete({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { name: name.slice(name.indexOf('-') + 1), namespace },
    });
    const anew = await context.plane.until(`a new ${name}`, async () => {
      const claim = await context.plane.api.find<Claim>(lost);
      return claim?.metadata.uid !== uid && claim?.status?.phase === 'Bound' && claim;
    });
    assert.equal(sizesHad([anew])[name], sizesAsked(patches(present))[name]);
    await applyAll(context.plane.api, updateOf(present, larger));
    await untilGrown(context, larger);
    await nodesServing(context);
  });
}

/** The patches of the nodes' claims. */
function patches({ sent }: RenderedStack): Claim[] {
  return sent.filter(({ isPatch }) => isPatch).map(({ object }) => object as Claim);
}

/** The claims that StatefulSets made; others of the namespace, such as that of the backups, are the program's own. */
async function nodeClaims(context: StackContext): Promise<Claim[]> {
  const own = new Set(context.rendered['every service'].objects.map(nameOf));
  const claims = await claimsOf(context.plane, namespaceOf(context));
  return claims.filter(
    ({ metadata }) => !own.has(nameOf({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata })),
  );
}

/** The program's own claims have their volumes, as after the first backup: one that waits for its first Pod cannot change its size. */
async function bindOwnClaims(context: StackContext): Promise<void> {
  const unbound = async () =>
    (await claimsOf(context.plane, namespaceOf(context))).filter(({ status }) => status?.phase !== 'Bound');
  for (const claim of await unbound()) await chooseNode(context.plane, claim, ANY_WORKER);
  await context.plane.until('the claims to be bound', async () => (await unbound()).length === 0);
}

async function untilGrown(context: StackContext, stack: RenderedStack): Promise<void> {
  const wanted = sizesAsked(patches(stack));
  await context.plane.until('the volumes to grow', async () =>
    isDeepStrictEqual(sizesHad(await nodeClaims(context)), wanted),
  );
}

interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  readonly fieldsV1: object;
}

/** Whether the program owns the size, by server-side apply. */
function ownsSize(managed: readonly unknown[] = []): boolean {
  const own = (managed as readonly ManagedFields[]).find(
    ({ manager, operation }) => manager === MANAGER && operation === 'Apply',
  );
  return own !== undefined && JSON.stringify(own.fieldsV1).includes('"f:storage"');
}

function refusal(status: number, message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof StatusError, String(error));
    assert.equal(error.status, status, error.message);
    assert.match(error.message, message);
    return true;
  };
}
