import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { regionIdentity, systemClock, type RegionName } from '@wedsync/domain';
import { FolderColdTier } from './adapters/cold/folder-cold-tier.ts';
import { S3ColdTier } from './adapters/cold/s3-cold-tier.ts';
import { WorkerEmbedder } from './adapters/embedding/worker-embedder.ts';
import { FileKeyEncryption } from './adapters/key-encryption/file-key-encryption.ts';
import { whyNotReached } from './adapters/redis/access.ts';
import { ClusterConnections } from './adapters/redis/cluster.ts';
import { RedisChangeFeed } from './adapters/redis/redis-change-feed.ts';
import { RedisDataKeys } from './adapters/redis/redis-data-keys.ts';
import { RedisLedger } from './adapters/redis/redis-ledger.ts';
import { RedisSettings } from './adapters/redis/redis-settings.ts';
import { RedisSightings } from './adapters/redis/redis-sightings.ts';
import { RedisVendorKeys } from './adapters/redis/redis-vendor-keys.ts';
import { RedisWarmTier } from './adapters/redis/redis-warm-tier.ts';
import { RedisWeddings } from './adapters/redis/redis-weddings.ts';
import { OtlpTracer, otlpExporter } from './adapters/tracing/otlp-tracer.ts';
import { PartitionedIndex } from './adapters/vectors/partitioned-index.ts';
import { TieredVectors } from './adapters/vectors/tiered-vectors.ts';
import type { Adapters } from './compose.ts';
import type { ColdConfiguration, Configuration, RedisConfiguration } from './configuration.ts';
import { SERVICE_NAME } from './contract.ts';
import { seldom } from './engine/seldom.ts';
import { connectJudge, connectOrigin } from './origins.ts';
import type { ColdTier } from './ports/cold-tier.ts';
import { readSecret } from '@wedsync/service-kit/secret-file';

/** Share of the requests without a caller's decision that are traced. */
const TRACED_SHARE = 0.01;

/** AWS regions under the law of a region's residency. */
const BUCKET_REGIONS = { UK: 'eu-west-2', EU: 'eu-west-1' } as const;

/** What stands behind the ports of a deployed engine. */
export interface ConnectedAdapters {
  readonly adapters: Adapters;
  /** Resolves when both Redis Clusters are reached. */
  readonly ready: Promise<unknown>;
  /** Lets go of everything. */
  close(): Promise<void>;
}

/** Opens what the configuration names. Throws a ConfigurationError, a KeyFileError or a file system's error. */
export async function connectAdapters(configuration: Configuration, logger: Logger): Promise<ConnectedAdapters> {
  const clock = systemClock;
  const ca = readFileSync(configuration.redisCaFile, 'utf8');
  const connect = (cluster: 'cache' | 'queue', { nodes, user, passwordFile }: RedisConfiguration) => {
    const access = { nodes, user, password: readSecret(passwordFile), ca };
    const report = async () => logger.warn({ cluster, reason: await whyNotReached(access) }, 'Redis is not reached');
    return new ClusterConnections(
      access,
      seldom(() => void report()),
    );
  };
  const keyEncryption = await FileKeyEncryption.read(configuration.keyEncryptionFile);
  const { origin, routes } = connectOrigin(configuration, clock, logger);
  const judge = connectJudge(configuration.judge, clock);
  const cold = configuration.cold && (await openCold(configuration.cold, configuration.region));
  const cache = connect('cache', configuration.cache);
  const queue = connect('queue', configuration.queue);
  const feed = new RedisChangeFeed(cache);
  const embedder = configuration.semantic ? new WorkerEmbedder() : undefined;
  const tracer =
    configuration.tracesUrl === undefined
      ? undefined
      : new OtlpTracer({
          service: SERVICE_NAME,
          region: configuration.region,
          exporter: otlpExporter(configuration.tracesUrl),
          share: TRACED_SHARE,
          random: Math.random,
        });
  return {
    adapters: {
      ...{ cold, feed, keyEncryption, origin, routes, judge, tracer, clock },
      warm: new RedisWarmTier(cache),
      vendorKeys: new RedisVendorKeys(queue),
      dataKeys: new RedisDataKeys(queue),
      sightings: new RedisSightings(cache),
      ledger: new RedisLedger(queue),
      weddings: new RedisWeddings(queue),
      settings: new RedisSettings(queue),
      semantic: embedder && {
        embedder,
        index: new PartitionedIndex(embedder.dimensions, (dimensions) => new TieredVectors(dimensions)),
      },
      random: Math.random,
    },
    ready: Promise.all([cache.ready, queue.ready, feed.ready, embedder?.start()]),
    async close() {
      await feed.close();
      await Promise.all([embedder?.close(), tracer?.close()]);
      cache.close();
      queue.close();
    },
  };
}

async function openCold(cold: ColdConfiguration, region: RegionName): Promise<ColdTier> {
  if ('folder' in cold) return FolderColdTier.open(cold.folder);
  const { bucket, prefix, endpoint } = cold;
  return S3ColdTier.open({
    ...{ bucket, endpoint },
    prefix: prefix === '' ? prefix : `${prefix.replace(/\/+$/, '')}/`,
    region: cold.region ?? BUCKET_REGIONS[regionIdentity(region).residency],
    forcePathStyle: endpoint !== undefined,
  });
}
