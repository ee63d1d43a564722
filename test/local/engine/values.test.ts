import assert from 'node:assert/strict';
import { fc } from '../../support/property.ts';
import { hasSecret, hasUnknown, isSecret, keepSecrets, secret, strip, UNKNOWN } from '../../../local/engine/values.ts';
import { values } from './support/arbitraries.ts';

describe('property values', () => {
  it('have no secrets left once stripped, and stripping again changes nothing', () => {
    fc.assert(
      fc.property(values, (value) => {
        const stripped = strip(value);
        assert.equal(hasSecret(stripped), false);
        assert.deepEqual(strip(stripped), stripped);
      }),
    );
  });

  it('show a mask, and nothing of the secret, where a secret was', () => {
    const value = { open: 'seen', list: [secret({ deep: 'hidden' })], key: secret('hidden') };
    assert.deepEqual(strip(value, '[secret]'), { open: 'seen', list: ['[secret]'], key: '[secret]' });
  });

  it('get all their secrets back after something returned them in the clear', () => {
    fc.assert(fc.property(values, (value) => assert.deepEqual(strip(keepSecrets(value, strip(value))), strip(value))));
    fc.assert(
      fc.property(values, (value) => assert.equal(hasSecret(keepSecrets(value, strip(value))), hasSecret(value))),
    );
  });

  it('keep what is in a result, secrets of its own included, whatever it was before', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const kept = keepSecrets(before, after);
        assert.deepEqual(strip(kept), strip(after));
        if (hasSecret(after)) assert.equal(hasSecret(kept), true);
      }),
    );
  });

  it('stay secret when a policy only adds to what is around them', () => {
    const before = { data: secret({ password: 'p' }), metadata: { name: 'a' } };
    const after = { data: { password: 'p' }, metadata: { name: 'a', labels: { owner: 'platform' } } };
    assert.deepEqual(keepSecrets(before, after), { ...after, data: secret({ password: 'p' }) });
  });

  it('are secret once, however often they are marked', () => {
    fc.assert(
      fc.property(values, (value) => {
        assert.deepEqual(secret(secret(value)), secret(value));
        assert.equal(isSecret(secret(value)), true);
      }),
    );
  });

  it('are unknown if any part of them is', () => {
    assert.equal(hasUnknown({ a: [1, { b: secret(UNKNOWN) }] }), true);
    assert.equal(hasUnknown({ a: [1, { b: secret('known') }], c: null }), false);
  });
});
