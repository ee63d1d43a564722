import { existsSync } from 'node:fs';
import path from 'node:path';
import { credentials } from '@grpc/grpc-js';
import type { AnalyzerClient } from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import { messageOf, UserError } from '../errors.ts';
import { startNode, type Child } from '../process/child.ts';
import { resolveSdk, runtimeEnvironment } from '../process/environment.ts';
import { findUnhandled } from '../program-error.ts';
import type { Project } from '../project/project.ts';
import { analyzer } from '../proto.ts';
import { CHANNEL_OPTIONS } from '../rpc.ts';

export interface PackProcessOptions {
  readonly dir: string;
  readonly project: Project;
  readonly dryRun: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** For starting, and for every later question; in milliseconds. */
  readonly timeLimit: number;
  /** Ends the pack at any time, also while it starts. */
  readonly signal: AbortSignal;
  /** Hears what a pack that could start writes; what it writes before it fails to is in the error. */
  readonly onLine: (line: string) => void;
}

/** A policy pack that runs and answers. */
export interface PackProcess {
  readonly client: AnalyzerClient;
  /** Resolves once the process is gone. */
  end(): Promise<void>;
}

/** How much of what a pack said before it failed is shown. */
const LAST_LINES = 15;

/** Starts a pack under Pulumi's own runtime for packs. Rejects with a UserError in the pack's words if it can't start. */
export async function startPack(options: PackProcessOptions): Promise<PackProcess> {
  const { dir, project, dryRun, environment, timeLimit, signal, onLine } = options;
  signal.throwIfAborted();
  if (!existsSync(path.join(dir, 'PulumiPolicy.yaml'))) {
    throw new UserError(`${dir} holds no PulumiPolicy.yaml, so it is no policy pack.`);
  }
  const said: string[] = [];
  let started = false;
  const port = Promise.withResolvers<string>();
  const child = startNode({
    // The runtime takes the engine's address as its first argument and drops it.
    args: [resolveSdk(dir, '@pulumi/pulumi/cmd/run-policy-pack'), '', dir],
    cwd: dir,
    // Pulumi's runtime for packs starts ts-node for every pack; with its cache it would leave a folder in the machine's temporary one.
    env: { ...runtimeEnvironment(project, dryRun, environment), TS_NODE_CACHE: 'false' },
    onLine: (line, stream) => {
      if (stream === 'stdout' && /^\d+$/.test(line)) return port.resolve(line);
      if (started) onLine(line);
      else said.push(line);
    },
  });
  const abort = (): void => void child.end();
  signal.addEventListener('abort', abort, { once: true });
  const forget = (): void => signal.removeEventListener('abort', abort);
  void child.exited.then(forget, forget);
  try {
    const client = connect(await portOf(child, port.promise, timeLimit));
    started = true;
    said.forEach(onLine);
    return {
      client,
      end: () => {
        client.close();
        return child.end();
      },
    };
  } catch (error) {
    await child.end();
    const unhandled = findUnhandled(said.join('\n'));
    if (unhandled !== undefined) throw new UserError(`The policy pack in ${dir} can't start: ${unhandled.message}`);
    const words = said.slice(-LAST_LINES).map((line) => `\n${line}`);
    throw new UserError(`The policy pack in ${dir} can't start: ${messageOf(error)}.${words.join('')}`);
  }
}

function connect(port: string): AnalyzerClient {
  return new analyzer.Client(`127.0.0.1:${port}`, credentials.createInsecure(), CHANNEL_OPTIONS);
}

async function portOf(child: Child, port: Promise<string>, timeLimit: number): Promise<string> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it did not answer within ${timeLimit / 1000} s`)), timeLimit);
  const ended = child.exited.then((code) => Promise.reject(new Error(`it ended with ${code ?? 'a signal'}`)));
  try {
    return await Promise.race([port, ended, late]);
  } finally {
    clearTimeout(timer);
  }
}
