const CONTEXT = 3;

/**
 * The patch from one text to another of as many lines, as `git apply` takes it; empty where they are equal.
 *
 * @param path of the file from the repository's root
 * @throws RangeError where the texts have not the same number of lines.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length !== now.length) throw new RangeError(`${path} has ${old.length} lines, and would have ${now.length}.`);
  const changed = old.flatMap((line, index) => (line === now[index] ? [] : [index]));
  if (changed.length === 0) return '';
  return [`--- a/${path}\n`, `+++ b/${path}\n`, ...hunks(changed, old.length).map((hunk) => draw(hunk, old, now))].join(
    '',
  );
}

interface Hunk {
  readonly from: number;
  readonly until: number;
}

/** Ranges of lines around the changed ones; those that touch are one. */
function hunks(changed: readonly number[], count: number): readonly Hunk[] {
  return changed.reduce<Hunk[]>((all, index) => {
    const next = { from: Math.max(0, index - CONTEXT), until: Math.min(count, index + CONTEXT + 1) };
    const last = all.at(-1);
    if (last === undefined || next.from > last.until) return [...all, next];
    return [...all.slice(0, -1), { from: last.from, until: next.until }];
  }, []);
}

function draw({ from, until }: Hunk, old: readonly string[], now: readonly string[]): string {
  const range = `${from + 1},${until - from}`;
  const lines: string[] = [];
  for (let index = from; index < until;) {
    if (old[index] === now[index]) {
      lines.push(` ${old[index++] ?? ''}`);
      continue;
    }
    const begin = index;
    while (index < until && old[index] !== now[index]) index++;
    lines.push(
      ...old.slice(begin, index).map((line) => `-${line}`),
      ...now.slice(begin, index).map((line) => `+${line}`),
    );
  }
  return [`@@ -${range} +${range} @@\n`, ...lines.map(closed)].join('');
}

/** Lines with their ends; only the last one may have none. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function closed(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}
