import { Server } from '@grpc/grpc-js';
import type { Deployment } from './deployment.ts';
import { failure } from './diagnostic.ts';
import { serveEngine } from './engine-service.ts';
import { serveMonitor } from './monitor/service.ts';
import type { RunOptions } from './options.ts';
import { startProgram } from './process/program.ts';
import { CHANNEL_OPTIONS, listen } from './rpc.ts';

/** How much of what a program wrote before it failed is shown. */
const LAST_LINES = 15;

/**
 * Runs the program against the engine's services until it ends or the deployment is stopped. The program and everything
 * that was under way have ended when this settles.
 */
export async function host(deployment: Deployment, options: RunOptions): Promise<void> {
  const server = new Server(CHANNEL_OPTIONS);
  const monitor = serveMonitor(server, deployment);
  serveEngine(server, deployment);
  try {
    await runProgram(await listen(server), deployment, options);
  } finally {
    monitor.close();
    server.forceShutdown();
    await deployment.idle();
  }
}

async function runProgram(address: string, deployment: Deployment, { environment }: RunOptions): Promise<void> {
  const { project, dryRun, onEvent } = deployment.setup;
  const complaints: string[] = [];
  const program = startProgram({
    project,
    dryRun,
    address,
    environment: environment ?? {},
    onLine: (line, stream) => {
      if (stream === 'stderr') complaints.push(line);
      onEvent({ kind: 'output', from: 'program', line });
    },
  });
  try {
    const code = await Promise.race([program.exited, deployment.stopped.then(() => 'stopped' as const)]);
    // A runtime that has logged why it fails says no more; this is for programs that end without a word to the engine.
    if (code !== 'stopped' && code !== 0 && !deployment.failed) {
      const words = complaints.slice(-LAST_LINES).join('\n');
      const end = code === undefined ? 'a signal' : `exit code ${code}`;
      deployment.report(failure(`The program failed: ${words || `it ended with ${end}`}`));
    }
  } finally {
    await program.end();
  }
}
