/** What the cache has done for one vendor in one calendar month, as counts that only grow. */
export interface Savings {
  readonly hits: number;
  readonly misses: number;
  readonly semanticHits: number;
  readonly staleHits: number;
  /** Tokens that the origin did not have to make or read again. */
  readonly tokens: number;
  /** Millionths of a US dollar, by the cost table. */
  readonly microDollars: number;
  /** Milliseconds that callers did not wait for the origin. */
  readonly milliseconds: number;
}

/** The books of savings, kept by vendor and month. Every method rejects when they are away. */
export interface Ledger {
  /** Adds to a partition's month, `YYYY-MM`. */
  add(partition: string, month: string, savings: Savings): Promise<void>;
  /** A partition's months, oldest first. */
  months(partition: string): Promise<readonly { readonly month: string; readonly savings: Savings }[]>;
}
