import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { pino } from 'pino';
import { regionIdentity, systemClock } from '@wedsync/domain';
import { OpenAiOrigin } from './adapters/openai/openai-origin.ts';
import { PlanningAssistant } from './adapters/planning-assistant/planning-assistant.ts';
import { whyNotReached } from './adapters/redis/access.ts';
import { ClusterConnections } from './adapters/redis/cluster.ts';
import { RedisVendorKeys } from './adapters/redis/redis-vendor-keys.ts';
import { RedisWarmTier } from './adapters/redis/redis-warm-tier.ts';
import { ConfigurationError, readConfiguration, type RedisConfiguration } from './configuration.ts';
import { SERVICE_NAME } from './contract.ts';
import { drain } from './drain.ts';
import { Answering } from './engine/answering.ts';
import { settledWithin } from './engine/deadline.ts';
import { HotTier } from './engine/hot-tier.ts';
import { VendorDirectory } from './engine/vendor-directory.ts';
import { seldom } from './engine/seldom.ts';
import { Metrics } from './http/metrics.ts';
import { Readiness } from './http/readiness.ts';
import { buildServer } from './http/server.ts';
import { followCertificate, readCertificate } from './http/tls.ts';

/** Milliseconds for which a starting engine waits for Redis before it serves without. */
const REDIS_START_DEADLINE = 10_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const clock = systemClock;
  const logger = pino({ level: configuration.logLevel, base: { service: SERVICE_NAME, region: configuration.region } });
  const { zone } = regionIdentity(configuration.region);
  const ca = readFileSync(configuration.redisCaFile, 'utf8');
  const connect = (cluster: 'cache' | 'queue', { nodes, user, passwordFile }: RedisConfiguration) => {
    const access = { nodes, user, password: readSecret(passwordFile), ca };
    const report = async () => logger.warn({ cluster, reason: await whyNotReached(access) }, 'Redis is not reached');
    return new ClusterConnections(
      access,
      seldom(() => void report()),
    );
  };

  const certificate =
    configuration.tlsDirectory === undefined ? undefined : readCertificate(configuration.tlsDirectory);
  const adminToken = readSecret(configuration.adminTokenFile);
  const { originUrl, originKeyFile, originModel } = configuration;
  const origin =
    originUrl === undefined
      ? new PlanningAssistant(clock, zone)
      : new OpenAiOrigin({
          baseUrl: originUrl,
          apiKey: originKeyFile && readSecret(originKeyFile),
          defaultModel: originModel,
        });

  const cache = connect('cache', configuration.cache);
  const queue = connect('queue', configuration.queue);
  const hot = new HotTier(configuration.hotBytes, clock);
  const warm = new RedisWarmTier(cache);
  const keys = new RedisVendorKeys(queue);
  const metrics = new Metrics({ hotBytes: () => hot.bytes, warmUp: () => warm.up });
  const readiness = new Readiness();
  const services = {
    answering: new Answering({ hot, warm, origin, clock, zone, observer: metrics }),
    directory: new VendorDirectory(keys, clock),
    ...{ origin, clock, keys, metrics, readiness, adminToken },
  };
  const app = await buildServer(services, { logger, certificate });

  const stop = async () => {
    logger.info('draining');
    const finished = await drain(app, readiness);
    cache.close();
    queue.close();
    logger[finished ? 'info' : 'warn'](finished ? 'stopped' : 'stopped with requests unfinished');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

  await app.listen({ host: configuration.host, port: configuration.port });
  if (configuration.tlsDirectory !== undefined && certificate !== undefined) {
    const directory = configuration.tlsDirectory;
    const onRenewed = () => logger.info('certificate renewed');
    followCertificate(app.server as unknown as Server, { directory, current: certificate, onRenewed });
  }
  const connected = await settledWithin(REDIS_START_DEADLINE, Promise.all([cache.ready, queue.ready]));
  if (!connected) logger.warn('Redis does not answer yet; serving without it');
  readiness.started();
  logger.info('ready');
}

/** The text of a file that holds one secret, without the line break that editors add. */
function readSecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trimEnd();
  if (secret === '') throw new ConfigurationError([`${file} is empty: it must hold a secret.`]);
  return secret;
}

main().catch((error: unknown) => {
  const explained = error instanceof ConfigurationError || (error instanceof Error && 'code' in error);
  process.stderr.write(`${SERVICE_NAME}: ${explained ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
