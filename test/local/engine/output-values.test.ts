import assert from 'node:assert/strict';
import { fc } from '../../support/property.ts';
import {
  dependenciesOf,
  flatten,
  unflatten,
  withDependencies,
  withoutReferences,
} from '../../../local/engine/output-values.ts';
import { secret, SIGNATURE, UNKNOWN } from '../../../local/engine/values.ts';
import { values } from './support/arbitraries.ts';

const OUTPUT = { [SIGNATURE]: 'd0e6a833031e9bbcd3f4e8bde6ca49a4' };
const REFERENCE = { [SIGNATURE]: '5cf8f73096256a8f31e491e813e4eb8e' };

describe('output values', () => {
  it('are stored as plain values, secrets and unknowns', () => {
    assert.equal(flatten({ ...OUTPUT, value: 1 }), 1);
    assert.equal(flatten(OUTPUT), UNKNOWN);
    assert.deepEqual(flatten({ ...OUTPUT, value: { a: OUTPUT }, secret: true }), secret({ a: UNKNOWN }));
    assert.deepEqual(flatten([{ ...OUTPUT, secret: true }]), [secret(UNKNOWN)]);
  });

  it('survive the way to a transform and back', () => {
    fc.assert(fc.property(values, (value) => assert.deepEqual(flatten(unflatten(value)), value)));
  });

  it('are stored the same whether flattened once or twice', () => {
    fc.assert(fc.property(values, (value) => assert.deepEqual(flatten(flatten(value)), flatten(value))));
  });

  it('carry their dependencies, each once', () => {
    const value = { a: withDependencies(1, ['urn:a', 'urn:b']), b: [withDependencies(OUTPUT, ['urn:b', 'urn:c'])] };
    assert.deepEqual(dependenciesOf(value), ['urn:a', 'urn:b', 'urn:c']);
    assert.deepEqual(flatten(value), { a: 1, b: [UNKNOWN] });
  });

  it('tell a transform of a resource that does not exist yet by an empty id', () => {
    const reference = { ...REFERENCE, urn: 'urn:a', id: UNKNOWN };
    assert.deepEqual(unflatten({ of: reference }), { of: { ...reference, id: '' } });
  });

  it('show policies the id of a resource that is referred to, or the URN of a component', () => {
    const value = { of: { ...REFERENCE, urn: 'urn:a', id: 'i-1' }, in: [{ ...REFERENCE, urn: 'urn:b' }] };
    assert.deepEqual(withoutReferences(value), { of: 'i-1', in: ['urn:b'] });
  });
});
