/** One series over a time. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  /** Epoch seconds and value, which may be NaN or infinite as PromQL's may; instants without a value are left out. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** Evenly spaced instants, epoch seconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly step: number;
}

/** Where the figures come from: whoever answers PromQL and says how long it remembers. */
export interface Metrics {
  /** For people: which server. */
  readonly name: string;
  /** @throws SlaError in a sentence, when nobody answers or the query is refused. */
  range(query: string, span: Span): Promise<readonly Line[]>;
  /** For how long it keeps what it hears, in its own words (`15d`); undefined where it does not say. */
  retention(): Promise<string | undefined>;
}
