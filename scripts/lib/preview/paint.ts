import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal; none for a file or a pipe, or where NO_COLOR is set. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  const colour = stream.isTTY && !process.env['NO_COLOR'];
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}
