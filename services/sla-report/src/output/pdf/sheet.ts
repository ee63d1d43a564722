/** A4 pages that are written from top to bottom. Lengths in points (1/72 inch). */
import PDFDocument from 'pdfkit';

const MARGIN = 48;
const FOOTER = 24;

export const COLOURS = {
  ink: '#1d2433',
  muted: '#5a6478',
  rule: '#d5dae3',
  pale: '#f3f5f9',
  kept: '#1a7f4b',
  unproven: '#9a6200',
  broken: '#b3261e',
  'not-promised': '#5a6478',
} as const;

export const FONTS = { plain: 'Helvetica', bold: 'Helvetica-Bold' } as const;

/** What a text looks like. */
export interface Look {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

export const BODY: Look = { size: 9 };
export const SMALL: Look = { size: 7.5, colour: COLOURS.muted };

/** What a document says of itself; the same again gives the same bytes. */
export interface SheetInfo {
  readonly title: string;
  readonly created: Date;
  /** Off only where a test reads the text. */
  readonly compress: boolean;
}

export class Sheet {
  readonly document: PDFKit.PDFDocument;
  readonly left = MARGIN;
  readonly width: number;
  y = MARGIN;
  readonly #parts: Buffer[] = [];
  readonly #done: Promise<Buffer>;

  constructor({ title, created, compress }: SheetInfo) {
    this.document = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      bufferPages: true,
      compress,
      lang: 'en-GB',
      displayTitle: true,
      info: { Title: title, Author: 'WedSync', CreationDate: created, ModDate: created },
    });
    this.width = this.document.page.width - 2 * MARGIN;
    this.document.on('data', (part: Buffer) => this.#parts.push(part));
    this.#done = new Promise((resolve, reject) => {
      this.document.on('end', () => resolve(Buffer.concat(this.#parts)));
      this.document.on('error', reject);
    });
  }

  /** Begins a page unless `height` is left on this one. */
  reserve(height: number): void {
    if (this.y + height <= this.document.page.height - MARGIN - FOOTER) return;
    this.document.addPage();
    this.y = MARGIN;
  }

  /** The height of a text in a column. */
  heightOf(text: string, look: Look, width = this.width): number {
    return this.#as(look).heightOfString(text, { width });
  }

  /** A text at a place, without moving on. */
  put(text: string, look: Look, x: number, y: number, width: number, align: 'left' | 'right' = 'left'): void {
    this.#as(look).text(text, x, y, { width, align });
  }

  /** A paragraph. */
  say(text: string, look: Look = BODY, gap = 4): void {
    const height = this.heightOf(text, look);
    this.reserve(height);
    this.put(text, look, this.left, this.y, this.width);
    this.y += height + gap;
  }

  /** A heading that stays with `next` points of what follows it. */
  heading(text: string, next = 40): void {
    this.y += 12;
    this.reserve(20 + next);
    this.say(text, { size: 11.5, bold: true }, 5);
  }

  /** A line from margin to margin. */
  rule(): void {
    this.document
      .moveTo(this.left, this.y)
      .lineTo(this.left + this.width, this.y)
      .lineWidth(0.5)
      .stroke(COLOURS.rule);
  }

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.document.rect(x, y, width, height).fill(colour);
  }

  /** Writes the footers, ends the document and gives its bytes. */
  async end(footer: string): Promise<Buffer> {
    const { start, count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(start + page);
      // Text below the margin would begin a page of its own.
      this.document.page.margins.bottom = 0;
      const y = this.document.page.height - MARGIN;
      this.put(footer, SMALL, this.left, y, this.width * 0.8);
      this.put(`Page ${page + 1} of ${count}`, SMALL, this.left, y, this.width, 'right');
    }
    this.document.end();
    return this.#done;
  }

  #as({ size, bold, colour }: Look): PDFKit.PDFDocument {
    return this.document
      .font(bold ? FONTS.bold : FONTS.plain)
      .fontSize(size)
      .fillColor(colour ?? COLOURS.ink);
  }
}
