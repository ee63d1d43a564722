/** What a dashboard is, before it is Grafana's: rows of panels, each with the question that it answers. */

/** Grafana's names of units. */
export type Unit = 'none' | 'percentunit' | 's' | 'bytes' | 'Bps' | 'reqps' | 'ops';

export interface Query {
  /** PromQL. Grafana puts a range of four scrapes at least for RATE_RANGE. */
  readonly expr: string;
  /** What a line is called; may name its labels, as in `{{pod}}`. */
  readonly legend: string;
}

export type Colour = 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'text';

/** From `from` on a value has a colour; the first has none to begin at. */
export interface Threshold {
  readonly from: number | null;
  readonly colour: Colour;
}

export interface Panel {
  readonly title: string;
  /** The question that it answers for whoever is on call, and what to make of the answer. */
  readonly question: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  readonly thresholds?: readonly Threshold[];
  /** The alert about the same, whose section of the runbook says what to do. */
  readonly alert?: string;
  /** One value as it is now, or lines over time; `layers` is lines on top of each other. */
  readonly shape: 'figure' | 'lines' | 'layers';
  /** Words in place of values. */
  readonly words?: Readonly<Record<number, string>>;
  /** Where the axis ends. @default where the values end */
  readonly range?: { readonly from?: number; readonly to?: number };
  /** Digits after the point. @default as many as Grafana finds fitting, which rounds 99.98 % to 100 */
  readonly decimals?: number;
  /** Columns of 24. @default 4 for a figure, else 8 */
  readonly width?: number;
}

export interface Row {
  /** A question, or what it is about. */
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** Of its address in Grafana: lower case and hyphens. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** How far back it looks when it is opened, as in `6h`. */
  readonly back: string;
  /** From whether the promise is kept to what may be the cause. */
  readonly rows: readonly Row[];
}

/** The range of a rate in a panel: what Grafana finds fitting for how far is looked back, four scrapes at least. */
export const RATE_RANGE = '$__rate_interval';

type Detail = Omit<Panel, 'title' | 'question' | 'unit' | 'queries' | 'shape'>;
type Queries = string | readonly Query[];

/** One value as it is now. */
export function figure(title: string, question: string, unit: Unit, queries: Queries, detail: Detail = {}): Panel {
  return { title, question, unit, queries: named(title, queries), shape: 'figure', ...detail };
}

/** Lines over time. */
export function lines(title: string, question: string, unit: Unit, queries: Queries, detail: Detail = {}): Panel {
  return { title, question, unit, queries: named(title, queries), shape: 'lines', ...detail };
}

/** Lines over time on top of each other: parts of a whole. */
export function layers(title: string, question: string, unit: Unit, queries: Queries, detail: Detail = {}): Panel {
  return { title, question, unit, queries: named(title, queries), shape: 'layers', ...detail };
}

export function query(legend: string, expr: string): Query {
  return { legend, expr };
}

/** A lone query is called what its panel is. */
function named(title: string, queries: Queries): readonly Query[] {
  return typeof queries === 'string' ? [query(title, queries)] : queries;
}

/** Well below `limit`, wrong from there on. */
export const wrongFrom = (limit: number): readonly Threshold[] => [
  { from: null, colour: 'green' },
  { from: limit, colour: 'red' },
];

/** Doubtful from `doubtful` on, wrong from `wrong` on. */
export const worseUpward = (doubtful: number, wrong: number): readonly Threshold[] => [
  { from: null, colour: 'green' },
  { from: doubtful, colour: 'orange' },
  { from: wrong, colour: 'red' },
];

/** Wrong below `doubtful`, doubtful below `well`. */
export const worseDownward = (well: number, doubtful: number): readonly Threshold[] => [
  { from: null, colour: 'red' },
  { from: doubtful, colour: 'orange' },
  { from: well, colour: 'green' },
];

/** Neither well nor wrong. */
export const plain: readonly Threshold[] = [{ from: null, colour: 'blue' }];
