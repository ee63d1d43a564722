import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINE, type LocalRegion } from '../region.ts';

const run = promisify(execFile);
const REDIS = { namespace: 'wedsync-redis', statefulSets: 'redis-cache-', passwords: 'redis-cache-passwords' } as const;

/** Kills a master of the cache's Redis Cluster, as `kill -9` does. Gives back its Pod's name. */
export async function killRedisMaster(region: LocalRegion): Promise<string> {
  const nodes = region
    .status()
    .pods.filter((pod) => pod.namespace === REDIS.namespace && pod.name.startsWith(REDIS.statefulSets));
  const seed = nodes.find((pod) => pod.ready);
  if (seed === undefined) throw new Error('No node of the cache cluster is ready.');
  const masters = await masterAddresses(region, seed.ip);
  const master = nodes.find((pod) => masters.has(pod.ip) && pod.pids.length > 0);
  if (master === undefined) throw new Error('No master of the cache cluster runs.');
  kill(master.pids);
  return master.name;
}

/** Kills one engine process, as `kill -9` does. Gives back its Pod's name. */
export function killEngine(region: LocalRegion): string {
  const engine = region
    .status()
    .pods.find((pod) => pod.namespace === ENGINE.namespace && pod.ready && pod.pids.length > 0);
  if (engine === undefined) throw new Error('No engine is ready.');
  kill(engine.pids);
  return engine.name;
}

function kill(pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

/** The addresses of the masters, as the node at `host` sees them. */
async function masterAddresses(region: LocalRegion, host: string): Promise<Set<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-check-'));
  try {
    const ca = join(folder, 'ca.crt');
    await writeFile(ca, region.authority());
    const { stdout } = await run(
      'redis-cli',
      ['-e', '--no-auth-warning', '-h', host, '--tls', '--cacert', ca, '--user', 'operator', 'cluster', 'nodes'],
      { env: { ...process.env, REDISCLI_AUTH: region.secret(REDIS.namespace, REDIS.passwords, 'operator') } },
    );
    const masters = stdout.split('\n').filter((line) => /\bmaster\b/.test(line) && !/\bfail\b/.test(line));
    return new Set(masters.map((line) => line.split(' ')[1]?.split(':')[0] ?? ''));
  } finally {
    await rm(folder, { recursive: true });
  }
}
