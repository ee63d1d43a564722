import { join } from 'node:path';
import { NODE_FLAGS } from '@wedsync/cache-engine/contract';
import type { PolicyConfig } from '../engine/index.ts';
import { monitoringImages } from '../monitoring/pods.ts';
import { hasProgram } from '../pods/house/programs.ts';
import type { ImageCatalog, LocalImage } from '../pods/images.ts';

/**
 * What one machine changes about a region, and nothing else does: how much memory Redis may fill and how many engines run.
 * Both are printed at every start.
 */
export const MACHINE = {
  /** GiB of each Redis Cluster, all six nodes together, at full size. */
  redisMemoryGiB: { cache: 1, queue: 1 },
  /** Replicas of any Deployment. */
  replicas: 2,
} as const;

/** A run on one machine changes no production, so a Saturday is only mentioned. */
export const MACHINE_POLICIES: PolicyConfig = { 'saturday-freeze': 'advisory' };

/** Settings of the stack that one machine overrides. */
export function machineConfig(origin: Origin | undefined): Record<string, string> {
  return {
    'wedsync:platform': 'existing',
    // Nothing here runs a Helm chart; Prometheus is this machine's own.
    'wedsync:clusterServices': JSON.stringify({ prometheus: 'existing' }),
    'wedsync:redisMemoryGiB': JSON.stringify(MACHINE.redisMemoryGiB),
    ...(origin === undefined ? {} : { 'wedsync:originUrl': origin.url }),
    ...(origin?.key === undefined ? {} : { 'wedsync:originKey': origin.key }),
  };
}

/** An AI provider of the user's own. */
export interface Origin {
  /** OpenAI-compatible, up to and with `/v1`. */
  readonly url: string;
  readonly key: string | undefined;
}

/** The folder that stands for the cache engine's image. */
export function engineFolder(projectDir: string): string {
  return join(projectDir, 'services', 'cache-engine', 'dist');
}

/** The programs that stand for the region's images: Debian's Redis, and the folder from which the engine's image is built. */
export function machineImages(projectDir: string): ImageCatalog {
  return {
    'docker.io/library/redis': {},
    ...monitoringImages(),
    'docker.io/oliver006/redis_exporter': redisExporter(),
    'wedsync.azurecr.io/cache-engine': {
      paths: { '/app': engineFolder(projectDir) },
      entrypoint: ['node', ...NODE_FLAGS, '/app/main.js'],
    },
  };
}

/**
 * Upstream's program, or Debian's, which is older and cannot leave out the endpoint at which it may be told to ask another Redis: on
 * loopback, and it has no password but this one's.
 */
function redisExporter(): LocalImage {
  if (hasProgram('redis_exporter')) return { entrypoint: ['redis_exporter'] };
  if (hasProgram('prometheus-redis-exporter'))
    return { entrypoint: ['prometheus-redis-exporter'], omits: ['--disable-scrape-endpoint'] };
  return { unavailable: 'this machine has neither redis_exporter nor prometheus-redis-exporter on its PATH' };
}
