import type { Line, Span } from '@wedsync/service-kit/promql';

export type { Line, Span };

/** Where the figures come from: whoever answers PromQL and says how long it remembers. */
export interface Metrics {
  /** For people: which server. */
  readonly name: string;
  /** @throws SlaError in a sentence, when nobody answers or the query is refused. */
  range(query: string, span: Span): Promise<readonly Line[]>;
  /** For how long it keeps what it hears, in its own words (`15d`); undefined where it does not say. */
  retention(): Promise<string | undefined>;
}
