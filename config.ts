import type { ColdTierPlan } from './components/cache-service/engine-pod.ts';
import { Config, getStack, type Output, RunError, runtime } from '@pulumi/pulumi';
import {
  type Bounds,
  type CalendarDate,
  isRegionName,
  parseInstant,
  REGION_NAMES,
  regionIdentity,
  type RegionIdentity,
  type RegionName,
  type Season,
  seasonAt,
} from '@wedsync/domain';
import { ENGINE_CACHE_USER } from './components/cache-service/redis-users.ts';
import type { PoolSize } from './components/cluster/worker-demand.ts';
import { SYSTEM_USERS } from './components/redis/acl.ts';
import type { RedisProfileName } from './components/redis/profiles.ts';
import type { AdmissionAction } from './components/security/admission/objects.ts';
import { admissionAction } from './config/admission.ts';
import { busyDaysOf, busyTimesOf } from './config/bookings.ts';
import { clusterConfig, type ClusterConfig } from './config/cluster.ts';
import { clusterServices, type ClusterServicesConfig } from './config/cluster-services.ts';
import { monitoringConfig, type MonitoringConfig } from './config/monitoring.ts';
import { redisConfig, type RedisConfig } from './config/redis.ts';
import * as read from './config/values.ts';
import { Settings } from './config/settings.ts';

/** The passwords that the stack gives, by user. */
export type GivenPasswords = Readonly<Record<string, Output<string> | undefined>>;

/** Everything that differs by region, validated and frozen: the only way from a stack file into the program. */
export interface RegionConfig {
  readonly name: RegionName;
  readonly identity: RegionIdentity;
  /** When the stack is deployed, in epoch milliseconds. */
  readonly instant: number;
  /** Days that the region's bookings mark as busy. */
  readonly busyDays: ReadonlySet<CalendarDate>;
  /** How many times an average day's weddings each of them has. */
  readonly busyTimes: ReadonlyMap<CalendarDate, number>;
  /** The season at the time of the deployment, by the region's calendar. */
  readonly season: Season;
  readonly cluster: ClusterConfig;
  readonly capacityPercent: number;
  readonly workers: Bounds;
  readonly pool: { readonly normal: PoolSize; readonly weddingSeason: PoolSize };
  readonly storageGiB: number;
  readonly networkGbps: number;
  readonly redisMemoryGiB: { readonly cache: number; readonly queue: number };
  readonly redis: RedisConfig;
  /** Redis passwords by user; secret configuration such as `wedsync:redis-cache-engine`, else made by @pulumi/random. */
  readonly redisPasswords: Readonly<Record<RedisProfileName, GivenPasswords>>;
  readonly redisImage: string;
  readonly engineReplicas: Bounds;
  readonly engineImage: string | undefined;
  /** An image of the region's operator that exists. */
  readonly operatorImage: string | undefined;
  readonly imageRegistry: string;
  readonly gatewayNamespace: string;
  readonly certManagerNamespace: string;
  /** Where the services come from on which the region builds. */
  readonly clusterServices: ClusterServicesConfig;
  /** Who is told what goes wrong, where the cluster has Prometheus. */
  readonly monitoring: MonitoringConfig;
  /** What the rules at admission do, where the cluster has Gatekeeper; `undefined` for no rules. */
  readonly admission: AdmissionAction | undefined;
  readonly originUrl: string | undefined;
  /** The provider's API key; secret configuration `wedsync:originKey`. */
  readonly originKey: Output<string> | undefined;
  /** The small model that decides whether two questions ask the same; its key is the secret `wedsync:judgeKey`. */
  readonly judge:
    { readonly url: string; readonly model: string; readonly key: Output<string> | undefined } | undefined;
  /** Where seldom used answers lie. */
  readonly coldTier: ColdTierPlan | undefined;
  /** The keys that wrap the tenants' keys, newest first; secret configuration, else one made by @pulumi/random. */
  readonly keyEncryptionKeys: Output<string> | undefined;
  /** Who may sign in to the console, a line each; secret configuration `wedsync:consoleAccounts`, else one admin whose token is made at random. */
  readonly consoleAccounts: Output<string> | undefined;
  /** The administration API's token; secret configuration `wedsync:adminToken`, else made by @pulumi/random. */
  readonly adminToken: Output<string> | undefined;
}

/**
 * Reads and validates the stack's configuration. Nothing else reads `pulumi.Config`.
 *
 * @throws RunError naming the key, the value and what is allowed; before any resource is made.
 */
