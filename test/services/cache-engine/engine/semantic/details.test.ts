import assert from 'node:assert/strict';
import { decodeDetails, encodeDetails } from '../../../../../services/cache-engine/src/engine/semantic/details.ts';
import { fc } from '../../../../support/property.ts';

const vector = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 400 })
  .filter((components) => Math.hypot(...components) > 0.01)
  .map((components) => {
    const norm = Math.hypot(...components);
    return Float32Array.from(components, (component) => component / norm);
  });

describe('the details that are listed with an answer', () => {
  it('come back as they were: the text to the letter, the vector nearly and of length one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), vector, (text, given) => {
        const decoded = decodeDetails(encodeDetails({ text, vector: given }));
        assert.equal(decoded?.text, text);
        const found = decoded.vector;
        assert.equal(found?.length, given.length);
        const cosine = given.reduce((sum, component, index) => sum + component * (found[index] ?? 0), 0);
        assert.ok(Math.abs(Math.hypot(...found) - 1) < 1e-5);
        assert.ok(cosine > 0.99, `the cosine is ${cosine}`);
      }),
    );
  });

  it('come back without a vector where there was none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.deepEqual(decodeDetails(encodeDetails({ text })), { text });
      }),
    );
  });

  it('are none when a buffer is too short for what it says', () => {
    const whole = encodeDetails({ text: 'When is sunset?' });
    for (let end = 0; end < whole.length; end++)
      assert.equal(decodeDetails(whole.subarray(0, end)), undefined, `${end} bytes`);
    assert.equal(decodeDetails(Buffer.from([0xff, 0xff, 0xff, 0xff, 1])), undefined);
  });

  it('take a quarter of the bytes of the numbers they hold', () => {
    assert.equal(encodeDetails({ text: 'é', vector: new Float32Array(384) }).length, 4 + 2 + 384);
  });
});
