import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { Repository } from '../../../policy-pack/freeze/repository.ts';
import { TestClone } from '../../support/git/clone.ts';

const ID = '01234567-89ab-cdef-0123-456789abcdef';

describe('The clone from which is deployed', function () {
  this.timeout(60_000);

  it('knows its commit, what differs from it, and what stands in it', () => {
    using clone = new TestClone();
    clone.write('.gitignore', 'ignored\n');
    clone.write('config/one.txt', 'one\n');
    const commit = clone.commit('Say one');
    const repository = new Repository(clone.folder);
    assert.equal(repository.head(), commit);
    assert.equal(repository.subjectOf(commit), 'Say one');
    assert.equal(repository.subjectOf('d'.repeat(40)), undefined);
    clone.write('ignored', '');
    assert.deepEqual(repository.changedFiles(), []);
    clone.write('config/one.txt', 'two\n');
    clone.write('new file', '');
    assert.deepEqual(repository.changedFiles(), ['config/one.txt', 'new file']);
    assert.equal(repository.fileAt(commit, 'config/one.txt'), 'one\n');
    assert.equal(repository.fileAt(commit, 'config/two.txt'), undefined);
  });

  it('is not mistaken for another, whatever the environment says', () => {
    using clone = new TestClone();
    using other = new TestClone();
    const commit = clone.commit();
    other.commit('Another');
    process.env['GIT_DIR'] = `${other.folder}/.git`;
    try {
      assert.equal(new Repository(clone.folder).head(), commit);
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('records the use of a token once', () => {
    using clone = new TestClone();
    clone.commit();
    const repository = new Repository(clone.folder);
    assert.equal(repository.spent(ID), undefined);
    assert.equal(repository.spend(ID, 'first'), true);
    assert.equal(repository.spend(ID, 'second'), false);
    assert.equal(repository.spent(ID), 'first');
    assert.deepEqual(repository.changedFiles(), []);
  });

  it('records it at a remote too, where no other clone can use the token again', () => {
    using remote = new TestClone('--bare');
    using one = new TestClone();
    using other = new TestClone();
    for (const clone of [one, other]) {
      clone.commit();
      clone.git('remote', 'add', 'origin', remote.folder);
    }
    const [first, second] = [new Repository(one.folder), new Repository(other.folder)];
    assert.equal(second.spent(ID, 'origin'), undefined);
    assert.equal(first.spend(ID, 'first', 'origin'), true);
    assert.equal(second.spent(ID, 'origin'), 'recorded at origin');
    assert.equal(second.spend(ID, 'second', 'origin'), false);
  });

  it('uses no token up that the remote could not record', () => {
    using clone = new TestClone();
    clone.commit();
    const gone = new TestClone('--bare');
    rmSync(gone.folder, { recursive: true });
    clone.git('remote', 'add', 'origin', gone.folder);
    const repository = new Repository(clone.folder);
    assert.throws(() => repository.spend(ID, 'first', 'origin'), /^UserError: git /);
    assert.equal(repository.spent(ID), undefined);
  });

  it('says in a sentence what is wrong where there is none', () => {
    using clone = new TestClone();
    assert.throws(() => new Repository(clone.folder).head(), /^UserError: git rev-parse: /);
  });
});