export function loadConfig(config = new Config('wedsync'), stack = getStack()): RegionConfig {
  if (!isRegionName(stack)) {
    throw new RunError(
      `The stack "${stack}" is no region. A stack is named after its region: ${REGION_NAMES.join(', ')}.`,
    );
  }
  const settings = new Settings(config);
  const identity = regionIdentity(stack);
  const instant = deploymentInstant(identity);
  const cluster = clusterConfig(settings, stack);
  const loaded: RegionConfig = {
    name: stack,
    identity,
    instant,
    busyDays: busyDaysOf(stack),
    busyTimes: busyTimesOf(stack),
    season: seasonAt(instant, identity.zone),
    cluster,
    capacityPercent: read.integer(settings, 'capacityPercent', { least: 1, most: 100 }),
    // A shard's two nodes need two machines.
    workers: read.bounds(settings, 'workers', { least: 2, most: 1000 }),
    pool: {
      normal: poolSize(settings, 'normal'),
      weddingSeason: poolSize(settings, 'weddingSeason'),
    },
    storageGiB: read.integer(settings, 'storageGiB', { least: 100, most: 1_000_000 }),
    networkGbps: read.integer(settings, 'networkGbps', { least: 1, most: 400 }),
    redisMemoryGiB: {
      cache: read.member(settings, 'redisMemoryGiB', ['cache'], { least: 1, most: 4096 }),
      queue: read.member(settings, 'redisMemoryGiB', ['queue'], { least: 1, most: 4096 }),
    },
    redis: redisConfig(settings, stack, identity),
    redisPasswords: { cache: redisPasswords(settings, 'cache'), queue: redisPasswords(settings, 'queue') },
    redisImage: read.image(settings, 'redisImage'),
    engineReplicas: read.bounds(settings, 'engineReplicas', { least: 2, most: 1000 }),
    engineImage: read.optionalImage(settings, 'engineImage'),
    operatorImage: read.optionalImage(settings, 'operatorImage'),
    imageRegistry: read.matching(
      settings,
      'imageRegistry',
      /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/,
      'a registry host, with a path if need be',
    ),
    gatewayNamespace: read.namespace(settings, 'gatewayNamespace'),
    certManagerNamespace: read.namespace(settings, 'certManagerNamespace'),
    admission: admissionAction(settings),
    clusterServices: clusterServices(settings, cluster.platform),
    monitoring: monitoringConfig(settings),
    originUrl: read.optionalUrl(settings, 'originUrl'),
    originKey: settings.getSecret('originKey'),
    judge: judge(settings),
    coldTier: coldTier(settings),
    keyEncryptionKeys: settings.getSecret('keyEncryptionKeys'),
    consoleAccounts: settings.getSecret('consoleAccounts'),
    adminToken: settings.getSecret('adminToken'),
  };
  settings.assertAllRead();
  return Object.freeze(loaded);
}

function judge(settings: Settings): RegionConfig['judge'] {
  const url = read.optionalUrl(settings, 'judgeUrl');
  const model = read.optionalText(settings, 'judgeModel');
  const key = settings.getSecret('judgeKey');
  if (url === undefined && model === undefined) return undefined;
  if (url === undefined || model === undefined)
    throw new RunError('wedsync:judgeUrl and wedsync:judgeModel belong together: set both, or neither.');
  return { url, model, key };
}

function coldTier(settings: Settings): ColdTierPlan | undefined {
  const endpoint = read.optionalUrl(settings, 'coldTierEndpoint');
  const region = read.optionalText(settings, 'coldTierRegion');
  const place = read.optionalText(settings, 'coldTier');
  if (place === undefined) return undefined;
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(place))
    throw new RunError(`wedsync:coldTier is "${place}". Allowed: s3://BUCKET or s3://BUCKET/PREFIX.`);
  return { place, endpoint, region };
}

function poolSize(settings: Settings, season: 'normal' | 'weddingSeason'): PoolSize {
  return {
    cpu: read.member(settings, 'pool', [season, 'cpu'], { least: 1, most: 100_000 }),
    memoryGiB: read.member(settings, 'pool', [season, 'memoryGiB'], { least: 1, most: 1_000_000 }),
  };
}

function redisPasswords(settings: Settings, profile: RedisProfileName): GivenPasswords {
  // The engine has the same name on both clusters.
  const users = [...SYSTEM_USERS, ENGINE_CACHE_USER];
  return Object.fromEntries(users.map(({ name }) => [name, settings.getSecret(`redis-${profile}-${name}`)]));
}

/**
 * The instant of the deployment. A preview may judge as of another time (`WEDSYNC_AT`, "what would April bring?");
 * an update happens now, whatever the environment says.
 */
function deploymentInstant({ zone }: RegionIdentity): number {
  const asked = runtime.isDryRun() ? process.env['WEDSYNC_AT'] : undefined;
  if (!asked) return Date.now();
  const instant = parseInstant(asked, zone);
  if (instant === undefined) {
    throw new RunError(`WEDSYNC_AT is "${asked}". Allowed: an instant in ISO 8601, such as 2026-04-18T00:30:00+01:00.`);
  }
  return instant;
}
