import { plus } from '../../engine/savings/account.ts';
import type { Ledger, Savings } from '../../ports/ledger.ts';

/** A ledger in memory, for tests and tools that have no Redis. */
export class MemoryLedger implements Ledger {
  readonly #partitions = new Map<string, Map<string, Savings>>();

  async add(partition: string, month: string, savings: Savings): Promise<void> {
    const months = this.#partitions.get(partition) ?? new Map<string, Savings>();
    this.#partitions.set(partition, months);
    const before = months.get(month);
    months.set(month, before === undefined ? savings : plus(before, savings));
  }

  async months(partition: string): Promise<readonly { readonly month: string; readonly savings: Savings }[]> {
    const months = [...(this.#partitions.get(partition) ?? [])].map(([month, savings]) => ({ month, savings }));
    return months.sort((one, other) => (one.month < other.month ? -1 : 1));
  }
}
