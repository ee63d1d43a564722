import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Resource, RunResult } from '../../../local/engine/index.ts';
import { runEverything } from './support/everything.ts';
import { normalDependencies, normalSet, normalText, normalValue } from './support/normal-form.ts';

/** Set to write the golden files anew, to be read before they are committed. */
const UPDATE = process.env['UPDATE_GOLDEN'] !== undefined;

function compareWithGolden(name: string, actual: unknown): void {
  const file = path.join(import.meta.dirname, 'golden', `${name}.json`);
  if (UPDATE) writeFileSync(file, `${JSON.stringify(actual, undefined, 2)}\n`);
  assert.deepEqual(JSON.parse(JSON.stringify(actual)), JSON.parse(readFileSync(file, 'utf8')));
}

function normalResource({ inputs, outputs, options, ...resource }: Resource): unknown {
  return {
    ...resource,
    urn: normalText(resource.urn),
    id: resource.type.startsWith('pulumi:providers:') || resource.type.startsWith('random:') ? '<id>' : resource.id,
    name: normalText(`providers:kubernetes::${resource.name}`).replace('providers:kubernetes::', ''),
    provider: normalText(normalText(resource.provider).replace(/::[^:]*$/, '')),
    dependencies: normalSet(resource.dependencies),
    propertyDependencies: normalDependencies(resource.propertyDependencies),
    inputs: withoutVersion(resource, normalValue(inputs)),
    outputs: withoutVersion(resource, normalValue(outputs)),
    options: { ...(normalValue(options) as object), version: options.version === '' ? '' : '<version>' },
  };
}

function withoutVersion({ type }: { type: string }, value: unknown): unknown {
  if (!/^pulumi:providers:(kubernetes|random)$/.test(type)) return value;
  return { ...(value as object), version: '<version>' };
}

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

describe('a program that uses everything', () => {
  for (const mode of ['preview', 'update'] as const) {
    describe(`in ${mode === 'preview' ? 'a preview' : 'an update'}`, () => {
      let result: RunResult;
      before(async () => {
        result = await runEverything(mode);
      });

      it('has nothing to complain of', () => {
        assert.deepEqual([result.ok, result.diagnostics], [true, []]);
      });

      it('gives the golden graph', () => {
        const resources = result.resources.toSorted((one, other) => (one.urn < other.urn ? -1 : 1));
        compareWithGolden(`${mode}.resources`, resources.map(normalResource));
      });

      it('gives the golden outputs', () => {
        compareWithGolden(`${mode}.outputs`, normalValue(result.outputs));
      });

      it('violates the golden policies, and is put right where a policy does that', () => {
        compareWithGolden(`${mode}.policies`, {
          violations: result.violations.map(normalValue).sort(byText),
          remediations: result.remediations,
        });
      });

      it('has every resource registered after its parent and its dependencies', () => {
        const position = new Map(result.resources.map(({ urn }, index) => [urn, index]));
        for (const [index, { urn, parent, dependencies }] of result.resources.entries()) {
          for (const earlier of [parent, ...dependencies].filter((other) => other !== '')) {
            assert.ok((position.get(earlier) ?? Infinity) < index, `${urn} comes before ${earlier}`);
          }
        }
      });
    });
  }
});
