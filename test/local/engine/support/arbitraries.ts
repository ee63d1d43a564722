import { fc } from '../../../support/property.ts';
import { secret, UNKNOWN } from '../../../../local/engine/values.ts';

/** Property values as the engine stores them: JSON with secrets and unknowns anywhere. */
export const values: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(UNKNOWN)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    tie('value').map(secret),
  ),
})).value;
