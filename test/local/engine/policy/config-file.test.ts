import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPolicyConfig, stackPolicyConfig } from '../../../../local/engine/index.ts';
import { temporaryFolders } from '../support/temporary.ts';

describe('a file with settings of policies', () => {
  const folder = temporaryFolders();

  function write(text: string): string {
    const file = join(folder(), 'policies.json');
    writeFileSync(file, text);
    return file;
  }

  it('is what the CLI takes by --policy-pack-config', () => {
    const config = { all: 'advisory', size: { enforcementLevel: 'mandatory', most: 3 } };
    assert.deepEqual(readPolicyConfig(write(JSON.stringify(config))), config);
  });

  it('says what is wrong with it, by name', () => {
    assert.throws(() => readPolicyConfig(write('{')), /policies\.json is no JSON: /);
    assert.throws(() => readPolicyConfig(write('["size"]')), /policies\.json must be an object with policies by name/);
    assert.throws(
      () => readPolicyConfig(write('{ "size": 3 }')),
      /has 3 for 'size'; allowed are a level, or an object/,
    );
    assert.throws(() => readPolicyConfig('/nowhere/policies.json'), /\/nowhere\/policies\.json cannot be read/);
  });

  it('stands in the pack, one file a stack, for those stacks that set something', () => {
    const pack = folder();
    mkdirSync(join(pack, 'stacks'));
    writeFileSync(join(pack, 'stacks', 'uk-west.json'), '{}');
    assert.equal(stackPolicyConfig(pack, 'uk-west'), join(pack, 'stacks', 'uk-west.json'));
    assert.equal(stackPolicyConfig(pack, 'uk-south'), undefined);
  });
});
