import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import type { Context } from '../lib/bench.ts';
import { Child } from '../lib/child.ts';
import { closedLoad, WrongResponse, type ClosedLoad } from '../lib/closed-load.ts';
import { atRest, type Subject } from '../lib/cpu-rounds.ts';
import type { Target } from '../lib/http/connection.ts';
import { postRequest } from '../lib/http/request.ts';
import { headerOf, type HttpResponse } from '../lib/http/response-reader.ts';
import { cpuMicros } from '../lib/process-usage.ts';
import { answerTo } from '../lib/provider/answer.ts';
import { chatBody, MODEL } from '../lib/questions.ts';
import { virtualEnvironment } from './virtual-environment.ts';

export const LITELLM_VERSION = '1.108.0';

/** Its two fast servers: the one that runs unless something else is said, and one written in Rust. */
export const LITELLM_SERVERS = { uvicorn: [], granian: ['--run_granian'] } as const;
export type LiteLlmServer = keyof typeof LITELLM_SERVERS;

/** Connections that are tried to find those that suit it best, and requests with which each is tried. */
const CONNECTIONS = [1, 4, 16, 64];
const TRIAL = 300;
const START_WITHIN = 180_000;
/** As long as the engine's answers. */
const ANSWER = answerTo('What does a photographer charge in Bath for 40 guests on an April Saturday?');

/** What a LiteLLM proxy is asked. */
export interface LiteLlmWishes {
  readonly server: LiteLlmServer;
  readonly questions: readonly string[];
  readonly order: readonly number[];
  /** An existing folder for its files. */
  readonly folder: string;
  readonly stack: AsyncDisposableStack;
}

/** A LiteLLM proxy that has all answers in its cache, and the number of connections at which a hit costs it least. */
export interface LiteLlm {
  readonly subject: Subject;
  readonly connections: number;
}

/**
 * Starts LiteLLM's proxy as its guide to production has it (one worker, production mode, errors alone logged), with its cache in
 * memory, a mock for a model, and neither a database nor a key to look up, which would cost it more.
 */
export async function startLiteLlm(wishes: LiteLlmWishes, context: Context): Promise<LiteLlm> {
  const { server, questions, order, folder, stack } = wishes;
  const { progress, signal } = context;
  const bin = await virtualEnvironment(`litellm-${LITELLM_VERSION}`, [`litellm[proxy]==${LITELLM_VERSION}`], context);
  progress(`starting LiteLLM with ${server}`);
  const port = await getPort({ host: '127.0.0.1' });
  const target: Target = { host: '127.0.0.1', port };
  const child = await Child.start({
    name: `LiteLLM with ${server}`,
    command: [
      ...([join(bin, 'litellm'), '--config', configurationIn(folder, server)] as const),
      ...['--host', target.host, '--port', String(port), '--num_workers', '1', ...LITELLM_SERVERS[server]],
    ],
    role: 'measured',
    env: {
      LITELLM_MODE: 'PRODUCTION',
      LITELLM_LOG: 'ERROR',
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY: 'true',
    },
    signal,
    ready: async () => (await fetch(`http://${target.host}:${port}/health/liveliness`)).ok,
    within: START_WITHIN,
    onEnd: progress,
  });
  stack.use(child);
  const requests = questions.map((question) => postRequest('127.0.0.1', '/v1/chat/completions', chatBody(question)));
  const load = cachedLoad(requests, order, await firstIds(target, requests, signal));
  const send = (connections: number, count: number) => closedLoad({ ...load, target, connections, count, signal });

  await send(CONNECTIONS[0] as number, TRIAL);
  const trials: { connections: number; micros: number }[] = [];
  for (const connections of CONNECTIONS) {
    await atRest(child.pid, signal);
    const before = cpuMicros(child.pid);
    await send(connections, TRIAL);
    trials.push({ connections, micros: (cpuMicros(child.pid) - before) / TRIAL });
  }
  const { connections } = trials.reduce((best, trial) => (trial.micros < best.micros ? trial : best));
  const shown = trials.map((trial) => `${trial.connections}: ${trial.micros.toFixed(0)} µs`);
  progress(`LiteLLM with ${server}, CPU a hit by connections: ${shown.join(', ')}`);
  const subject = { name: `LiteLLM with ${server}`, pid: child.pid, load: (count: number) => send(connections, count) };
  return { subject, connections };
}

function configurationIn(folder: string, server: LiteLlmServer): string {
  const own = join(folder, `litellm-${server}`);
  mkdirSync(own);
  const file = join(own, 'config.yaml');
  // YAML takes JSON as it is.
  const configuration = {
    model_list: [
      {
        model_name: MODEL,
        litellm_params: { model: `openai/${MODEL}`, api_key: 'none', mock_response: ANSWER },
      },
    ],
    litellm_settings: { cache: true, cache_params: { type: 'local' }, set_verbose: false, telemetry: false },
  };
  writeFileSync(file, JSON.stringify(configuration));
  return file;
}

/** Asks everything once. Gives back the ids of the completions: a mock makes a new one each time, a cache keeps it. */
async function firstIds(target: Target, requests: readonly Buffer[], signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  const check = (index: number, response: HttpResponse) => (ids[index] = idOf(response));
  const request = (index: number) => requests[index] as Buffer;
  await closedLoad({ target, connections: 4, count: requests.length, request, check, signal });
  return ids;
}

function cachedLoad(
  requests: readonly Buffer[],
  order: readonly number[],
  ids: readonly string[],
): Pick<ClosedLoad, 'request' | 'check'> {
  const at = (index: number) => order[index % order.length] as number;
  return {
    request: (index) => requests[at(index)] as Buffer,
    check: (index, response) => {
      if (idOf(response) !== ids[at(index)]) throw new WrongResponse('LiteLLM did not answer from its cache', response);
      if (headerOf(response, 'x-litellm-cache-key') === undefined)
        throw new WrongResponse('LiteLLM names no cache key', response);
    },
  };
}

function idOf(response: HttpResponse): string {
  if (response.status !== 200) throw new WrongResponse('LiteLLM gave no answer', response);
  const { id, choices } = JSON.parse(response.body.toString('utf8')) as {
    readonly id: string;
    readonly choices: readonly { readonly message: { readonly content: string } }[];
  };
  if (choices[0]?.message.content !== ANSWER) throw new WrongResponse('LiteLLM gave another answer', response);
  return id;
}
