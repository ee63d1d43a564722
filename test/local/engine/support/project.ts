import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder in which the tests' programs and packs find the SDK. */
export const MODULES = path.resolve(import.meta.dirname, '../../../../node_modules');

const FILES: Readonly<Record<string, string>> = {
  'Pulumi.yaml': 'name: small\nruntime: { name: nodejs, options: { typescript: false } }\n',
  'Pulumi.dev.yaml': 'config: {}\n',
  'package.json': '{ "name": "small", "version": "1.0.0", "type": "module", "main": "index.js" }',
};

/** Writes a small Pulumi project, with the stack `dev`, into a folder; returns the folder. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries({ ...FILES, ...files })) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(MODULES, path.join(folder, 'node_modules'));
  return folder;
}

/** Writes a policy pack made of the given policies, as JavaScript; returns its folder. */
export function writePack(folder: string, policies: string, before = ''): string {
  const code = `import { PolicyPack } from '@pulumi/policy';\n${before}\nnew PolicyPack('small-pack', { policies: [${policies}] });\n`;
  return writeProject(folder, {
    'PulumiPolicy.yaml': 'runtime: nodejs\n',
    'package.json': '{ "name": "small-pack", "version": "1.0.0", "type": "module", "main": "index.js" }',
    'index.js': code,
  });
}
