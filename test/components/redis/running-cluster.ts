import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ENGINE_CACHE_USER } from '../../../components/cache-service/redis-users.ts';
import { RedisCluster, type RedisClusterArgs } from '../../../components/redis/redis-cluster.ts';
import { CERT_MANAGER_API, CLUSTER_ISSUERS, REGION_CA } from '../../../components/security/certificates.ts';
import { strip } from '../../../local/engine/index.ts';
import { type KubernetesObject, LocalCluster } from '../../../local/pods/index.ts';
import { machineImages } from '../../../local/region/machine.ts';
import { record } from '../../support/pulumi/mocks.ts';

const run = promisify(execFile);
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const PLACE = { namespace: 'wedsync-redis', name: 'redis-cache' };

const ARGS: RedisClusterArgs = {
  place: PLACE,
  profile: 'cache',
  image: `docker.io/library/redis:8.2.3@sha256:${'a'.repeat(64)}`,
  exporterImage: `docker.io/oliver006/redis_exporter:v1.90.0@sha256:${'b'.repeat(64)}`,
  present: { shards: 3, memoryMiB: 1024 },
  full: { shards: 3, memoryMiB: 1024 },
  zones: 3,
  quiet: { posixZone: 'GMT0BST,M3.5.0/1,M10.5.0', dates: [] },
  users: [ENGINE_CACHE_USER],
};

/** The program's own objects of a cache cluster, and the authority that signs its certificates. */
export async function redisObjects(changes: Partial<RedisClusterArgs> = {}): Promise<KubernetesObject[]> {
  const { resources } = await record('uk-south', {}, () => new RedisCluster(PLACE.name, { ...ARGS, ...changes }));
  const objects = resources.filter(({ type }) => type.startsWith('kubernetes:')).map(({ inputs }) => strip(inputs));
  const issuers = CLUSTER_ISSUERS.map(({ name, spec }) => ({
    apiVersion: CERT_MANAGER_API,
    kind: 'ClusterIssuer',
    metadata: { name },
    spec,
  }));
  const metadata = { name: REGION_CA.secretName, namespace: 'cert-manager' };
  const authority = { apiVersion: CERT_MANAGER_API, kind: 'Certificate', metadata, spec: REGION_CA };
  return [...issuers, authority, ...objects] as KubernetesObject[];
}

/** A cache cluster of the program as processes of this machine. */
export class RunningCluster {
  readonly dataDir: string;
  readonly pods: LocalCluster;
  readonly caFile: string;

  private constructor(dataDir: string, pods: LocalCluster) {
    this.dataDir = dataDir;
    this.pods = pods;
    this.caFile = join(dataDir, 'ca.crt');
  }

  /** Starts the cluster, of the given objects; resolves when it is formed. */
  static async start(changes: Partial<RedisClusterArgs> = {}, objects = redisObjects): Promise<RunningCluster> {
    const dataDir = await mkdtemp(join(tmpdir(), 'wedsync-redis-'));
    const pods = await LocalCluster.open({ dataDir, images: machineImages(ROOT) });
    const cluster = new RunningCluster(dataDir, pods);
    await pods.apply(await objects(changes));
    await pods.whenReady({ timeoutMs: 40_000 });
    await writeFile(cluster.caFile, cluster.ca);
    return cluster;
  }

  async stop(): Promise<void> {
    await this.pods.stop({ graceMs: 3_000 });
    await rm(this.dataDir, { recursive: true, force: true });
  }

  get ca(): string {
    return this.pods.read('Secret', PLACE.namespace, 'redis-cache-tls', 'ca.crt') ?? '';
  }

  password(user: string): string {
    return this.pods.read('Secret', PLACE.namespace, 'redis-cache-passwords', user) ?? '';
  }

  pod(name: string) {
    const found = this.pods.status().pods.find((candidate) => candidate.name === name);
    assert.ok(found, `no Pod ${name}`);
    return found;
  }

  /** What a user of the cluster's is told by one of its nodes. */
  async redis(name: string, user: string, ...command: string[]): Promise<string> {
    const options = ['-e', '--no-auth-warning', '-c', '-h', this.pod(name).ip, '--tls', '--cacert', this.caFile];
    const { stdout } = await run('redis-cli', [...options, '--user', user, ...command], {
      env: { ...process.env, REDISCLI_AUTH: this.password(user) },
    });
    return stdout.trim();
  }
}
