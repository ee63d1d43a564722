/** A line, numbered from 1; `undefined` for one that is too long to be kept. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string | undefined;
}

const NEWLINE = 0x0a;

/**
 * The lines of a stream that are not empty, as they come: never more than one of at most `longest` bytes is held. The rest of a longer one
 * is read and forgotten.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<NumberedLine> {
  let number = 1;
  let held: Uint8Array[] = [];
  let size = 0;
  const take = (): NumberedLine => {
    const text = size > longest ? undefined : Buffer.concat(held).toString();
    held = [];
    size = 0;
    return { number: number++, text };
  };
  const keep = (bytes: Uint8Array) => {
    size += bytes.length;
    if (size > longest) held = [];
    else held.push(bytes);
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end));
      const line = take();
      if (line.text?.trim() !== '') yield line;
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size === 0) return;
  const last = take();
  if (last.text?.trim() !== '') yield last;
}
