import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import assert from 'node:assert/strict';
import { CacheService, type CacheServiceArgs } from '../../../components/cache-service/cache-service.ts';
import { record } from '../../support/pulumi/mocks.ts';

const redis = { nodes: 'redis:6379', user: 'engine', password: 'secret' };
const args: CacheServiceArgs = {
  place: { namespace: 'wedsync-cache', name: 'cache-engine' },
  region: 'uk-south',
  replicas: { minimum: 25, maximum: 200 },
  image: { kind: 'existing', reference: `registry.example/cache-engine@sha256:${'a'.repeat(64)}` },
  cache: redis,
  queue: redis,
  originUrl: undefined,
  coldTier: undefined,
};
const schedule: CacheServiceArgs['schedule'] = {
  yearRound: { minimum: 10, maximum: 200 },
  zone: 'Europe/London',
  busyDays: new Set<string>(),
  instant: Date.UTC(2026, 5, 1),
  prometheusUrl: undefined,
};
const kinds = async (changes: Partial<CacheServiceArgs>) => {
  const { resources } = await record('uk-south', {}, () => new CacheService('cache-engine', { ...args, ...changes }));
  const made = (kind: string) => resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => inputs);
  return {
    autoscalers: made('HorizontalPodAutoscaler'),
    scaledObjects: made('ScaledObject'),
    monitors: made('ServiceMonitor'),
  };
};

describe('the component of the cache service', () => {
  it('scales by load alone where there is no KEDA, and tells no Prometheus', async () => {
    const { autoscalers, scaledObjects, monitors } = await kinds({});
    assert.deepEqual([autoscalers.length, scaledObjects.length, monitors.length], [1, 0, 0]);
    const { minReplicas, maxReplicas } = autoscalers[0]?.['spec'] as { minReplicas: number; maxReplicas: number };
    assert.deepEqual([minReplicas, maxReplicas], [25, 200]);
  });

  it('leaves scaling to KEDA where there is one, which takes over the autoscaler that was there', async () => {
    const { autoscalers, scaledObjects } = await kinds({ schedule });
    assert.deepEqual([autoscalers.length, scaledObjects.length], [0, 1]);
    const [made] = scaledObjects as unknown as IScaledObject[];
    assert.deepEqual(made?.metadata?.annotations, { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' });
    assert.equal(made.spec.advanced?.horizontalPodAutoscalerConfig?.name, 'cache-engine');
  });

  it('has Prometheus read the engines over TLS, under the region’s authority', async () => {
    const [monitor] = (await kinds({ monitored: true })).monitors as unknown as IServiceMonitor[];
    assert.deepEqual(monitor?.spec?.endpoints, [
      {
        port: 'https',
        path: '/metrics',
        scheme: 'https',
        interval: '15s',
        tlsConfig: {
          ca: { secret: { name: 'cache-engine-tls', key: 'ca.crt' } },
          serverName: 'cache-engine.wedsync-cache.svc.cluster.local',
          minVersion: 'TLS13',
        },
      },
    ]);
  });
});
