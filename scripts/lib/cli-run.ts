import { CommandError } from '@pulumi/pulumi/automation/index.js';
import { UserError } from '../../local/engine/index.ts';
import { Interrupted } from './interruption.ts';
import { EXIT } from './usage.ts';

/** How the CLI is run, in the words of the Automation API: what it says is shown, and an interruption reaches it once. */
export interface CliRun {
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs what the CLI does, and gives back the exit code. Where the CLI refuses, its own words are shown, once. Throws what is no word of the
 * CLI, and anything once `signal` has aborted: how far it came, the CLI has said itself.
 */
export async function runCli(signal: AbortSignal, run: (cli: CliRun) => Promise<void>): Promise<number> {
  let shown = false;
  const show = (stream: NodeJS.WriteStream) => (text: string) => {
    shown = true;
    stream.write(text);
  };
  try {
    await run({ onOutput: show(process.stdout), onError: show(process.stderr), signal: passedOn(signal) });
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof CommandError) || signal.aborted) throw error;
    // Its error repeats what it said.
    if (!shown) throw new UserError(saidBy(error));
    return EXIT.failed;
  }
}

/**
 * What the CLI must be told of an interruption. A Ctrl-C in a terminal reaches it without us, and a second one would have it drop an update
 * with resources half made.
 */
function passedOn(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const inTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const pass = () => {
    const { reason } = signal as { reason: unknown };
    const isCtrlC = inTerminal && reason instanceof Interrupted && reason.by === 'SIGINT';
    if (!isCtrlC) controller.abort(reason);
  };
  signal.addEventListener('abort', pass, { once: true });
  return controller.signal;
}

/** The CLI's own words in an error of the Automation API, which puts its command line, exit code and a stack around them. */
function saidBy({ message }: CommandError): string {
  return (/ stderr: Command failed[^\n]*\n(.*?)\n err\?: /s.exec(message)?.[1] ?? message).trim();
}
