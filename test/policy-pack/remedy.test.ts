import assert from 'node:assert/strict';
import { applyRemedies } from '../../policy-pack/remedy.ts';

describe('Remedies', () => {
  it('set one property each, and make what lies between', () => {
    const properties = { metadata: { name: 'a' } };
    const mended = applyRemedies(properties, [
      { path: ['metadata', 'labels', 'team'], value: 'b' },
      { path: ['encrypted'], value: true },
    ]);
    assert.deepEqual(mended, { metadata: { name: 'a', labels: { team: 'b' } }, encrypted: true });
  });

  it('leave a resource alone where there are none', () => {
    assert.equal(applyRemedies({ name: 'a' }, []), undefined);
  });
});
