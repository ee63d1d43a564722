import assert from 'node:assert/strict';
import { nearestOf, outcomesAt } from '../../../bench/peers/nearest.ts';

const VECTORS: Readonly<Record<string, Float32Array>> = {
  'a one': Float32Array.of(1, 0),
  'b one': Float32Array.of(0.6, 0.8),
  'a two': Float32Array.of(0, 1),
  'b two': Float32Array.of(0, 1),
};
const PAIRS = [
  { id: 'one', category: 'order', a: 'a one', b: 'b one', same: true },
  { id: 'two', category: 'order', a: 'a two', b: 'b two', same: true },
];

describe('a fixed threshold', () => {
  const nearest = nearestOf(PAIRS, (text) => VECTORS[text] as Float32Array);

  it('answers with the most alike question, right or wrong', () => {
    assert.deepEqual(
      outcomesAt(0.7, nearest).map(({ answeredBy }) => answeredBy),
      ['two', 'two'],
    );
  });

  it('misses what is less alike', () => {
    assert.deepEqual(
      outcomesAt(0.95, nearest).map(({ answeredBy }) => answeredBy),
      [undefined, 'two'],
    );
  });

  it('counts the questions that are more alike than the pair’s own', () => {
    assert.deepEqual(
      nearest.map(({ rank }) => rank),
      [1, 0],
    );
  });
});
