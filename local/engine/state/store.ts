import type { PropertyMap } from '../values.ts';

/** What is remembered of a resource between updates; values may hold secret marks. */
export interface ResourceState {
  readonly type: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** What is remembered of a stack: its resources by URN, and what it exports. */
export interface StackState {
  readonly resources: Readonly<Record<string, ResourceState>>;
  readonly outputs: PropertyMap;
}

/** Keeps the state of local stacks, so that a second update finds what the first one made. */
export interface StateStore {
  /** Undefined if the stack has never been updated here. */
  read(project: string, stack: string): Promise<StackState | undefined>;
  write(project: string, stack: string, state: StackState): Promise<void>;
}
