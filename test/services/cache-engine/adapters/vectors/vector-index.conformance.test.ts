import assert from 'node:assert/strict';
import { ExactVectors } from '../../../../../services/cache-engine/src/adapters/vectors/exact-vectors.ts';
import { GraphVectors } from '../../../../../services/cache-engine/src/adapters/vectors/graph-vectors.ts';
import { PartitionedIndex } from '../../../../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import { TieredVectors } from '../../../../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';
import type { VectorSet } from '../../../../../services/cache-engine/src/adapters/vectors/vector-set.ts';
import { fc } from '../../../../support/property.ts';
import { clustered, cosine, nearest, unit } from './support.ts';

const DIMENSIONS = 16;

interface Subject {
  readonly name: string;
  readonly create: (dimensions: number) => VectorSet;
  /** How far a similarity may be off. */
  readonly tolerance: number;
  /** The share of the true first five that it must find. */
  readonly recall: number;
}

const SUBJECTS: readonly Subject[] = [
  { name: 'exact', create: (size) => new ExactVectors(size), tolerance: 1e-6, recall: 1 },
  { name: 'graph', create: (size) => new GraphVectors(size), tolerance: 2e-3, recall: 0.97 },
  { name: 'tiered', create: (size) => new TieredVectors(size, 6), tolerance: 2e-3, recall: 0.97 },
];

const frame = fc.constantFrom('one', 'two', 'three');
const id = fc.nat({ max: 30 }).map((number) => `id-${number}`);
const vector = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .filter((numbers) => numbers.some((number) => number !== 0))
  .map(unit);
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), frame, id, vector }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), frame, id }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('search' as const), frame, vector, k: fc.nat({ max: 12 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove frame' as const), frame }) },
  ),
  { maxLength: 120 },
);

for (const { name, create, tolerance, recall } of SUBJECTS) {
  describe(`The ${name} vector index`, () => {
    it('behaves as one that looks at every vector of the frame, whatever was added and removed before', () => {
      fc.assert(
        fc.property(steps, (all) => {
          const index = new PartitionedIndex(DIMENSIONS, create);
          const model = new Map<string, Map<string, Float32Array>>();
          for (const step of all) {
            const held = model.get(step.frame) ?? new Map<string, Float32Array>();
            if (step.do === 'add') {
              index.add(step.frame, step.id, step.vector);
              model.set(step.frame, held.set(step.id, step.vector));
            } else if (step.do === 'remove') {
              assert.equal(index.remove(step.frame, step.id), held.delete(step.id));
            } else if (step.do === 'remove frame') {
              assert.equal(index.removeFrame(step.frame), held.size);
              held.clear();
            } else {
              const found = index.search(step.frame, step.vector, step.k);
              const expected = nearest(held, step.vector, step.k);
              assert.equal(found.length, expected.length);
              assert.equal(new Set(found.map((each) => each.id)).size, found.length);
              found.forEach(({ id, similarity }, rank) => {
                const truth = held.get(id);
                assert.ok(truth, `${id} is not in the frame`);
                assert.ok(Math.abs(similarity - cosine(truth, step.vector)) <= tolerance);
                assert.ok(similarity >= (expected[rank]?.similarity ?? NaN) - tolerance, `something nearer than ${id}`);
                assert.ok(similarity <= (found[rank - 1]?.similarity ?? Infinity));
              });
            }
            if (held.size === 0) model.delete(step.frame);
          }
          assert.deepEqual(new Set(index.frames()), new Set(model.keys()));
          assert.equal(
            index.size,
            [...model.values()].reduce((sum, { size }) => sum + size, 0),
          );
          assert.equal(index.bytes > 0, index.size > 0);
        }),
      );
    });

    it(`finds at least ${recall} of the first five among thousands, also after half of them changed`, () => {
      const [size, k] = [4000, 5];
      const index = new PartitionedIndex(64, create);
      const [first, second, queries] = [clustered(size, 64, 1), clustered(size, 64, 2), clustered(100, 64, 1)];
      const held = new Map<string, Float32Array>();
      const put = (vectors: readonly Float32Array[], skip: number) => {
        for (let at = 0; at < size; at += skip) {
          const [id, added] = [`id-${at}`, vectors[at] as Float32Array];
          index.add('frame', id, added);
          held.set(id, added);
        }
      };
      const found = () => {
        const hits = queries.map((query) => {
          const truth = new Set(nearest(held, query, k).map(({ id }) => id));
          return index.search('frame', query, k).filter(({ id }) => truth.has(id)).length;
        });
        return hits.reduce((sum, count) => sum + count, 0) / (queries.length * k);
      };
      put(first, 1);
      assert.ok(found() >= recall, `${found()} at first`);
      put(second, 2);
      for (let at = 0; at < size; at += 4) {
        index.remove('frame', `id-${at}`);
        held.delete(`id-${at}`);
      }
      assert.ok(found() >= recall, `${found()} after changes`);
    });

    it('takes a vector that is a view into a larger buffer for what it is', () => {
      const index = new PartitionedIndex(DIMENSIONS, create);
      const both = new Float32Array(2 * DIMENSIONS);
      both[0] = 1;
      both[2 * DIMENSIONS - 1] = 1;
      const [one, other] = [both.subarray(0, DIMENSIONS), both.subarray(DIMENSIONS)];
      index.add('frame', 'one', one);
      index.add('frame', 'other', other);
      assert.deepEqual(
        index.search('frame', other, 2).map(({ id, similarity }) => [id, Math.round(similarity)]),
        [
          ['other', 1],
          ['one', 0],
        ],
      );
    });

    it('keeps a copy of what it was given', () => {
      const index = new PartitionedIndex(DIMENSIONS, create);
      const given = unit(Array(DIMENSIONS).fill(1));
      index.add('frame', 'id', given);
      const asked = given.slice();
      given.fill(0);
      assert.equal(index.search('frame', asked, 1)[0]?.similarity.toFixed(2), '1.00');
    });

    it('gives memory back with the vectors', () => {
      const index = new PartitionedIndex(DIMENSIONS, create);
      const vectors = clustered(200, DIMENSIONS, 3);
      vectors.forEach((each, at) => index.add('frame', `id-${at}`, each));
      const full = index.bytes;
      assert.ok(full >= 200 * DIMENSIONS * 2);
      vectors.forEach((_, at) => index.remove('frame', `id-${at}`));
      assert.deepEqual([index.bytes, index.size, [...index.frames()]], [0, 0, []]);
    });

    it('refuses a vector of another size', () => {
      const index = new PartitionedIndex(DIMENSIONS, create);
      const error = { name: 'RangeError', message: 'The vector has 3 dimensions: it must have 16.' };
      assert.throws(() => index.add('frame', 'id', new Float32Array(3)), error);
      assert.throws(() => index.search('frame', new Float32Array(3), 1), error);
    });
  });
}
