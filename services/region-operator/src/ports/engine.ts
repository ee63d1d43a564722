import type {
  Configuration,
  ConfigurationChange,
  EntriesPage,
  Explanation,
  KeyDescription,
  QueryRequest,
  Receipt,
  Removal,
  Statistics,
} from '../wire.ts';

/** Which page of a vendor's entries. */
export interface EntriesQuery {
  readonly vendorId: string;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly weddingId?: string | undefined;
  readonly kind?: 'answer' | 'alias' | 'cold' | undefined;
}

/** The administration of the region's cache engines. Every method may throw EngineAway or EngineRefused. */
export interface Engine {
  /** The vendors' keys, which say what vendors there are; never the keys themselves. */
  keys(): Promise<readonly KeyDescription[]>;
  entries(query: EntriesQuery): Promise<EntriesPage>;
  statistics(vendorId: string): Promise<Statistics>;
  explain(query: QueryRequest): Promise<Explanation>;
  invalidate(removal: Removal): Promise<Receipt>;
  configuration(): Promise<Configuration>;
  configure(change: ConfigurationChange): Promise<Configuration>;
}

/** No engine answered, not in time, or with a failure of its own: nobody knows whether a change was made. */
export class EngineAway extends Error {
  /** @param message a sentence that a person at the console is shown */
  constructor(message: string) {
    super(message);
    this.name = 'EngineAway';
  }
}

/** The engine said no, and why. */
export class EngineRefused extends Error {
  /** The engine's HTTP status. */
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'EngineRefused';
    this.status = status;
  }
}
