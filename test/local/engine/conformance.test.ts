import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Resource, RunResult } from '../../../local/engine/index.ts';
import { echo, runEverything } from './support/everything.ts';
import { normalDependencies, normalSet, normalValue } from './support/normal-form.ts';
import { hasPulumi, PulumiCli, type CliResource, type CliResult } from './support/pulumi-cli.ts';

/** Every package through the same stand-in on both sides: what is compared are the engines, not the providers. */
const providers = { echo, kubernetes: echo, random: echo };

type Side = CliResource | Resource;

function normal(resource: Side): Record<string, unknown> {
  return {
    type: resource.type,
    custom: resource.custom,
    external: resource.external ?? false,
    parent: resource.parent ?? '',
    protect: resource.protect ?? false,
    provider: (resource.provider ?? '').replace(/::[^:]*$/, ''),
    dependencies: normalSet(resource.dependencies),
    propertyDependencies: normalDependencies(resource.propertyDependencies),
    inputs: withoutLeak(resource, normalValue(resource.inputs ?? {})),
  };
}

/** The CLI forgets that a value is secret when a policy remediates its resource; the engine does not. */
function withoutLeak({ urn }: Side, inputs: unknown): unknown {
  return urn.endsWith('::credentials') ? { ...(inputs as object), stringData: '[secret]' } : inputs;
}

function graph(resources: readonly Side[]): Record<string, unknown> {
  const sorted = resources.toSorted((one, other) => (one.urn < other.urn ? -1 : 1));
  return Object.fromEntries(sorted.map((resource) => [resource.urn, normal(resource)]));
}

const isDefaultProvider = ({ urn }: Side): boolean => /::pulumi:providers:\w+::default/.test(urn);

function violationsOf({ violations }: RunResult): string[] {
  return violations.map(({ policy, level, urn, message }) => [policy, level, urn, message.trim()].join('|')).sort();
}

describe('the engine beside the Pulumi CLI', function () {
  this.timeout(120_000);
  let folder: string | undefined;
  const cli: { preview?: CliResult; update?: CliResult } = {};

  before(async function () {
    if (!(await hasPulumi())) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
    const pulumi = new PulumiCli(folder);
    await pulumi.base();
    cli.preview = await pulumi.preview();
    cli.update = await pulumi.update();
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('previews the same graph and the same violations', async () => {
    const ours = await runEverything('preview', providers);
    // The CLI's preview says nothing of default providers.
    const resources = ours.resources.filter((resource) => !isDefaultProvider(resource));
    assert.deepEqual(graph(resources), graph(cli.preview?.resources ?? []));
    assert.deepEqual(violationsOf(ours), cli.preview?.violations);
  });

  it('updates to the same graph, outputs included, with the same violations', async () => {
    const ours = await runEverything('update', providers);
    assert.deepEqual(graph(ours.resources), graph(cli.update?.resources ?? []));
    assert.deepEqual(violationsOf(ours), cli.update?.violations);
    const outputs = (resources: readonly Side[]): Record<string, unknown> =>
      Object.fromEntries(resources.map(({ urn, outputs: each }) => [urn, normalValue(each ?? {})]));
    assert.deepEqual(outputs(ours.resources), outputs(cli.update?.resources ?? []));
  });
});
