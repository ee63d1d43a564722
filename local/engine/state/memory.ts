import type { StackState, StateStore } from './store.ts';

/** Keeps states for the life of the process: for previews of a stack that has none, and for tests. */
export function memoryStateStore(): StateStore {
  const states = new Map<string, StackState>();
  return {
    read: async (project, stack) => structuredClone(states.get(`${project}/${stack}`)),
    write: async (project, stack, state) => void states.set(`${project}/${stack}`, structuredClone(state)),
  };
}
