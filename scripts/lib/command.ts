import { explain } from './explain.ts';
import { interruption } from './interruption.ts';
import { EXIT, UsageError } from './usage.ts';

/** Tells a person why a command failed, and sets its exit code. */
export function fail(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/**
 * Runs a command that a person may interrupt, to its exit code.
 *
 * @param main the command; its signal aborts at the first Ctrl-C, and it ends by itself once nothing is left running
 * @param interrupted what a person is told who interrupted it
 */
export async function runCommand(
  main: (signal: AbortSignal) => Promise<number>,
  interrupted = 'Interrupted; nothing is left running.',
): Promise<void> {
  const { signal, end } = interruption();
  try {
    process.exitCode = await main(signal);
  } catch (error) {
    // What fails because its time was cut short has not failed.
    if (!signal.aborted) return fail(error);
    process.exitCode = EXIT.interrupted;
    process.stderr.write(`${interrupted}\n`);
  } finally {
    end();
  }
}
