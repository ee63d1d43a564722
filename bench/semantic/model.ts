import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '@wedsync/cache-engine/contract';
import getPort from 'get-port';
import type { Context } from '../lib/bench.ts';
import { Child } from '../lib/child.ts';

const SERVER = fileURLToPath(new URL('model-server.ts', import.meta.url));
/** Milliseconds in which the model is loaded and the stored texts are embedded. */
const START_WITHIN = 60_000;

/** What a model alone is to work on. */
export interface ModelWishes extends Context {
  readonly stored: readonly string[];
  readonly asked: readonly string[];
  /** An existing folder for its file. */
  readonly folder: string;
  readonly stack: AsyncDisposableStack;
}

/** A process that embeds and searches, and does nothing else. */
export interface Model {
  readonly pid: number;
  /** Looks for `count` of the texts from the place `from` on. Gives back the places of what was found, nearest first, by text. */
  readonly find: (from: number, count: number, connections: number) => Promise<readonly (readonly number[])[]>;
}

/** Starts a model on the measured core. It ends with the stack. */
export async function startModel({ stored, asked, folder, stack, progress, signal }: ModelWishes): Promise<Model> {
  const port = await getPort({ host: '127.0.0.1' });
  const texts = join(folder, `texts-${port}.json`);
  writeFileSync(texts, JSON.stringify({ stored, asked }));
  const url = `http://127.0.0.1:${port}/`;
  const find: Model['find'] = async (from, count, connections) => {
    const response = await fetch(`${url}?from=${from}&count=${count}&connections=${connections}`, { signal });
    if (!response.ok) throw new Error(`The model alone failed: ${await response.text()}`);
    return (await response.json()) as readonly (readonly number[])[];
  };
  const child = await Child.start({
    name: 'the model alone',
    command: [process.execPath, ...NODE_FLAGS, SERVER, String(port), texts],
    role: 'measured',
    env: { NODE_ENV: 'production' },
    signal,
    ready: async () => (await find(0, 0, 1)).length === 0,
    within: START_WITHIN,
    onEnd: progress,
  });
  stack.use(child);
  return { pid: child.pid, find };
}
