import { BODY, type Look, type Sheet, SMALL } from './sheet.ts';

/** A column: its share of the page's width. */
export interface Column {
  readonly title: string;
  readonly share: number;
  readonly align?: 'left' | 'right';
}

/** A cell; `under` stands below it in small letters. */
export interface Cell {
  readonly text: string;
  readonly under?: string;
  readonly look?: Look;
}

const PADDING = 4;
const HEAD: Look = { ...SMALL, bold: true };

/** Draws a table; a row is never broken over two pages, and a page that goes on with it repeats the head. */
export function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly (Cell | string)[])[]): void {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (sheet.width * share) / all);
  const places = widths.map((_, index) => sheet.left + widths.slice(0, index).reduce((sum, width) => sum + width, 0));

  const line = (cells: readonly Cell[], look: Look) => {
    const heights = cells.map(({ text, under, look: own }, index) => {
      const width = (widths[index] ?? 0) - 2 * PADDING;
      return sheet.heightOf(text, own ?? look, width) + (under === undefined ? 0 : sheet.heightOf(under, SMALL, width));
    });
    const height = Math.max(...heights) + 2 * PADDING;
    const before = sheet.y;
    sheet.reserve(height);
    if (sheet.y < before) line(head, HEAD);
    cells.forEach(({ text, under, look: own }, index) => {
      const x = (places[index] ?? 0) + (index === 0 ? 0 : PADDING);
      const width = (widths[index] ?? 0) - 2 * PADDING;
      const align = columns[index]?.align ?? 'left';
      sheet.put(text, own ?? look, x, sheet.y + PADDING, width, align);
      if (under === undefined) return;
      sheet.put(under, SMALL, x, sheet.y + PADDING + sheet.heightOf(text, own ?? look, width), width, align);
    });
    sheet.y += height;
    sheet.rule();
  };
  const head = columns.map(({ title }) => ({ text: title }));
  line(head, HEAD);
  for (const row of rows)
    line(
      row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)),
      BODY,
    );
  sheet.y += 4;
}
