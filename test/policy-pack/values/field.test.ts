import assert from 'node:assert/strict';
import { Field } from '../../../policy-pack/values/field.ts';
import { secret, UNKNOWN } from '../support/resource.ts';

describe('A field of a resource', () => {
  const root = new Field({
    metadata: { labels: { 'app.kubernetes.io/name': 'redis' } },
    spec: { containers: [{ image: UNKNOWN, privileged: true }], later: UNKNOWN, nothing: null },
    data: secret({ password: 'swordfish', pin: secret('1') }),
  });
  const container = root.at('spec', 'containers').items()[0];

  it('knows its path, as one would write it in a program', () => {
    assert.equal(
      root.at('metadata', 'labels', 'app.kubernetes.io/name').path,
      'metadata.labels["app.kubernetes.io/name"]',
    );
    assert.equal(container?.at('image').path, 'spec.containers[0].image');
    assert.equal(root.path, '');
  });

  it('is absent past the end of what is there, and where null stands', () => {
    for (const field of [
      root.at('spec', 'x', 'y'),
      root.at('spec', 'nothing'),
      root.at('metadata', 'labels', 'x', 'y'),
    ]) {
      assert.ok(field.isAbsent);
      assert.deepEqual(field.items(), []);
      assert.deepEqual(field.entries(), []);
    }
  });

  it('is unknown where its value is, and everything in it too', () => {
    assert.ok(container?.at('image').unknown);
    assert.ok(root.at('spec', 'later', 'deep', 'er').unknown);
    assert.ok(!root.at('spec', 'later').isAbsent);
    assert.ok(!container?.at('image').isNot('redis'));
  });

  it('is known beside what is unknown', () => {
    assert.ok(container?.at('privileged').is(true));
    assert.ok(container?.at('privileged').isNot(false));
  });

  it('is uncertain where it or anything in it is unknown', () => {
    for (const field of [root, root.at('spec', 'containers'), root.at('spec', 'later')]) assert.ok(field.uncertain);
    for (const field of [root.at('metadata'), root.at('spec', 'nothing')]) assert.ok(!field.uncertain);
  });

  it('tells what is secret by itself from what lies in a secret', () => {
    const password = root.at('data', 'password');
    assert.deepEqual([password.text, password.secret, password.ownSecret], ['swordfish', true, false]);
    assert.ok(root.at('data').ownSecret);
    assert.ok(root.at('data', 'pin').ownSecret);
    assert.ok(!root.at('spec').secret);
  });

  it('lists the values that have no members', () => {
    const leaves = new Field({ a: [1, { b: 2 }], c: {} }).leaves();
    assert.deepEqual(
      leaves.map(({ path }) => path),
      ['a[0]', 'a[1].b', 'c'],
    );
  });
});
