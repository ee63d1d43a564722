import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { ensureRedisServer } from '../../local/region/redis-server.ts';
import type { Context } from './bench.ts';
import { Child } from './child.ts';
import { leaveMeasuredCore } from './cores.ts';
import { startEngine, type Engine, type EngineSite, type EngineWishes } from './engine.ts';
import { MODEL } from './questions.ts';
import { startRedisCluster } from './redis/cluster.ts';

const PROVIDER = fileURLToPath(new URL('provider/server.ts', import.meta.url));
const PROVIDER_WITHIN = 20_000;

/** What a site is to have. */
export interface SiteWishes {
  /** Milliseconds that the provider takes to answer. */
  readonly providerDelay: number;
  /** MiB that a Redis node may hold before it evicts. */
  readonly maxMemory: number;
}

/** All that an engine needs around it, and engines. */
export interface Site {
  /** A folder that ends with the site. */
  readonly folder: string;
  readonly startEngine: (wishes: EngineWishes) => Promise<Engine>;
}

/** Starts a Redis Cluster and a provider. Both, and every engine, end with `stack`. */
export async function startSite(wishes: SiteWishes, context: Context, stack: AsyncDisposableStack): Promise<Site> {
  const { progress, signal } = context;
  await ensureRedisServer(() => progress('installing redis-server (once)'), signal);
  await leaveMeasuredCore();
  const folder = mkdtempSync(join(tmpdir(), 'wedsync-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const redisFolder = join(folder, 'redis');
  mkdirSync(redisFolder);
  progress('starting a Redis Cluster');
  const redis = await startRedisCluster({ folder: redisFolder, maxMemory: wishes.maxMemory, ...context, stack });
  const originUrl = await startProvider(wishes.providerDelay, context, stack);
  const site: EngineSite = { folder, redis, originUrl, originModel: MODEL, ...context };
  return {
    folder,
    startEngine: async (engineWishes) => {
      progress(`starting ${engineWishes.name}`);
      const engine = await startEngine(site, engineWishes);
      stack.defer(() => engine.stop());
      return engine;
    },
  };
}

/** Starts the provider. Gives back its base URL. */
async function startProvider(
  wait: number,
  { progress, signal }: Context,
  stack: AsyncDisposableStack,
): Promise<string> {
  const port = await getPort({ host: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}`;
  const child = await Child.start({
    name: 'the provider',
    command: [process.execPath, PROVIDER, String(port), String(wait)],
    role: 'others',
    signal,
    ready: async () => (await fetch(url)).ok,
    within: PROVIDER_WITHIN,
    onEnd: progress,
  });
  stack.use(child);
  return `${url}/v1`;
}
