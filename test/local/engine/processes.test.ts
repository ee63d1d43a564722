import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryStateStore, run } from '../../../local/engine/index.ts';
import { writePack, writeProject } from './support/project.ts';
import { temporaryFolders } from './support/temporary.ts';

/** Says its process id and then never ends. */
const ENDLESS = `console.log('process ' + process.pid);\nsetInterval(() => {}, 1000);\nawait new Promise(() => {});\n`;

/** Starts a process of its own, and says both ids. */
const WITH_CHILD = `import { spawn } from 'node:child_process';
const child = spawn('sleep', ['600'], { stdio: 'ignore' });
console.log('process ' + child.pid);
${ENDLESS}`;

/** Runs, says its id, and stays deaf to a friendly request to end. */
const DEAF = `process.on('SIGTERM', () => {});\n${ENDLESS}`;

const SAYS_ITS_ID = `console.error('process ' + process.pid);`;

/** False also for a process that is dead and only waits for its parent to notice. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  } catch {
    return false;
  }
}

/** The system ends orphans, and tells nobody: there is no event to await, and mocha's limit ends a vain wait. */
async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isRunning)) await delay(20);
}

describe('the processes of a run', () => {
  const folder = temporaryFolders();

  async function abortOnce(program: string, count: number): Promise<number[]> {
    const pids: number[] = [];
    const controller = new AbortController();
    const running = run({
      mode: 'preview',
      projectDir: writeProject(folder(), { 'index.js': program }),
      stack: 'dev',
      policyPacks: [{ dir: writePack(folder(), '', SAYS_ITS_ID) }],
      state: memoryStateStore(),
      signal: controller.signal,
      onEvent: (event) => {
        const pid = event.kind === 'output' ? /^process (\d+)$/.exec(event.line)?.[1] : undefined;
        if (pid !== undefined && pids.push(Number(pid)) === count) controller.abort(new Error('interrupted'));
      },
    });
    await assert.rejects(running, { message: 'interrupted' });
    return pids;
  }

  it('are gone when an abort has been answered', async () => {
    const pids = await abortOnce(ENDLESS, 2);
    assert.deepEqual(pids.map(isRunning), [false, false]);
  });

  it('are gone together with what the program started', async () => {
    const pids = await abortOnce(WITH_CHILD, 3);
    await untilGone(pids);
    assert.deepEqual(pids.map(isRunning), [false, false, false]);
  });

  it('are gone even if they do not listen', async () => {
    const pids = await abortOnce(DEAF, 2);
    assert.deepEqual(pids.map(isRunning), [false, false]);
  });

  it('are not even started if the abort came first', async () => {
    const options = { mode: 'preview', stack: 'dev', policyPacks: [], state: memoryStateStore() } as const;
    const projectDir = writeProject(folder(), { 'index.js': ENDLESS });
    const lines: unknown[] = [];
    const running = run({
      ...options,
      projectDir,
      signal: AbortSignal.abort(new Error('early')),
      onEvent: (event) => lines.push(event),
    });
    await assert.rejects(running, { message: 'early' });
    assert.deepEqual(lines, []);
  });

  it('end by themselves when the engine is killed', async () => {
    const engine = path.resolve(import.meta.dirname, '../../../local/engine/index.ts');
    const projectDir = writeProject(folder(), { 'index.js': WITH_CHILD });
    const dir = writePack(folder(), '', SAYS_ITS_ID);
    const code = `import { memoryStateStore, run } from ${JSON.stringify(engine)};
      await run({ mode: 'preview', projectDir: ${JSON.stringify(projectDir)}, stack: 'dev', state: memoryStateStore(),
        policyPacks: [{ dir: ${JSON.stringify(dir)} }],
        onEvent: (event) => event.kind === 'output' && console.log(event.line) });`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pids: number[] = [];
    for await (const line of createInterface({ input: parent.stdout })) {
      const pid = /^process (\d+)$/.exec(line)?.[1];
      if (pid !== undefined && pids.push(Number(pid)) === 3) break;
    }
    assert.equal(pids.length, 3);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await untilGone(pids);
    assert.deepEqual(pids.map(isRunning), [false, false, false]);
  });
});
