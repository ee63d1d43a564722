import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How long a child may take to end when asked to, before it is killed. */
const GRACE_MS = 2_000;

export interface ChildOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** A Node process of the engine's: it never outlives the engine, and ending it ends what it started. */
export interface Child {
  /** The exit code, or undefined if a signal ended it; resolves after all output has been read. */
  readonly exited: Promise<number | undefined>;
  /** Ends it if it still runs; resolves when it is gone. */
  end(): Promise<void>;
}

const EXIT_WITH_PARENT = new URL('exit-with-parent.mjs', import.meta.url).href;

/**
 * What every child is started with. Programs and packs load much and live for seconds: V8 would let the space for young
 * objects grow to many times this (in MiB), and takes no longer without that.
 */
const NODE_ARGS = ['--max-semi-space-size=4', `--import=${EXIT_WITH_PARENT}`];

/** Starts node in a process group of its own, so that a Ctrl-C reaches the engine alone and is handled in one place. */
export function startNode({ args, cwd, env, onLine }: ChildOptions): Child {
  const child = spawn(process.execPath, [...NODE_ARGS, ...args], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  // A child that is gone breaks the pipe; its exit says all there is to say.
  child.stdin.on('error', () => undefined);
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[stream] }).on('line', (line) => onLine(line, stream));
  }
  const exited = once(child, 'close').then(([code]) => (code as number | null) ?? undefined);
  return { exited, end: () => endGroup(child, exited) };
}

async function endGroup(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(signalGroup, GRACE_MS, child.pid, 'SIGKILL');
  await exited.catch(() => undefined);
  clearTimeout(timer);
  // What the child started may have outlived it.
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
