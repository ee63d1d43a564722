import { join } from 'node:path';
import { NODE_FLAGS } from '@wedsync/cache-engine/contract';
import type { PolicyConfig } from '../engine/index.ts';
import { monitoringImages } from '../monitoring/pods.ts';
import { SECURED_URL } from '../monitoring/secured-prometheus.ts';
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
    'wedsync:prometheusUrl': SECURED_URL,
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

/** Services whose images are built from this repository, with the flags with which node runs each. */
const BUILT: Readonly<Record<string, readonly string[]>> = { 'cache-engine': NODE_FLAGS, 'region-operator': [] };
const REGISTRY = 'wedsync.azurecr.io';

/** The folder that stands for an image that is built from this repository, whichever registry it would go to. */
export function imageFolder(projectDir: string, repository: string): string | undefined {
  const service = repository.split('/').at(-1) ?? '';
  return Object.hasOwn(BUILT, service) ? join(projectDir, 'services', service, 'dist') : undefined;
}

/** The programs that stand for the region's images: Debian's, and the folders from which its own images are built. */
export function machineImages(projectDir: string): ImageCatalog {
  const own = Object.entries(BUILT).map(([service, flags]): [string, LocalImage] => [
    `${REGISTRY}/${service}`,
    {
      paths: { '/app': imageFolder(projectDir, service) ?? '' },
      entrypoint: ['node', ...flags, '/app/main.js'],
    },
  ]);
  return {
    'docker.io/library/redis': {},
    ...monitoringImages(),
    'docker.io/oliver006/redis_exporter': redisExporter(),
    ...Object.fromEntries(own),
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
