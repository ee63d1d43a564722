import assert from 'node:assert/strict';
import { checkExposure } from '../../../policy-pack/rules/redis-not-exposed.ts';
import { saidOfAll } from '../support/objects.ts';

describe('redis-not-exposed', () => {
  it('names the Service that opens Redis', () => {
    assert.deepEqual(saidOfAll(checkExposure, 'redis-service', 'spec.type', 'LoadBalancer'), [
      'Service redis/cache: spec.type is "LoadBalancer". It opens Redis to networks outside the cluster. Clients of Redis run ' +
        'inside the cluster; use a Service of type ClusterIP.',
    ]);
  });

  it('names the peer of a network policy', () => {
    assert.deepEqual(
      saidOfAll(checkExposure, 'redis-policy', 'spec.ingress[0].from[0]', { ipBlock: { cidr: '0.0.0.0/0' } }),
      [
        'NetworkPolicy redis/allow-cache: spec.ingress[0].from[0].ipBlock.cidr is "0.0.0.0/0". It lets the internet reach Redis. ' +
          'Name the Pods that may connect, by namespace and label.',
      ],
    );
  });

  it('lets other Services be reached from outside, and other ports of Redis Pods be scraped', () => {
    assert.deepEqual(saidOfAll(checkExposure, 'engine-service', 'spec.type', 'LoadBalancer'), []);
    const scrape = { from: [{ namespaceSelector: {} }], ports: [{ port: 9121 }] };
    assert.deepEqual(saidOfAll(checkExposure, 'redis-policy', 'spec.ingress[1]', scrape), []);
  });

  it('knows the port of Redis by its name too', () => {
    const ports = [{ port: 'tls-redis' }];
    assert.equal(saidOfAll(checkExposure, 'redis-policy', 'spec.ingress[0]', { from: [], ports }).length, 1);
  });
});
