import assert from 'node:assert/strict';
import { quantityOf } from '../../../policy-pack/kubernetes/quantity.ts';

describe("Kubernetes' quantities", () => {
  it('are read in their base unit', () => {
    assert.deepEqual(['500m', '2', 1.5, '1e3', '4Gi', '128Mi', '1k', '1.5G'].map(quantityOf), [
      0.5,
      2,
      1.5,
      1000,
      4 * 2 ** 30,
      128 * 2 ** 20,
      1000,
      1.5e9,
    ]);
  });

  it('are not guessed', () => {
    assert.deepEqual(['', 'much', '4GB', 'Gi', '1 Gi'].map(quantityOf), Array(5).fill(undefined));
  });
});
