/** The dates of weddings that were moved, by the digests of their ids. Every method rejects when the store is away. */
export interface Weddings {
  /** The date of a wedding, `YYYY-MM-DD`; `undefined` for one that was never moved. */
  dateOf(partition: string, wedding: string): Promise<string | undefined>;
  /** Notes a wedding's date; resolves when more than one node has it. */
  move(partition: string, wedding: string, date: string): Promise<void>;
}
