import type { RemovalReport } from '../../ports/change-feed.ts';

/** What an invalidation removed, and where. */
export interface Receipt {
  /** The receipt's own id. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly removed: {
    /** Entries that left the engines' memories, over all engines. */
    readonly hot: number;
    /** Answers that left the warm tier. */
    readonly warm: number;
    readonly cold: number;
    /** Other wordings that led to a removed answer, or matched themselves. */
    readonly aliases: number;
    /** Vectors that left the engines' indexes, over all engines. */
    readonly vectors: number;
  };
  /** What each engine reported. */
  readonly engines: readonly RemovalReport[];
  /** Engines that were up and did not report in time; they are told again when they come back. */
  readonly silent: readonly string[];
  /** Whether every tier and every engine confirmed. */
  readonly complete: boolean;
  readonly milliseconds: number;
}
