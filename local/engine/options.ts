import type { EngineEvent } from './events.ts';
import type { PolicyConfig } from './policy/levels.ts';
import type { ImageBuilder } from './providers/docker-build.ts';
import type { Providers } from './providers/provider.ts';
import type { StateStore } from './state/store.ts';

/** A policy pack, and what the stack sets about it. */
export interface PolicyPackOptions {
  readonly dir: string;
  /** A file as the CLI takes it by `--policy-pack-config`. */
  readonly configFile?: string | undefined;
  /** On top of the file. */
  readonly config?: PolicyConfig;
}

/** What a preview and an update of a stack have in common. */
export interface StackOptions {
  /** The folder with Pulumi.yaml. */
  readonly projectDir: string;
  readonly stack: string;
  /** Folders with PulumiPolicy.yaml, built; and how each is configured. */
  readonly policyPacks: readonly PolicyPackOptions[];
  /** On top of the stack file: `{ 'wedsync:platform': 'existing' }`. */
  readonly config?: Readonly<Record<string, string>>;
  /** On top of the engine's own environment, for the program and the packs. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stand in for the engine's own providers, by package. */
  readonly providers?: Providers;
  readonly imageBuilder?: ImageBuilder;
  readonly state: StateStore;
  /** Asked only if the stack has encrypted configuration; by default the environment is. */
  readonly passphrase?: () => string | undefined;
  /** For starting a policy pack and for each question to it, in milliseconds; 60,000 by default. */
  readonly policyTimeLimit?: number;
  /** Ends everything; the run then rejects with the signal's reason. What an update made until then is saved. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EngineEvent) => void;
}

export interface RunOptions extends StackOptions {
  readonly mode: 'preview' | 'update';
}
