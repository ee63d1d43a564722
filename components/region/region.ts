import { ComponentResource, type ComponentResourceOptions, InputPropertyError, type Output } from '@pulumi/pulumi';
import { engineBounds } from '@wedsync/domain';
import type { RegionConfig } from '../../config.ts';
import { CacheService } from '../cache-service/cache-service.ts';
import type { ScheduleFigures } from '../cache-service/schedule.ts';
import { ENGINE_CACHE_USER, ENGINE_QUEUE_USER } from '../cache-service/redis-users.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { LoadedPlatform } from '../cluster/platform.ts';
import { ClusterServices } from '../cluster-services/cluster-services.ts';
import { Console } from '../console/console.ts';
import { Monitoring } from '../monitoring/monitoring.ts';
import type { RedisUser } from '../redis/acl.ts';
import type { RedisProfileName } from '../redis/profiles.ts';
import { RedisCluster } from '../redis/redis-cluster.ts';
import { Admission } from '../security/admission/admission.ts';
import { falcoRulesFile } from '../security/falco/rules.ts';
import { namespaceLimits } from '../security/quotas.ts';
import { Security } from '../security/security.ts';
import type { ServiceImageSource } from '../shared/service-image.ts';
import { admissionFigures } from './admission-figures.ts';
import { falcoFigures } from './falco-figures.ts';
import { shortages } from './capacity.ts';
import { clusterFigures } from './cluster-figures.ts';
import { consoleFigures } from './console-figures.ts';
import { regionFlows } from './flows.ts';
import { NAMESPACES, PLACES } from './places.ts';
import { podGroups } from './pod-groups.ts';
import { monitoringFigures } from './monitoring-figures.ts';
import { redisSize } from './redis-size.ts';

/** Where buckets are that name no endpoint; only its port matters here. */
const AWS_S3 = 'https://s3.amazonaws.com';

export interface RegionArgs {
  readonly config: RegionConfig;
  /** The code of the configuration's platform. */
  readonly platform: LoadedPlatform;
  /** The version under which the engine's image is tagged. */
  readonly version: string;
}

/** A region, whole: it wires the other components and makes no resource of its own. */
export class Region extends ComponentResource {
  /** The cache engine's URL inside the cluster. */
  readonly url: string;
  /** The token of the engine's administration API; a secret. */
  readonly adminToken: Output<string>;
  /** The console's URL inside the cluster; `undefined` where there is no console. */
  readonly consoleUrl: string | undefined;
  /** The token of the console's first account; a secret, `undefined` where the accounts were given. */
  readonly consoleToken: Output<string> | undefined;

