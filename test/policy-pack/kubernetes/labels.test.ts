import assert from 'node:assert/strict';
import { matches, selects } from '../../../policy-pack/kubernetes/labels.ts';
import { UNKNOWN } from '../support/resource.ts';
import { Field } from '../../../policy-pack/values/field.ts';

const labels = { app: 'redis', shard: '0' };

describe('Selectors', () => {
  it('of a Service select by equal labels, and nothing when they are empty', () => {
    assert.ok(selects(new Field({ app: 'redis' }), labels));
    assert.ok(!selects(new Field({ app: 'redis', shard: '1' }), labels));
    assert.ok(!selects(new Field({}), labels));
  });

  it('of labels match everything when they are empty', () => {
    assert.ok(matches(new Field({}), labels));
    assert.ok(matches(new Field({ matchLabels: { app: 'redis' } }), labels));
    assert.ok(!matches(new Field({ matchLabels: { app: 'engine' } }), labels));
  });

  it('that are not known yet select nothing yet', () => {
    assert.ok(!selects(new Field({ app: 'redis', shard: UNKNOWN }), labels));
    assert.ok(!matches(new Field({ matchLabels: UNKNOWN }), labels));
  });

  for (const [operator, key, values, expected] of [
    ['In', 'app', ['redis', 'valkey'], true],
    ['In', 'app', ['engine'], false],
    ['In', 'tier', ['redis'], false],
    ['NotIn', 'app', ['redis'], false],
    ['NotIn', 'tier', ['redis'], true],
    ['Exists', 'shard', undefined, true],
    ['Exists', 'tier', undefined, false],
    ['DoesNotExist', 'tier', undefined, true],
    ['DoesNotExist', 'shard', undefined, false],
  ] as const) {
    it(`match expressions: ${key} ${operator} ${values?.join(', ') ?? ''}`, () => {
      assert.equal(matches(new Field({ matchExpressions: [{ key, operator, values }] }), labels), expected);
    });
  }
});
