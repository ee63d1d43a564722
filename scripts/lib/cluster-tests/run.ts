import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly signal?: AbortSignal;
}

/** Runs a command to its end; a command that is not there ends with 127, as in a shell. */
export async function runCommand(
  [command = '', ...args]: readonly string[],
  { cwd, env, input, signal }: RunOptions = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd,
    env,
    signal,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined); // it did not read to the end; its exit code tells
  child.stdin?.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close').then(
      ([exit]) => (exit as number | null) ?? 1,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return 127;
        throw error;
      },
    ),
  ]);
  return { code, stdout, stderr };
}

/** An error that was written for a person. */
export function userError(message: string): Error {
  return Object.assign(new Error(message), { name: 'UserError' });
}
