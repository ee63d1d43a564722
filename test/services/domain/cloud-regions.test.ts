import assert from 'node:assert/strict';
import { allowedCloudRegions } from '@wedsync/domain';

describe('The places of the clouds in which data may lie', () => {
  it('are of one law only: UK data never lies in the EU, nor the other way round', () => {
    const [uk, eu] = [allowedCloudRegions('UK'), allowedCloudRegions('EU')];
    assert.deepEqual(
      uk.filter((region) => eu.includes(region)),
      [],
    );
    assert.deepEqual([...allowedCloudRegions()].sort(), [...uk, ...eu].sort());
  });
});
