import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type RegionName, REGION_NAMES } from '@wedsync/domain';
import { ControlPlane } from '../control-plane/control-plane.ts';
import { constraintDefinitions } from '../definitions/constraints.ts';
import { install, serviceDefinitions } from '../definitions/install.ts';
import { checkov } from '../judges/checkov.ts';
import type { Finding } from '../judges/findings.ts';
import { kubeScore } from '../judges/kube-score.ts';
import { kubeconform } from '../judges/kubeconform.ts';
import { writeObjects } from '../judges/manifests.ts';
import { writeSchemas } from '../judges/schemas.ts';
import { judged, WAIVERS } from '../judges/waivers.ts';
import { rendered, type RenderedStack, VARIANTS } from '../stacks/render.ts';

describe('the manifests of all stacks', () => {
  let plane: ControlPlane | undefined;
  let stacks: RenderedStack[] = [];
  let folders: string[] = [];
  let manifests = '';
  let schemas = '';

  before('render them, and take the schemas from a real API server', async () => {
    const stackNames = (process.env['WEDSYNC_CLUSTER_STACKS'] ?? REGION_NAMES.join(',')).split(',') as RegionName[];
    stacks = [];
    for (const stack of stackNames) for (const variant of VARIANTS) stacks.push(await rendered(stack, variant));
    const objects = stacks.flatMap((stack) => stack.objects);
    plane = await ControlPlane.start();
    [manifests, schemas] = [join(plane.folder, 'manifests'), join(plane.folder, 'schemas')];
    mkdirSync(schemas);
    folders = stacks.map((stack) => writeObjects(stack, manifests));
    const templates = new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
    const definitions = [...serviceDefinitions(), ...constraintDefinitions([...templates.values()])];
    await install(plane, definitions);
    const { api } = plane;
    await plane.until('the schemas of the definitions', () =>
      writeSchemas(api, objects, schemas).then(
        () => true,
        () => false, // it publishes them a moment after it takes objects
      ),
    );
  });

  after(() => plane?.stop());

  it('keep strictly to the schemas of the API server and of the definitions (kubeconform)', async () => {
    const { findings, valid } = await kubeconform(manifests, schemas);
    assertNone(findings, 'kubeconform');
    assert.equal(valid, stacks.flatMap((stack) => stack.objects).length);
  });

  it('have nothing that kube-score calls critical', async () => {
    const findings: Finding[] = [];
    for (const folder of folders) {
      const { findings: found, scored } = await kubeScore(folder);
      assert.ok(scored > 10, `${scored} objects scored`);
      findings.push(...found);
    }
    assertNone(findings, 'kube-score');
  });

  it('pass every check of checkov', async () => {
    const { findings, passed } = await checkov(manifests);
    assert.ok(passed > 1000, `${passed} checks passed`);
    assertNone(findings, 'checkov');
  });

  it('are waived with a reason in whole sentences only', () => {
    for (const { reason, check } of WAIVERS) assert.match(reason, /^.{30,}\.$/, check);
  });
});

function assertNone(found: readonly Finding[], judge: Finding['judge']): void {
  const { findings, unused } = judged(found, judge);
  const lines = findings.map(({ check, object, message }) => `${check} ${object}: ${message}`);
  assert.deepEqual([...new Set(lines)].sort(), []);
  assert.deepEqual(
    unused.map(({ check }) => check),
    [],
    'waivers that nothing needs',
  );
}
