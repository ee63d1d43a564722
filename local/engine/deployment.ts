import { type Diagnostic, failure } from './diagnostic.ts';
import type { EngineEvent } from './events.ts';
import { ResourceGraph } from './graph.ts';
import type { Judge } from './policy/judge.ts';
import type { Project } from './project/project.ts';
import type { FindProvider } from './providers/registry.ts';
import type { ResourceState, StackState, StateStore } from './state/store.ts';
import type { PropertyMap } from './values.ts';

export interface DeploymentSetup {
  readonly project: Project;
  /** True for a preview. */
  readonly dryRun: boolean;
  readonly judge: Judge;
  readonly findProvider: FindProvider;
  readonly store: StateStore;
  readonly previous: StackState | undefined;
  readonly onEvent: (event: EngineEvent) => void;
}

/** One preview or update while it runs: what it was given, and what came of it so far. */
export class Deployment {
  readonly setup: DeploymentSetup;
  readonly graph = new ResourceGraph();
  readonly diagnostics: Diagnostic[] = [];
  outputs: PropertyMap = {};
  readonly #stopped = Promise.withResolvers<void>();
  #isStopped = false;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(setup: DeploymentSetup) {
    this.setup = setup;
  }

  /** True once anything went wrong other than a policy. */
  get failed(): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  }

  /** Resolves when the program must not go on. */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.setup.onEvent({ kind: 'diagnostic', diagnostic });
  }

  /** True once nothing more may be registered. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Ends the run: nothing more is registered, and the program is stopped. */
  stop(): void {
    this.#isStopped = true;
    this.#stopped.resolve();
  }

  /** Ends the run with an error. What fails after the first failure does so because of it and goes without saying. */
  fail(message: string, urn = ''): void {
    if (!this.#isStopped) this.report(failure(message, urn));
    this.stop();
  }

  /** Remembers work until it is done, so that a run does not end before it. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Resolves when no tracked work is left. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** What the last update left under one of the URNs, together with the one it was found under. */
  previousState(urns: readonly string[]): { urn: string; state: ResourceState } | undefined {
    for (const urn of urns) {
      const state = this.setup.previous?.resources[urn];
      if (state !== undefined) return { urn, state };
    }
    return undefined;
  }
}
