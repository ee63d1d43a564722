import assert from 'node:assert/strict';
import { asJson } from '../../../scripts/lib/preview/json.ts';
import type { Paint } from '../../../scripts/lib/preview/paint.ts';
import { drawDiagnostics, drawOutputs, drawPolicies, drawSummary } from '../../../scripts/lib/preview/report.ts';
import { drawTree } from '../../../scripts/lib/preview/tree.ts';
import { SAMPLE } from './sample.ts';

const plain: Paint = (_style, text) => text;

describe('a preview on the screen', () => {
  it('draws the resources below their parents, without default providers', () => {
    assert.deepEqual(drawTree(SAMPLE.resources, plain), [
      '     Type                                Name         Plan',
      ' +   pulumi:pulumi:Stack                 shop-dev     create',
      ' >-  ├─ pulumi:pulumi:StackReference     other        read',
      ' +   └─ shop:index:Group                 group        create',
      ' +      ├─ kubernetes:core/v1:Namespace  space        create',
      ' +      └─ kubernetes:core/v1:Secret     credentials  create',
    ]);
  });

  it('groups violations by policy, mandatory ones first, and says each description once', () => {
    const lines = drawPolicies(SAMPLE, plain).join('\n');
    assert.match(lines, /✗ house@v1\.2\.3 \(.*house\)\n\s+changed 1 resource that had to be put right\n/);
    assert.ok(
      lines.endsWith(
        [
          '    [mandatory] rotation: Keys rotate.',
          '      kubernetes:core/v1:Secret credentials',
          '        This one',
          '        never does.',
          '',
          '    [advisory] labels: Labels help.',
          '      kubernetes:core/v1:Namespace space',
          '        It has none.',
        ].join('\n'),
      ),
      lines,
    );
  });

  it('says of a pack that it has no objection', () => {
    const lines = drawPolicies({ ...SAMPLE, violations: [], remediations: [] }, plain);
    assert.match(lines[1] ?? '', /✓ house@v1\.2\.3 .*, no objection$/);
  });

  it('shows outputs, but no secret, and no part of a value that is not known', () => {
    assert.deepEqual(drawOutputs(SAMPLE, plain), [
      'Outputs:',
      '  url  "https://shop.test"',
      '  key  [secret]',
      '  ids  [known after the update]',
    ]);
  });

  it('ends with the number of resources, the time it took, and the verdict', () => {
    assert.deepEqual(drawSummary(SAMPLE, 2345, plain), [
      'Resources:',
      '  + 4 to create, 1 to read',
      '',
      'Duration: 2.3 s',
      'An update is not allowed.',
    ]);
    assert.equal(drawSummary({ ...SAMPLE, ok: true }, 1, plain).at(-1), 'An update is allowed.');
  });

  it('tells of warnings, and of errors with where they arose', () => {
    const error = { severity: 'error', message: 'No.', urn: 'urn:a', stack: '    at index.ts:1' } as const;
    assert.deepEqual(drawDiagnostics([...SAMPLE.diagnostics, error], plain), [
      'Diagnostics:',
      '  warning: Mind the gap.',
      '  error: No.',
      '    urn:a',
      '    at index.ts:1',
    ]);
  });
});

describe('a preview as JSON', () => {
  interface Document {
    readonly resources: readonly { urn: string; parent: string | null; inputs: unknown; dependencies: string[] }[];
    readonly violations: readonly Record<string, unknown>[];
  }
  const document = JSON.parse(asJson(SAMPLE)) as Document;

  it('has exactly the promised keys', () => {
    assert.deepEqual(Object.keys(document), ['resources', 'violations']);
    for (const resource of document.resources) {
      assert.deepEqual(Object.keys(resource), ['urn', 'type', 'inputs', 'dependencies', 'parent']);
    }
    for (const violation of document.violations) {
      assert.deepEqual(Object.keys(violation), ['policy', 'level', 'urn', 'message']);
    }
  });

  it('masks secrets, and marks unknown values as Pulumi does', () => {
    const credentials = document.resources.find(({ urn }) => urn.endsWith('::credentials'));
    assert.deepEqual(credentials?.inputs, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'Credentials:v1',
        namespace: 'space',
        annotations: { revision: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' },
      },
      stringData: '[secret]',
    });
  });

  it('is in the order of URNs, and has no parent for the stack', () => {
    const urns = document.resources.map(({ urn }) => urn);
    assert.deepEqual(urns, urns.toSorted());
    assert.equal(document.resources.find(({ urn }) => urn.endsWith('::shop-dev'))?.parent, null);
  });
});
