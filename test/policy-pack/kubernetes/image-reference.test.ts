import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { comesFrom, formatImage, parseImage } from '../../../policy-pack/kubernetes/image-reference.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const component = fc.tuple(word, fc.constantFrom('.', '_', '__', '-', '--'), word).map((parts) => parts.join(''));
const host = fc.oneof(
  fc.tuple(word, fc.constantFrom('com', 'io', 'example')).map(([name, end]) => `${name}.${end}`),
  fc.tuple(word, fc.integer({ min: 1, max: 65535 })).map(([name, port]) => `${name}:${port}`),
  fc.constant('localhost'),
);
const reference = fc.record(
  {
    registry: host,
    repository: fc.array(fc.oneof(word, component), { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
    tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined }),
    digest: fc.option(fc.constant(DIGEST), { nil: undefined }),
  },
  { noNullPrototype: true },
);

describe('Image references', () => {
  for (const [text, registry, repository, tag] of [
    ['redis', 'docker.io', 'library/redis', undefined],
    ['redis:8.2.3', 'docker.io', 'library/redis', '8.2.3'],
    ['docker.io/redis', 'docker.io', 'library/redis', undefined],
    ['index.docker.io/library/redis', 'docker.io', 'library/redis', undefined],
    ['wedsync/engine', 'docker.io', 'wedsync/engine', undefined],
    ['localhost/engine', 'localhost', 'engine', undefined],
    ['localhost:5000/engine:1', 'localhost:5000', 'engine', '1'],
    ['WEDSYNC.azurecr.io/engine', 'wedsync.azurecr.io', 'engine', undefined],
    ['[fd00::1]:5000/engine', '[fd00::1]:5000', 'engine', undefined],
  ] as const) {
    it(`are read as Docker reads them: ${text}`, () => {
      assert.deepEqual(parseImage(text), { registry, repository, tag, digest: undefined });
    });
  }

  for (const text of [
    '',
    ' redis',
    'Redis',
    'redis:',
    'redis@sha256:abc',
    'redis@sha1:abc',
    'a//b',
    '-a/b',
    'https://a.io/b',
  ]) {
    it(`are not ${JSON.stringify(text)}`, () => {
      assert.equal(parseImage(text), undefined);
    });
  }

  it('are written as they are read', () => {
    fc.assert(
      fc.property(reference, (image) => {
        assert.deepEqual(parseImage(formatImage(image)), image);
      }),
    );
  });

  it('come from a registry or a path in it, never from a name that only begins alike', () => {
    fc.assert(
      fc.property(reference, fc.stringMatching(/^[a-z0-9.-]{1,6}$/), (image, more) => {
        const { registry, repository } = image;
        assert.ok(comesFrom(image, [registry]));
        assert.ok(comesFrom(image, [`${registry}/${repository.split('/')[0] ?? ''}/`]));
        assert.ok(!comesFrom({ ...image, registry: registry + more }, [registry]));
        assert.ok(!comesFrom({ ...image, registry: more + registry }, [registry]));
        assert.ok(!comesFrom({ ...image, registry: 'evil.com', repository: `${registry}/${repository}` }, [registry]));
      }),
    );
  });
});
