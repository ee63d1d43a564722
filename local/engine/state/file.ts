import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { isObject } from '../values.ts';
import type { StackState, StateStore } from './store.ts';

/**
 * Keeps each stack in `<folder>/<project>.<stack>.json`, readable by its owner alone because generated passwords are in
 * it. A write replaces the file in one step, so that a crash leaves the old state or the new one.
 */
export function fileStateStore(folder: string): StateStore {
  const fileOf = (project: string, stack: string): string => path.join(folder, `${project}.${stack}.json`);
  return {
    read: (project, stack) => readState(fileOf(project, stack)),
    write: (project, stack, state) =>
      replaceFile(fileOf(project, stack), `${JSON.stringify({ version: 1, ...state }, undefined, 2)}\n`),
  };
}

async function readState(file: string): Promise<StackState | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(`The state file ${file} can't be read: ${messageOf(error)}.`);
  }
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch (error) {
    throw new UserError(`The state file ${file} is damaged: ${messageOf(error)}. Remove it to start afresh.`);
  }
  if (!isObject(state) || state['version'] !== 1 || !isObject(state['resources']) || !isObject(state['outputs'])) {
    throw new UserError(`The state file ${file} is not a state of version 1. Remove it to start afresh.`);
  }
  return { resources: state['resources'] as StackState['resources'], outputs: state['outputs'] };
}

async function replaceFile(file: string, text: string): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new UserError(
        `The disk is full: the state can't be written to ${file}. Free some space, or choose another folder.`,
      );
    }
    throw new UserError(`The state can't be written to ${file}: ${messageOf(error)}.`);
  }
}
