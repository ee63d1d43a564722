/** A numeric setting of a bench, and an option of its command line. */
export interface Setting {
  /** What it is unless something else is said. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** Whether it may have decimals; a whole number otherwise. */
  readonly decimals?: true;
  readonly says: string;
}

/** The settings of a bench by option name. */
export type Settings = Readonly<Record<string, Setting>>;

/** A value for each of a bench's settings. */
export type Values<Known extends Settings> = Readonly<Record<keyof Known, number>>;

/** What a running bench is given beside its settings. */
export interface Context {
  /** Tells whoever waits what is done now: one line, no line break. */
  readonly progress: (line: string) => void;
  /** Aborted when nobody waits any longer. */
  readonly signal: AbortSignal;
}

/** What a bench has measured. */
export interface Report {
  /** For a person; ends without a line break. */
  readonly table: string;
  /** The same figures for a program. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A bench as the command line calls it; the values have been checked against its settings. */
export type Run<Known extends Settings> = (values: Values<Known>, context: Context) => Promise<Report>;
