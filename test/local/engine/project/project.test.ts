import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadProject, type Project } from '../../../../local/engine/project/project.ts';
import { passphraseSecrets } from '../support/ciphertext.ts';
import { temporaryFolders } from '../support/temporary.ts';

const HEAD = 'name: shop\nruntime: nodejs\n';

describe('a project', () => {
  const folder = temporaryFolders();

  function load(
    files: Readonly<Record<string, string>>,
    options: { stack?: string; overrides?: Record<string, string>; passphrase?: string } = {},
  ): Project {
    const projectDir = folder();
    for (const [name, text] of Object.entries({ 'Pulumi.yaml': HEAD, 'Pulumi.dev.yaml': '', ...files })) {
      mkdirSync(path.dirname(path.join(projectDir, name)), { recursive: true });
      writeFileSync(path.join(projectDir, name), text);
    }
    const { stack = 'dev', overrides = {}, passphrase } = options;
    return loadProject({ projectDir, stack, overrides, passphrase: () => passphrase });
  }

  const withConfig = (config: string): string => `${HEAD}config:\n${config}`;

  it('gives keys without a namespace its own, and every value as text', () => {
    const { config } = load({
      'Pulumi.dev.yaml':
        'config:\n  plain: text\n  count: 3\n  flag: true\n  when: 2026-04-18\n  aws:region: eu-west-2\n  old:config:key: x\n  list: [1, two]\n',
    });
    assert.deepEqual(config.values, {
      'shop:plain': 'text',
      'shop:count': '3',
      'shop:flag': 'true',
      'shop:when': '2026-04-18',
      'aws:region': 'eu-west-2',
      'old:key': 'x',
      'shop:list': '[1,"two"]',
    });
    assert.deepEqual(config.secretKeys, []);
  });

  it('takes overrides before the stack file, and that before the defaults', () => {
    const { config } = load(
      {
        'Pulumi.yaml': withConfig(
          '  a: { type: string, default: x }\n  b: { type: string, default: x }\n  c: x\n  aws:d: { value: x }\n',
        ),
        'Pulumi.dev.yaml': 'config: { b: y, c: y }',
      },
      { overrides: { c: 'z' } },
    );
    assert.deepEqual(config.values, { 'shop:a': 'x', 'shop:b': 'y', 'shop:c': 'z', 'aws:d': 'x' });
  });

  it('takes a structure as text from an override only, which has no other form', () => {
    const files = { 'Pulumi.yaml': withConfig('  o: { type: object, default: {} }\n') };
    assert.deepEqual(load(files, { overrides: { o: '{"a":1}' } }).config.values, { 'shop:o': '{"a":1}' });
    assert.throws(() => load(files, { overrides: { o: 'a' } }), {
      message: /of type object, but the value given on top/,
    });
  });

  it('decrypts secrets, also inside a structure, and calls the whole key secret', () => {
    const { salt, encrypt } = passphraseSecrets('p');
    const { config } = load(
      {
        'Pulumi.yaml': withConfig('  declared: { type: string, secret: true, default: d }\n'),
        'Pulumi.dev.yaml': `encryptionsalt: ${salt}\nconfig:\n  token: { secure: "${encrypt('t')}" }\n  login: { user: u, password: { secure: "${encrypt('s')}" } }\n`,
      },
      { passphrase: 'p' },
    );
    assert.equal(config.values['shop:token'], 't');
    assert.equal(config.values['shop:login'], '{"user":"u","password":"s"}');
    assert.deepEqual([...config.secretKeys].sort(), ['shop:declared', 'shop:login', 'shop:token']);
  });

  it('asks for a passphrase only if something must be decrypted', () => {
    const { salt, encrypt } = passphraseSecrets('p');
    const secured = { 'Pulumi.dev.yaml': `encryptionsalt: ${salt}\nconfig: { token: { secure: "${encrypt('t')}" } }` };
    assert.throws(() => load(secured), {
      message:
        /Pulumi\.dev\.yaml has secrets, and no passphrase was given\. Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE/,
    });
    const { config } = load(secured, { overrides: { token: 'given' } });
    assert.deepEqual(config, { values: { 'shop:token': 'given' }, secretKeys: ['shop:token'] });
  });

  it('names the key of a secret that was damaged', () => {
    const { salt } = passphraseSecrets('p');
    const damaged = { 'Pulumi.dev.yaml': `encryptionsalt: ${salt}\nconfig: { token: { secure: "v1:AAAA:BBBB" } }` };
    assert.throws(() => load(damaged, { passphrase: 'p' }), {
      message: /the secret 'token' can't be decrypted: .*Set it anew\.$/,
    });
  });

  it('says that secrets of a cloud can not be opened by a passphrase', () => {
    const cloudy = { 'Pulumi.dev.yaml': 'secretsprovider: awskms://x\nconfig: { token: { secure: AAAA } }' };
    assert.throws(() => load(cloudy), { message: /has secrets but no 'encryptionsalt'/ });
  });

  it('finds its program where `main` says, as a file or a folder', () => {
    const files = { 'src/index.js': '' };
    const file = load({ ...files, 'Pulumi.yaml': `${HEAD}main: src/index.js\n` });
    assert.deepEqual([path.basename(file.programDir), file.entryPoint], ['src', 'index.js']);
    const folder = load({ ...files, 'Pulumi.yaml': `${HEAD}main: src\n` });
    assert.deepEqual([path.basename(folder.programDir), folder.entryPoint], ['src', '.']);
  });

  it('reads how node is started, quoted arguments too', () => {
    const options = `{ typescript: false, nodeargs: "--import tsx  --title='a b' --no-warnings" }`;
    const { runtime } = load({ 'Pulumi.yaml': `name: shop\nruntime: { name: nodejs, options: ${options} }\n` });
    assert.deepEqual(runtime, { typescript: false, nodeArgs: ['--import', 'tsx', '--title=a b', '--no-warnings'] });
    assert.deepEqual(load({}).runtime, { typescript: true, nodeArgs: [] });
  });

  const refused: readonly [what: string, files: Record<string, string>, message: RegExp, stack?: string][] = [
    [
      'an unknown stack, with those there are',
      { 'Pulumi.prod.yaml': '' },
      /^There is no stack 'test'; there are dev, prod\.$/,
      'test',
    ],
    ['a stack name that is a path', {}, /^There is no stack '\.\.\/dev'; there are dev\.$/, '../dev'],
    [
      'bad YAML, with the line',
      { 'Pulumi.dev.yaml': 'config:\n  a: 1\n  a b: [\n' },
      /Pulumi\.dev\.yaml:4:1 is not valid YAML: /,
    ],
    [
      'a stack file that is a list',
      { 'Pulumi.dev.yaml': '- a' },
      /Pulumi\.dev\.yaml must be a map with a 'config' section/,
    ],
    [
      'configuration that is text',
      { 'Pulumi.dev.yaml': 'config: a' },
      /Pulumi\.dev\.yaml: 'config' must be a map of keys/,
    ],
    ['a key without a value', { 'Pulumi.dev.yaml': 'config:\n  a:\n' }, /Pulumi\.dev\.yaml: 'a' has no value/],
    [
      'a missing value, with its type',
      { 'Pulumi.yaml': withConfig('  n: { type: integer }\n') },
      /^Stack 'dev' is missing configuration value 'shop:n' \(integer\)\. Set it in .*Pulumi\.dev\.yaml\.$/,
    ],
    [
      'a value of the wrong type',
      { 'Pulumi.yaml': withConfig('  n: { type: integer }\n'), 'Pulumi.dev.yaml': 'config: { n: 3.5 }' },
      /^Configuration 'shop:n' must be of type integer, but the value in .*Pulumi\.dev\.yaml is 3\.5\.$/,
    ],
    [
      'a flag that is neither true nor false',
      { 'Pulumi.yaml': withConfig('  f: { type: boolean }\n'), 'Pulumi.dev.yaml': 'config: { f: yes please }' },
      /must be of type boolean, .* is "yes please"/,
    ],
    [
      'a list that is none',
      {
        'Pulumi.yaml': withConfig('  l: { type: array, items: { type: string } }\n'),
        'Pulumi.dev.yaml': 'config: { l: a }',
      },
      /must be of type array of string, .* is "a"/,
    ],
    [
      'a list of something else',
      {
        'Pulumi.yaml': withConfig('  l: { type: array, items: { type: integer } }\n'),
        'Pulumi.dev.yaml': 'config: { l: [1, b] }',
      },
      /must be of type array of integer, .* is \[1,"b"\]/,
    ],
    [
      'a list of nobody knows what',
      { 'Pulumi.yaml': withConfig('  l: { type: array, default: [] }\n') },
      /Pulumi\.yaml: config 'l' is an array; say of what/,
    ],
    [
      'a structure that is text in the stack file',
      { 'Pulumi.yaml': withConfig('  o: { type: object }\n'), 'Pulumi.dev.yaml': `config: { o: '{"a": 1}' }` },
      /must be of type object, but the value in .*Pulumi\.dev\.yaml is "\{/,
    ],
    [
      'a default that is text to the eye only',
      { 'Pulumi.yaml': withConfig('  s: { type: string, default: 1.30 }\n') },
      /must be of type string, but the default in .*Pulumi\.yaml is 1\.3\.$/,
    ],
    [
      'a default of the wrong type',
      { 'Pulumi.yaml': withConfig('  n: { type: integer, default: many }\n') },
      /but the default in .*Pulumi\.yaml is "many"/,
    ],
    [
      'an unknown type',
      { 'Pulumi.yaml': withConfig('  n: { type: number }\n') },
      /config 'n' has type "number"; allowed are string, integer, boolean, array, object/,
    ],
    [
      'a main that does not exist',
      { 'Pulumi.yaml': `${HEAD}main: nowhere.js\n` },
      /'main' names nowhere\.js, which does not exist/,
    ],
    [
      'another language',
      { 'Pulumi.yaml': 'name: shop\nruntime: python\n' },
      /'runtime' is "python"; only nodejs runs on one machine/,
    ],
    ['a project without a name', { 'Pulumi.yaml': 'runtime: nodejs\n' }, /'name' must be made of letters, digits/],
  ];
  for (const [what, files, message, stack] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => load(files, stack === undefined ? {} : { stack }), { name: 'UserError', message });
    });
  }

  it('is asked for where there is none', () => {
    const projectDir = folder();
    assert.throws(() => loadProject({ projectDir, stack: 'dev', overrides: {}, passphrase: () => undefined }), {
      message: `${projectDir} holds no Pulumi.yaml, so it is no Pulumi project.`,
    });
  });
});
