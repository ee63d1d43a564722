import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { writeManifests } from '../../../scripts/lib/preview/manifests.ts';
import { SAMPLE } from './sample.ts';

describe('the manifests of a preview', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are one file an object, named after kind, namespace and name, in a folder that is made if need be', async () => {
    const inside = path.join(folder, 'a', 'b');
    assert.equal(await writeManifests(SAMPLE, inside), 2);
    assert.deepEqual(readdirSync(inside).sort(), ['namespace-space.yaml', 'secret-space-credentials-v1.yaml']);
  });

  it('mask secrets, and mark what only an update can know', async () => {
    await writeManifests(SAMPLE, folder);
    const text = readFileSync(path.join(folder, 'secret-space-credentials-v1.yaml'), 'utf8');
    assert.deepEqual(load(text), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'Credentials:v1', namespace: 'space', annotations: { revision: '[known after the update]' } },
      stringData: '[secret]',
    });
  });

  it('get a number if two have the same name', async () => {
    await writeManifests({ ...SAMPLE, resources: [...SAMPLE.resources, ...SAMPLE.resources] }, folder);
    assert.equal(readdirSync(folder).includes('namespace-space-2.yaml'), true);
  });

  it('can not be written where a file is in the way', async () => {
    writeFileSync(path.join(folder, 'taken'), '');
    await assert.rejects(writeManifests(SAMPLE, path.join(folder, 'taken')), {
      name: 'UserError',
      message: /^The manifests can't be written to .*taken: EEXIST/,
    });
  });
});
