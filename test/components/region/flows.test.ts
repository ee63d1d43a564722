import assert from 'node:assert/strict';
import { regionFlows } from '../../../components/region/flows.ts';
import { PLACES } from '../../../components/region/places.ts';

describe('the connections of a region', () => {
  it('let the Prometheus of the monitoring namespace read the engines, where there is one', () => {
    const from = (monitoring?: string) =>
      regionFlows(PLACES, 'gateway', [], monitoring).flatMap((flow) =>
        flow.from.kind === 'namespace' && flow.to.kind === 'pods' && flow.to.place === PLACES.engine
          ? [[flow.from.namespace, flow.ports]]
          : [],
      );
    assert.deepEqual(from(), [['gateway', [8443]]]);
    assert.deepEqual(from('monitoring'), [
      ['gateway', [8443]],
      ['monitoring', [8443]],
    ]);
  });
});
