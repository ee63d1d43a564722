import { SERVICE_NAME } from '@wedsync/cache-engine/contract';
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import { RandomBytes } from '@pulumi/random/randomBytes.js';
import { RandomPassword } from '@pulumi/random/randomPassword.js';
import { Certificate } from '../security/certificate.ts';
import { serviceImage, type ServiceImageSource } from '../shared/service-image.ts';
import { serviceName } from '../shared/service-names.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { SECRET_KEYS, type RedisEndpoint } from './engine-pod.ts';
import { type CacheServiceFigures, planCacheService, type Scaling, SERVICE_PORT } from './plan.ts';
import { TAKES_OVER } from './scaled-object.ts';

/** A Redis Cluster with the password of the engine's user. */
export interface RedisAccess extends RedisEndpoint {
  readonly password: Input<string>;
}

export interface CacheServiceArgs extends Omit<
  CacheServiceFigures,
  'image' | 'cache' | 'queue' | 'hasOriginKey' | 'judge'
> {
  /** Where the image comes from: one that exists, or one to build. */
  readonly image: ServiceImageSource;
  /** The Redis Cluster that may forget: answers. */
  readonly cache: RedisAccess;
  /** The Redis Cluster that may not: vendors' keys. */
  readonly queue: RedisAccess;
  /** The AI provider's API key. @default no key is sent */
  readonly originKey?: Input<string> | undefined;
  /** The judge of wordings; its key is a secret. @default none */
  readonly judge?:
    { readonly url: string; readonly model: string; readonly key: Output<string> | undefined } | undefined;
  /** The keys that wrap the tenants' keys: lines of a name and 32 bytes in base64, newest first. @default one made at random */
  readonly keyEncryptionKeys?: Output<string> | undefined;
  /** The administration API's token. @default a random one, kept in the stack's state */
  readonly adminToken?: Output<string> | undefined;
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

const TOKEN_LENGTH = 48;
/** AES-256. */
const KEY_BYTES = 32;

/** The cache engine of a region: image, certificate, secrets, Deployment, Service, season-aware scaling, disruption budget. */
export class CacheService extends ComponentResource {
  /** The Service's URL inside the cluster. */
  readonly url: string;
  /** The administration API's token; a secret. */
  readonly adminToken: Output<string>;

  constructor(name: string, args: CacheServiceArgs, options?: ComponentResourceOptions) {
    super('wedsync:cache-service:CacheService', name, {}, options);
    const parent = { parent: this };
    const plan = planCacheService({
      ...args,
      image: serviceImage(SERVICE_NAME, args.image, parent),
      hasOriginKey: args.originKey !== undefined,
      judge: args.judge && { url: args.judge.url, model: args.judge.model, hasKey: args.judge.key !== undefined },
    });
    const metadata = (object: string): Metadata => ({
      name: object,
      namespace: args.place.namespace,
      labels: plan.labels,
    });

    this.adminToken =
      args.adminToken ??
      new RandomPassword(`${name}-admin-token`, { length: TOKEN_LENGTH, special: false }, parent).result;
    const keyEncryptionKeys =
      args.keyEncryptionKeys ??
      interpolate`region-1 ${new RandomBytes(`${name}-key-encryption-key`, { length: KEY_BYTES }, parent).base64}`;
    const secret = new Secret(
      plan.names.secret,
      {
        metadata: metadata(plan.names.secret),
        stringData: {
          [SECRET_KEYS.cachePassword]: args.cache.password,
          [SECRET_KEYS.queuePassword]: args.queue.password,
          [SECRET_KEYS.adminToken]: this.adminToken,
          [SECRET_KEYS.keyEncryptionKeys]: keyEncryptionKeys,
          ...(args.originKey === undefined ? {} : { [SECRET_KEYS.originKey]: args.originKey }),
          ...(args.judge?.key === undefined ? {} : { [SECRET_KEYS.judgeKey]: args.judge.key }),
        },
      },
      parent,
    );
    const certificate = new Certificate(
      plan.names.tls,
      { namespace: args.place.namespace, name: plan.names.tls },
      plan.certificate,
      parent,
    );
    const deployment = new Deployment(
      name,
      { metadata: metadata(args.place.name), spec: plan.deployment },
      { parent: this, dependsOn: [secret, certificate] },
    );
    new Service(name, { metadata: metadata(args.place.name), spec: plan.service }, parent);
    this.scale(name, metadata(args.place.name), plan.scaling, deployment);
    if (plan.monitor) {
      const { monitor: spec } = plan;
      new TypedResource<IServiceMonitor>(
        `${name}-metrics`,
        { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: metadata(args.place.name), spec },
        parent,
      );
    }
    new PodDisruptionBudget(name, { metadata: metadata(args.place.name), spec: plan.disruptionBudget }, parent);

    this.url = `https://${serviceName(args.place)}:${SERVICE_PORT}`;
    this.registerOutputs({ url: this.url, adminToken: this.adminToken });
  }

  private scale(name: string, metadata: Metadata, scaling: Scaling, deployment: Resource): void {
    const after = { parent: this, dependsOn: deployment };
    if (scaling.kind === 'HorizontalPodAutoscaler') {
      new HorizontalPodAutoscaler(name, { metadata, spec: scaling.spec }, after);
      return;
    }
    new TypedResource<IScaledObject>(
      `${name}-scaling`,
      {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { ...metadata, annotations: TAKES_OVER },
        spec: scaling.spec,
      },
      after,
    );
  }
}
