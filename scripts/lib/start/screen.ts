import { relative } from 'node:path';
import { styleText } from 'node:util';
import { duration, table } from '../../../local/region/format.ts';
import type { Stage } from '../../../local/region/region.ts';

/** What a person sees of a start: a line a stage, and one live line that is written over. */
export class Screen {
  readonly #out: NodeJS.WriteStream;
  #stageBegan = performance.now();
  #live = false;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  /** A finished stage, with how long it took. */
  done(what: string, detail: string): void {
    const took = duration(performance.now() - this.#stageBegan);
    this.#stageBegan = performance.now();
    this.line(`  ${this.#style('green', '✓')} ${what.padEnd(14)}${detail.padEnd(52)} ${this.#style('dim', took)}`);
  }

  /** A line of its own. */
  line(text = ''): void {
    if (this.#live) this.#out.write('\r\x1b[2K');
    this.#live = false;
    this.#out.write(`${text}\n`);
  }

  /** Columns of a table. */
  table(rows: readonly (readonly string[])[], align?: 'left' | 'right'): void {
    this.line(table(rows, align));
  }

  /** The one line that changes; on anything but a terminal it is left out, since it could not be written over. */
  live(text: string): void {
    if (!this.#out.isTTY) return;
    this.#out.write(`\r\x1b[2K  ${text.slice(0, Math.max(0, this.#out.columns - 3))}`);
    this.#live = true;
  }

  heading(text: string): void {
    this.line(this.#style('bold', text));
  }

  #style(style: 'green' | 'dim' | 'bold', text: string): string {
    return styleText(style, text, { stream: this.#out });
  }
}

/** Says what a stage of the start has come to. */
export function showStage(screen: Screen, stage: Stage): void {
  switch (stage.name) {
    case 'previewing':
      return;
    case 'previewed': {
      const { resources, violations, ok } = stage.preview;
      // What went wrong is said once, as the error that ends the start.
      if (!ok) return;
      const advisory = violations.filter(({ level }) => level === 'advisory');
      screen.done(
        'preview',
        `${resources.length} resources, ${violations.length - advisory.length} violations of policy`,
      );
      for (const { policy, message } of advisory) screen.line(`    ${policy} (advisory): ${message}`);
      return;
    }
    case 'updated':
      screen.done('update', 'policies judged again, with every value known');
      return;
    case 'ready': {
      const { pods, jobs } = stage.status;
      screen.done('region', `${pods.length} Pods ready, ${jobs.length} Jobs complete`);
    }
  }
}

/** A path as a person in the present folder would write it. */
export function nearPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
