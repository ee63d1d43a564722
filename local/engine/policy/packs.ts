import type { Project } from '../project/project.ts';
import type { StackOptions } from '../options.ts';
import { readPolicyConfig } from './config-file.ts';
import { PolicyPack, type PolicyPackName } from './pack.ts';

const DEFAULT_TIME_LIMIT_MS = 60_000;

/** All policy packs of a run; they start at once and side by side. */
export class PolicyPacks {
  /** Rejects with the UserError of the first pack that can't start. */
  readonly ready: Promise<readonly PolicyPack[]>;
  readonly #starting: readonly Promise<PolicyPack>[];
  readonly #ending = new AbortController();

  constructor(project: Project, options: StackOptions, dryRun: boolean) {
    const signal = AbortSignal.any([this.#ending.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    this.#starting = options.policyPacks.map(async ({ dir, config, configFile }) =>
      PolicyPack.start({
        dir,
        project,
        dryRun,
        signal,
        config: { ...(configFile === undefined ? {} : readPolicyConfig(configFile)), ...config },
        environment: options.environment ?? {},
        timeLimit: options.policyTimeLimit ?? DEFAULT_TIME_LIMIT_MS,
        onLine: (line) => options.onEvent?.({ kind: 'output', from: 'pack', line }),
      }),
    );
    this.ready = Promise.all(this.#starting);
    // Whoever first asks the packs hears of the failure; until then nobody may be listening.
    this.ready.catch(() => undefined);
  }

  /** What those packs call themselves that could start. */
  async described(): Promise<PolicyPackName[]> {
    const settled = await Promise.allSettled(this.#starting);
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.described] : []));
  }

  /** Ends every pack, also those that are still starting. */
  async end(): Promise<void> {
    this.#ending.abort();
    for (const starting of this.#starting) {
      const pack = await starting.catch(() => undefined);
      await pack?.end();
    }
  }
}
