import assert from 'node:assert/strict';
import { regionFlows } from '../../../components/region/flows.ts';
import { PLACES } from '../../../components/region/places.ts';

describe('the connections of a region', () => {
  it('let the Prometheus of the monitoring namespace read engines and nodes of Redis, where there is one', () => {
    const from = (monitoring?: string) =>
      regionFlows(PLACES, 'gateway', [], monitoring).flatMap((flow) =>
        flow.from.kind === 'namespace' && flow.to.kind === 'pods'
          ? [[flow.from.namespace, flow.to.place.name, flow.ports]]
          : [],
      );
    assert.deepEqual(from(), [['gateway', 'cache-engine', [8443]]]);
    assert.deepEqual(from('monitoring'), [
      ['gateway', 'cache-engine', [8443]],
      ['monitoring', 'cache-engine', [8443]],
      ['monitoring', 'redis-cache', [9121]],
      ['monitoring', 'redis-queue', [9121]],
    ]);
  });
});
