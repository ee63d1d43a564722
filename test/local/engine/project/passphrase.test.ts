import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { decryptor, passphraseFromEnvironment } from '../../../../local/engine/project/passphrase.ts';
import { passphraseSecrets } from '../support/ciphertext.ts';
import { temporaryFolders } from '../support/temporary.ts';

describe('a stack passphrase', () => {
  const folder = temporaryFolders();

  it('opens what was encrypted with it', () => {
    const { salt, encrypt } = passphraseSecrets('correct horse');
    const decrypt = decryptor(salt, 'correct horse', 'Pulumi.dev.yaml');
    assert.equal(decrypt(encrypt('token — ünïcode')), 'token — ünïcode');
    assert.equal(decrypt(encrypt('')), '');
  });

  it('that is wrong is said to be wrong, with where to set the right one', () => {
    const { salt } = passphraseSecrets('correct horse');
    assert.throws(() => decryptor(salt, 'battery staple', 'Pulumi.dev.yaml'), {
      name: 'UserError',
      message:
        'Incorrect passphrase for the secrets in Pulumi.dev.yaml. Set PULUMI_CONFIG_PASSPHRASE ' +
        '(or PULUMI_CONFIG_PASSPHRASE_FILE) to the passphrase with which they were encrypted.',
    });
  });

  it('meets a malformed salt with what one looks like', () => {
    assert.throws(() => decryptor('v2:x', 'any', 'Pulumi.dev.yaml'), {
      message: "Pulumi.dev.yaml: 'encryptionsalt' is malformed; it must look like v1:<salt>:v1:<nonce>:<check>.",
    });
  });

  it('comes from the environment, or from the file that the environment names', () => {
    const file = path.join(folder(), 'passphrase');
    writeFileSync(file, 'from a file\n');
    assert.equal(passphraseFromEnvironment({ PULUMI_CONFIG_PASSPHRASE: 'direct' }), 'direct');
    assert.equal(passphraseFromEnvironment({ PULUMI_CONFIG_PASSPHRASE: '' }), '');
    assert.equal(passphraseFromEnvironment({ PULUMI_CONFIG_PASSPHRASE_FILE: file }), 'from a file');
    assert.equal(passphraseFromEnvironment({}), undefined);
  });

  it('whose file is missing is asked for by the name of the file', () => {
    assert.throws(() => passphraseFromEnvironment({ PULUMI_CONFIG_PASSPHRASE_FILE: '/nowhere/passphrase' }), {
      message: /^The passphrase file \/nowhere\/passphrase \(PULUMI_CONFIG_PASSPHRASE_FILE\) can't be read: ENOENT/,
    });
  });
});
