/** What a span may say of its work: never whose it was, or what was asked. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A place in a trace, below which work can be noted. */
export interface Trace {
  /** 32 hex digits. */
  readonly id: string;
  /** The W3C `traceparent` for whoever is called below this place. */
  readonly parent: string;
  /** Notes `work` as a span below this place; a rejection marks it as failed. */
  span<Result>(name: string, work: (trace: Trace) => Promise<Result>, attributes?: SpanAttributes): Promise<Result>;
  /** Adds to what the span of this place says. */
  note(attributes: SpanAttributes): void;
}

/** Whoever keeps traces. */
export interface Tracer {
  /**
   * Begins the trace of a request; `undefined` for a request that is not traced, as most are.
   * @param parent the caller's `traceparent`, whose decision to trace is followed.
   */
  begin(name: string, parent: string | undefined): (Trace & { end(): void }) | undefined;
  /** Hands over what is still kept. */
  close(): Promise<void>;
}

/** The trace of a request that is not traced: work is done, and nothing noted. */
export const UNTRACED: Trace = {
  id: '',
  parent: '',
  span: (_name, work) => work(UNTRACED),
  note: () => {},
};
