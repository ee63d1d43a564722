import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REGION_NAMES } from '@wedsync/domain';
import { patchOf, type Recommendation, SETTINGS, type SettingName, StackFile } from '@wedsync/season-analytics';
import { unifiedDiff } from '../../../services/season-analytics/src/stack-file/unified-diff.ts';
import { fc } from '../../support/property.ts';
import { figures } from './support.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A file that is written otherwise than any tool would write it. */
const ODD = `# First.
config:
    "wedsync:platform":   aks   # not ours
    wedsync:engineReplicas: # bounds
        maximum:   200   # most
        minimum: 10
    wedsync:workers: { "minimum" : 3,maximum: 12 }


    # 64 in all
    wedsync:redisMemoryGiB: {queue: 8, cache: 56}
    wedsync:redisShards: { cache: 4, queue: 3 }
    wedsync:kubeContext: "10"
    other: 200`;

const change = (setting: SettingName, applied: number, configured = -1): Recommendation => ({
  ...{ setting, configured, wanted: applied, applied, reason: 'a test' },
  allowed: { minimum: 0, maximum: 1000 },
});

describe('a stack file', () => {
  it('gives the sizes of each region as the product’s table has them', () => {
    for (const region of REGION_NAMES) {
      const name = `Pulumi.${region}.yaml`;
      assert.deepEqual(new StackFile(name, readFileSync(join(ROOT, name), 'utf8')).figures(region), figures(region));
    }
  });

  it('gives them however it is written', () => {
    const { engineReplicas, workers, redisMemoryGiB, cacheShards } = new StackFile('odd', ODD).figures('uk-south');
    assert.deepEqual(
      [engineReplicas, workers, redisMemoryGiB, cacheShards],
      [{ minimum: 10, maximum: 200 }, { minimum: 3, maximum: 12 }, { queue: 8, cache: 56 }, 4],
    );
  });

  it('changes the digits that are meant, and nothing else', () => {
    const changed = new StackFile('odd', ODD).with(
      new Map([
        ['engineReplicas.maximum', 150],
        ['workers.minimum', 11],
        ['redisMemoryGiB.cache', 7],
      ]),
    );
    assert.equal(
      changed,
      ODD.replace('maximum:   200', 'maximum:   150')
        .replace('"minimum" : 3', '"minimum" : 11')
        .replace('cache: 56', 'cache: 7'),
    );
  });

  const wrong: [text: string, message: RegExp][] = [
    [
      'config:\n  wedsync:workers: {minimum: 3}\n',
      /^wedsync:engineReplicas\.minimum in x is missing\. Allowed: a whole number\.$/,
    ],
    [
      ODD.replace('minimum: 10', 'minimum: ten'),
      /^wedsync:engineReplicas\.minimum in x is "ten"\. Allowed: a whole number\.$/,
    ],
    ['a: [', /^x is no YAML: /],
  ];
  for (const [text, message] of wrong) {
    it(`is refused in words: ${message.source}`, () => {
      assert.throws(() => new StackFile('x', text).figures('uk-south'), { name: 'UserError', message });
    });
  }
});

describe('a patch', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'wedsync-season-'));
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is what git apply takes, and is empty once it is applied', () => {
    const number = fc.integer({ min: 0, max: 99_999 });
    const ends = fc.constantFrom('', '\n', '\n# the end\n');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...SETTINGS), number, { minKeys: 1 }), ends, (values, end) => {
        const file = new StackFile('odd.yaml', `${ODD}${end}`);
        const changes = Object.entries(values).map(([setting, value]) => change(setting as SettingName, value));
        const patch = patchOf(file, changes);
        writeFileSync(join(folder, file.name), file.text);
        if (patch !== '') execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
        const text = readFileSync(join(folder, file.name), 'utf8');
        assert.equal(text, file.with(new Map(changes.map(({ setting, applied }) => [setting, applied]))));
        assert.equal(patchOf(new StackFile(file.name, text), changes), '');
      }),
      { numRuns: 12 },
    );
  });

  it('is empty where what is recommended is what is configured', () => {
    assert.equal(patchOf(new StackFile('odd.yaml', ODD), [change('workers.maximum', 12, 12)]), '');
  });

  it('shows three lines around, one hunk where they touch and two where they do not', () => {
    const lines = (changed: readonly number[]) =>
      Array.from({ length: 20 }, (_, index) => `${changed.includes(index) ? 'new' : 'old'} ${index}\n`).join('');
    const ranges = (changed: readonly number[]) =>
      [...unifiedDiff('x', lines([]), lines(changed)).matchAll(/^@@ -(\S+) \+(\S+) @@$/gm)].map(([, from, to]) => [
        from,
        to,
      ]);
    assert.deepEqual(ranges([0, 5]), [['1,9', '1,9']]);
    assert.deepEqual(ranges([1, 19]), [
      ['1,5', '1,5'],
      ['17,4', '17,4'],
    ]);
    assert.throws(() => unifiedDiff('x', 'a\n', 'a\nb\n'), RangeError);
  });
});
