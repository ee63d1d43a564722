import type { Deployment } from '../deployment.ts';
import type { ResourceState, StackState } from './store.ts';

/**
 * Saves what an update made. Unless it finished, what the last update left is kept for resources that it did not reach,
 * so that the next update finds it.
 */
export async function save(deployment: Deployment, finished: boolean): Promise<void> {
  const { project, store, previous } = deployment.setup;
  const made = deployment.graph
    .all()
    .filter((resource) => !resource.external && (!resource.custom || resource.id !== ''));
  const resources: Record<string, ResourceState> = Object.fromEntries(
    made.map(({ urn, type, id, inputs, outputs }) => [urn, { type, id, inputs, outputs }]),
  );
  const state: StackState = finished
    ? { resources, outputs: deployment.outputs }
    : { resources: { ...previous?.resources, ...resources }, outputs: previous?.outputs ?? {} };
  await store.write(project.name, project.stack, state);
}
