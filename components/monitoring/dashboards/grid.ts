/** Where panels stand: one beside the other, in rows of 24 columns. */
import type { Panel, Row } from './panel.ts';

const COLUMNS = 24;
const HEIGHT = { figure: 4, lines: 8, layers: 8 } as const satisfies Record<Panel['shape'], number>;
const WIDTH = { figure: 4, lines: 8, layers: 8 } as const satisfies Record<Panel['shape'], number>;

interface Cells {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A panel with its place, and a number that no other on its dashboard has. */
export interface Place {
  readonly panel: Panel;
  readonly id: number;
  readonly at: Cells;
}

export interface PlacedRow {
  readonly title: string;
  readonly id: number;
  readonly at: Cells;
  readonly panels: readonly Place[];
}

/** Lays out rows from the top: each has a heading, and as many lines of panels as it needs. */
export function grid(rows: readonly Row[]): PlacedRow[] {
  let id = 0;
  let y = 0;
  return rows.map(({ title, panels }) => {
    const heading = { title, id: ++id, at: { x: 0, y, w: COLUMNS, h: 1 } };
    let x = 0;
    let tallest = 0;
    y += 1;
    const placed = panels.map((panel): Place => {
      const w = panel.width ?? WIDTH[panel.shape];
      const h = HEIGHT[panel.shape];
      if (x + w > COLUMNS) {
        y += tallest;
        x = tallest = 0;
      }
      const at = { x, y, w, h };
      x += w;
      tallest = Math.max(tallest, h);
      return { panel, id: ++id, at };
    });
    y += tallest;
    return { ...heading, panels: placed };
  });
}