  constructor(name: string, { config, version, platform }: RegionArgs, options?: ComponentResourceOptions) {
    super('wedsync:region:Region', name, {}, options);
    assertFits(config);

    const cluster = new Cluster(
      name,
      {
        platform,
        figures: clusterFigures(config),
        kubeconfig: config.cluster.kubeconfig,
        context: config.cluster.kubeContext,
        gcpProject: config.cluster.gcpProject,
        karpenter: config.clusterServices.choices.karpenter === 'install',
      },
      { parent: this },
    );
    const onCluster = { parent: this, providers: { kubernetes: cluster.provider } };
    const { choices, monitoringNamespace } = config.clusterServices;
    const monitored = choices.prometheus !== 'absent';
    const consoleIs = consoleFigures(config);
    const flows = regionFlows(
      PLACES,
      config.gatewayNamespace,
      outsideOf(config),
      monitored ? monitoringNamespace : undefined,
      consoleIs?.prometheusUrl,
    );
    const services = new ClusterServices(
      'cluster-services',
      {
        ...config.clusterServices,
        region: config.name,
        certManagerNamespace: config.certManagerNamespace,
        falcoRules: falcoRulesFile(falcoFigures(flows)),
        nodeScaling: cluster.nodeScaling,
      },
      { ...onCluster, dependsOn: cluster },
    );
    const security = new Security(
      'security',
      {
        namespaces: Object.values(NAMESPACES),
        serviceAccounts: Object.values(PLACES).filter((place) => place !== PLACES.operator || consoleIs !== undefined),
        limits: namespaceLimits(podGroups(config)),
        flows,
      },
      { ...onCluster, dependsOn: [cluster, services.authority] },
    );
    if (config.admission !== undefined && choices.gatekeeper !== 'absent') {
      new Admission('admission', admissionFigures(config, config.admission), {
        ...onCluster,
        dependsOn: [security, ...services.readyFor('gatekeeper')],
      });
    }
    if (monitored) {
      new Monitoring('monitoring', monitoringFigures(config), {
        ...onCluster,
        dependsOn: [cluster, ...services.readyFor('prometheus')],
      });
    }

    const afterSecurity = { ...onCluster, dependsOn: [security, ...services.readyFor('prometheus', 'keda')] };
    const redis = (profile: RedisProfileName, user: RedisUser) => {
      const place = PLACES[profile];
      const { redisImage: image } = config;
      const { zones } = config.cluster;
      const { exporterImage, tlsSecrets, authSecrets, extraConfiguration, quiet, backup, restore } = config.redis;
      const figures = {
        ...{ place, profile, image, zones, exporterImage, quiet, backup },
        ...redisSize(config, profile, config.season),
        tlsSecret: tlsSecrets[profile],
        authSecret: authSecrets[profile],
        extraConfiguration: extraConfiguration[profile],
        restore: restore[profile],
        monitoring: monitored,
      };
      const made = new RedisCluster(
        place.name,
        { ...figures, users: [user], passwords: config.redisPasswords[profile] },
        afterSecurity,
      );
      const access = { nodes: made.nodes, user: user.name, password: made.passwordOf(user.name) };
      return { access, restored: made.restored };
    };
    const imageOf = (existing: string | undefined): ServiceImageSource =>
      existing === undefined
        ? { kind: 'build', registry: config.imageRegistry, version }
        : { kind: 'existing', reference: existing };
    const cache = redis('cache', ENGINE_CACHE_USER);
    const queue = redis('queue', ENGINE_QUEUE_USER);
    const service = new CacheService(
      PLACES.engine.name,
      {
        place: PLACES.engine,
        region: config.name,
        replicas: engineBounds(config.engineReplicas, config.season),
        schedule:
          choices.keda === 'absent' ? undefined : { ...scheduleOf(config), prometheusUrl: services.prometheusUrl },
        monitored,
        image: imageOf(config.engineImage),
        cache: cache.access,
        queue: queue.access,
        originUrl: config.originUrl,
        originKey: config.originKey,
        judge: config.judge,
        coldTier: config.coldTier,
        keyEncryptionKeys: config.keyEncryptionKeys,
        adminToken: config.adminToken,
      },
      { ...afterSecurity, dependsOn: [...afterSecurity.dependsOn, ...cache.restored, ...queue.restored] },
    );

    const opened =
      consoleIs &&
      new Console(
        PLACES.operator.name,
        {
          ...consoleIs,
          image: imageOf(config.operatorImage),
          adminToken: service.adminToken,
          accounts: config.consoleAccounts,
        },
        afterSecurity,
      );

    this.consoleUrl = opened?.url;
    this.consoleToken = opened?.token;
    this.url = service.url;
    this.adminToken = service.adminToken;
    const { url, adminToken, consoleUrl, consoleToken } = this;
    this.registerOutputs({ url, adminToken, consoleUrl, consoleToken });
  }
}

/** The calendar by which the engine is scaled. */
function scheduleOf({ engineReplicas, identity, instant, busyDays }: RegionConfig): ScheduleFigures {
  return { yearRound: engineReplicas, zone: identity.zone, instant, busyDays };
}

/** The URLs outside the cluster that the engine calls. */
function outsideOf({ originUrl, judge, coldTier }: RegionConfig): string[] {
  const cold = coldTier && (coldTier.endpoint ?? AWS_S3);
  return [originUrl, judge?.url, cold].filter((url) => url !== undefined);
}

/** Refuses figures that contradict each other, before any resource is made. */
function assertFits(config: RegionConfig): void {
  const [shortage] = shortages(config);
  if (shortage === undefined) return;
  const { season, resource, wanted, available, setting } = shortage;
  const remedy = resource === 'storage' ? 'wedsync:redisMemoryGiB' : 'wedsync:engineReplicas or wedsync:redisMemoryGiB';
  throw new InputPropertyError({
    propertyPath: setting,
    reason:
      `in the ${season} season the engines and Redis Clusters of ${config.name} ask for ${wanted} of ${resource}, ` +
      `and wedsync:${setting} allows ${available}. Raise it, or lower ${remedy}.`,
  });
}
