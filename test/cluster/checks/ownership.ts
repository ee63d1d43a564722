import assert from 'node:assert/strict';
import { describe as nameOf } from '../api/objects.ts';
import { applyAll } from '../stacks/apply.ts';
import type { StackContext } from './context.ts';
import { engineOf } from './workloads.ts';

/** What controllers change meanwhile and what the program says are different fields. */
export function checkOwnership(context: StackContext): void {
  it('leaves alone what controllers have set, and they what it has set, when it is applied while they run', async () => {
    const { objects, figures } = context.rendered['every service'];
    // Not by force: a field that a controller has taken would be a conflict.
    const applied = await applyAll(context.plane.api, objects);
    const again = await applyAll(context.plane.api, objects);
    const regenerated = again.filter(
      ({ metadata }, index) => metadata.generation !== applied[index]?.metadata.generation,
    );
    assert.deepEqual(regenerated.map(nameOf), []);
    const engine = again.find((object) => nameOf(object) === nameOf(engineOf(context)));
    assert.equal((engine?.spec as { replicas?: number }).replicas, figures.engineReplicas.maximum);
  });
}
