import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A command line that makes no sense; the message says what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * `parseArgs`, strict, with the error of a command line in one sentence.
 *
 * @param command how the command is called, such as `npm start`
 * @throws UsageError naming what is not understood, and where help is.
 */
export function parseCommandLine<T extends ParseArgsConfig>(
  command: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node adds advice about "--" that fits no command here.
    throw new UsageError(`${(error as Error).message.split('. To specify')[0]}. See: ${command} -- --help`);
  }
}
