import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { parseKeyFile } from '../../../../../services/cache-engine/src/adapters/key-encryption/key-file.ts';
import { FileKeyEncryption } from '../../../../../services/cache-engine/src/adapters/key-encryption/file-key-encryption.ts';

const ONE = randomBytes(32);
const OTHER = randomBytes(32);
const encoded = (key: Buffer) => key.toString('base64');

describe('the file of key-encryption keys', () => {
  it('holds a key a line, the newest first, with comments and empty lines between', () => {
    const text = `# keys\r\n\n2026-06   ${encoded(ONE)}\r\n  2026-05\t${encoded(OTHER)}  \n`;
    assert.deepEqual(
      [...parseKeyFile(text, 'keys')],
      [
        ['2026-06', ONE],
        ['2026-05', OTHER],
      ],
    );
  });

  const malformed: Readonly<Record<string, readonly [text: string, why: RegExp]>> = {
    'is empty': ['\n# nothing\n', /^keys: it holds no key; make one with: echo .*openssl rand/],
    'has a name alone': [
      '\na\n',
      /^keys: line 2 is malformed: a line must be a name, a space and 32 bytes in base64\.$/,
    ],
    'has a third word': [`a ${encoded(ONE)} b`, /line 1 is malformed/],
    'has a strange name': [`A/b ${encoded(ONE)}`, /line 1 has a name with other characters/],
    'has a short key': [`a ${encoded(randomBytes(16))}`, /line 1 has a key of 16 bytes: it must have 32/],
    'has a key in hex': [`a ${ONE.toString('hex')}`, /line 1 has a key of 48 bytes/],
    'has a key with a stray character': [`a ${encoded(ONE).replace(/.$/, '!')}`, /line 1 has a key that is not base64/],
    'repeats a name': [`a ${encoded(ONE)}\na ${encoded(OTHER)}`, /line 2 repeats the name "a"/],
    'repeats a key': [`a ${encoded(ONE)}\nb ${encoded(ONE)}`, /line 2 repeats the key of another line/],
  };
  for (const [what, [text, why]] of Object.entries(malformed)) {
    it(`is refused when it ${what}, with the line and without the key`, () => {
      assert.throws(
        () => parseKeyFile(text, 'keys'),
        (error: Error) => {
          assert.match(error.message, why);
          assert.ok(!error.message.includes(encoded(ONE)));
          return true;
        },
      );
    });
  }

  it('is named when it is not there', async () => {
    await assert.rejects(FileKeyEncryption.read('/nowhere/keys'), /\/nowhere\/keys/);
  });
});
