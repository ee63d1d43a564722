import { keepSecretsMap } from '../values.ts';
import type { Subject } from './messages.ts';
import type { PolicyPack } from './pack.ts';
import type { Remediation, Violation } from './violation.ts';

/** Has every pack look at every resource, and keeps what they say. */
export class Judge {
  readonly violations: Violation[] = [];
  readonly remediations: Remediation[] = [];
  readonly #packs: Promise<readonly PolicyPack[]>;
  readonly #report: (violation: Violation) => void;

  constructor(packs: Promise<readonly PolicyPack[]>, report: (violation: Violation) => void) {
    this.#packs = packs;
    this.#report = report;
  }

  /** True once a mandatory policy has been violated. */
  get forbids(): boolean {
    return this.violations.some((violation) => violation.level === 'mandatory');
  }

  /** Remediates a resource's inputs in place, then judges them. Returns false if a mandatory policy is violated. */
  async judge(subject: Subject): Promise<boolean> {
    const packs = await this.#packs;
    const { resource } = subject;
    for (const pack of packs) {
      const { inputs, applied, warnings } = await pack.remediate(subject);
      warnings.forEach((warning) => this.#add(warning));
      this.remediations.push(...applied);
      if (applied.length > 0) resource.inputs = keepSecretsMap(resource.inputs, inputs);
    }
    const found = (await Promise.all(packs.map((pack) => pack.analyze(subject)))).flat();
    found.forEach((violation) => this.#add(violation));
    return !found.some((violation) => violation.level === 'mandatory');
  }

  /** Judges the stack as a whole, after its program has ended. */
  async judgeStack(subjects: readonly Subject[], root: string): Promise<void> {
    for (const pack of await this.#packs) {
      (await pack.analyzeStack(subjects, root)).forEach((violation) => this.#add(violation));
    }
  }

  #add(violation: Violation): void {
    this.violations.push(violation);
    this.#report(violation);
  }
}
