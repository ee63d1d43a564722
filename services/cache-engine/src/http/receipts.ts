import type { Receipt } from '../engine/invalidation/receipt.ts';
import type { RemovalReport } from '../ports/change-feed.ts';
import { iso } from './dates.ts';

/** What came of one part of the cache: its receipt, or nothing where nothing could be promised. */
export type PartOfRemoval = (Receipt & { readonly keysDestroyed?: number }) | undefined;

/** A receipt as the API shows it. */
export function describeReceipt({ id, at, removed, engines, silent, complete, milliseconds }: Receipt) {
  return { id, at: iso(at), removed, engines: [...engines], silent: [...silent], complete, milliseconds };
}

/** The receipts of several parts of the cache as one: counts added up, complete only when each of them is. */
export function describeReceipts(id: string, at: number, milliseconds: number, parts: readonly PartOfRemoval[]) {
  const receipts = parts.filter((part) => part !== undefined);
  const sum = (of: keyof Receipt['removed']) => receipts.reduce((total, { removed }) => total + removed[of], 0);
  return {
    id,
    at: iso(at),
    removed: {
      hot: sum('hot'),
      warm: sum('warm'),
      cold: sum('cold'),
      aliases: sum('aliases'),
      vectors: sum('vectors'),
    },
    engines: byEngine(receipts.flatMap(({ engines }) => engines)),
    silent: [...new Set(receipts.flatMap(({ silent }) => silent))],
    complete: receipts.length === parts.length && receipts.every(({ complete }) => complete),
    milliseconds,
    partitions: parts.length,
    failed: parts.length - receipts.length,
    keysDestroyed: receipts.reduce((total, { keysDestroyed = 0 }) => total + keysDestroyed, 0),
  };
}

function byEngine(reports: readonly RemovalReport[]): RemovalReport[] {
  const sums = new Map<string, RemovalReport>();
  for (const { engine, hot, vectors } of reports) {
    const before = sums.get(engine) ?? { hot: 0, vectors: 0 };
    sums.set(engine, { engine, hot: before.hot + hot, vectors: before.vectors + vectors });
  }
  return [...sums.values()];
}
