import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as requestTls } from 'node:https';
import { request as requestPlain } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT, NODE_FLAGS, PATHS } from '@wedsync/cache-engine/contract';
import getPort from 'get-port';
import type { Context } from './bench.ts';
import { Child } from './child.ts';
import type { Target } from './http/connection.ts';
import { VENDOR } from './questions.ts';
import { certificateFor } from './redis/certificate.ts';
import type { RedisCluster } from './redis/cluster.ts';

/** The engine as it was built last. */
const MAIN = fileURLToPath(new URL('../../services/cache-engine/dist/main.js', import.meta.url));
const HOST = '127.0.0.1';
/** Milliseconds in which an engine has reached Redis and loaded its model. */
const START_WITHIN = 60_000;

/** What the engines of a bench have in common. */
export interface EngineSite extends Context {
  /** An existing folder for what is secret. */
  readonly folder: string;
  readonly redis: RedisCluster;
  /** Base URL of the provider, up to and with `/v1`. */
  readonly originUrl: string;
  readonly originModel: string;
}

/** How one engine differs from another. */
export interface EngineWishes {
  readonly name: string;
  /** Whether it speaks TLS. */
  readonly tls?: boolean;
  /** Values for the engine's environment, by name. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly nodeFlags?: readonly string[];
}

/** The engine's own process, on the measured core. */
export interface Engine {
  readonly name: string;
  readonly pid: number;
  readonly target: Target;
  readonly stop: () => Promise<void>;
  /** The body of an answer to a GET request. @throws Error for another status than 200 */
  readonly read: (path: string) => Promise<string>;
  /** Makes an API key for the vendor that asks. */
  readonly addKey: () => Promise<string>;
}

/** Starts an engine and resolves when it takes requests. */
export async function startEngine(site: EngineSite, wishes: EngineWishes): Promise<Engine> {
  const { folder, redis } = site;
  const secrets = secretsIn(folder, redis);
  const port = await getPort({ host: '127.0.0.1' });
  const certificate = wishes.tls ? await certificateFor([HOST]) : undefined;
  const tlsFolder = join(folder, `tls-${port}`);
  if (certificate !== undefined) {
    mkdirSync(tlsFolder);
    writeFileSync(join(tlsFolder, 'tls.crt'), certificate.cert);
    writeFileSync(join(tlsFolder, 'tls.key'), certificate.key, { mode: 0o600 });
  }
  const target: Target = { host: HOST, port, ca: certificate?.ca };
  const child = await Child.start({
    name: wishes.name,
    command: [process.execPath, ...NODE_FLAGS, ...(wishes.nodeFlags ?? []), MAIN],
    role: 'measured',
    env: {
      NODE_ENV: 'production',
      [ENVIRONMENT.host]: HOST,
      [ENVIRONMENT.port]: String(port),
      ...(certificate && { [ENVIRONMENT.tlsDirectory]: tlsFolder }),
      [ENVIRONMENT.region]: 'uk-south',
      [ENVIRONMENT.cacheNodes]: redis.nodes,
      [ENVIRONMENT.queueNodes]: redis.nodes,
      [ENVIRONMENT.cacheUser]: 'cache',
      [ENVIRONMENT.queueUser]: 'queue',
      [ENVIRONMENT.redisCa]: redis.caFile,
      [ENVIRONMENT.originUrl]: site.originUrl,
      [ENVIRONMENT.originModel]: site.originModel,
      [ENVIRONMENT.logLevel]: 'warn',
      ...secrets.environment,
      ...wishes.environment,
    },
    signal: site.signal,
    ready: async () => (await call(target, 'GET', PATHS.readiness)).status === 200,
    within: START_WITHIN,
    onEnd: site.progress,
  });
  const read = async (path: string) => {
    const { status, body } = await call(target, 'GET', path);
    if (status !== 200) throw new Error(`${wishes.name} answers GET ${path} with ${status}: ${body}`);
    return body;
  };
  const addKey = async () => {
    const given = JSON.stringify(VENDOR);
    const { status, body } = await call(target, 'POST', '/v1/admin/keys', secrets.adminToken, given);
    if (status !== 201) throw new Error(`${wishes.name} gave no key for a vendor: ${status} ${body}`);
    return (JSON.parse(body) as { key: string }).key;
  };
  return { name: wishes.name, pid: child.pid, target, stop: () => child.stop(), read, addKey };
}

interface Secrets {
  readonly adminToken: string;
  readonly environment: Readonly<Record<string, string>>;
}
const made = new Map<string, Secrets>();

/** The secrets of a site as files, the same for each of its engines: what one has sealed, the others open. */
function secretsIn(folder: string, redis: RedisCluster): Secrets {
  const known = made.get(folder);
  if (known !== undefined) return known;
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const adminToken = randomBytes(32).toString('hex');
  const secrets = {
    adminToken,
    environment: {
      [ENVIRONMENT.cachePasswordFile]: file('cache-password', redis.passwords.cache),
      [ENVIRONMENT.queuePasswordFile]: file('queue-password', redis.passwords.queue),
      [ENVIRONMENT.adminTokenFile]: file('admin-token', adminToken),
      [ENVIRONMENT.keyEncryptionFile]: file('key-encryption', `bench ${randomBytes(32).toString('base64')}\n`),
    },
  };
  made.set(folder, secrets);
  return secrets;
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

async function call(target: Target, method: string, path: string, token?: string, given?: string): Promise<Reply> {
  const { host, port, ca } = target;
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(given !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(given) }),
  };
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const options = { host, port, method, path, headers, agent: false as const };
  const request = ca === undefined ? requestPlain(options) : requestTls({ ...options, ca });
  request.on('error', reject);
  request.on('response', (response) => {
    text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
  });
  request.end(given);
  return promise;
}
