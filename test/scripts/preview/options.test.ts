import assert from 'node:assert/strict';
import path from 'node:path';
import { parseOptions } from '../../../scripts/lib/preview/options.ts';

describe('the options of npm run preview', () => {
  it('are a region, and by default a tree on the screen as of now', () => {
    const unset = { platform: undefined, policyConfig: undefined, manifests: undefined, at: undefined };
    assert.deepEqual(parseOptions(['uk-south']), { help: false, stack: 'uk-south', json: false, ...unset });
  });

  it('may come before or after the region', () => {
    const options = parseOptions(['--json', '--manifests', 'out', 'eu-west']);
    assert.deepEqual([options.stack, options.json, options.manifests], ['eu-west', true, path.resolve('out')]);
  });

  it("take a time without an offset by the region's clock, in summer and winter", () => {
    const at = (...args: string[]): string => new Date(parseOptions(args).at ?? NaN).toISOString();
    assert.equal(at('uk-south', '--at', '2026-04-17T18:00'), '2026-04-17T17:00:00.000Z');
    assert.equal(at('uk-south', '--at', '2026-01-16T18:00'), '2026-01-16T18:00:00.000Z');
    assert.equal(at('eu-west', '--at', '2026-04-17T18:00+02:00'), '2026-04-17T16:00:00.000Z');
    assert.equal(at('uk-west', '--at', '2026-04-17T18:00:00Z'), '2026-04-17T18:00:00.000Z');
  });

  it('try another platform', () => {
    assert.equal(parseOptions(['uk-south', '--platform', 'eks']).platform, 'eks');
  });

  it('take settings of the policy pack from a file', () => {
    const { policyConfig } = parseOptions(['uk-south', '--policy-pack-config', 'policies.json']);
    assert.equal(policyConfig, path.resolve('policies.json'));
  });

  it('need no region to ask for help', () => {
    assert.equal(parseOptions(['--help']).help, true);
    assert.equal(parseOptions(['-h']).help, true);
  });

  const refused: readonly [what: string, args: string[], message: RegExp][] = [
    ['no region', [], /^Which region\? Give one of uk-south, uk-west, eu-west/],
    ['an unknown region', ['us-east'], /^There is no stack "us-east"\. Allowed: uk-south, uk-west, eu-west\.$/],
    ['two regions', ['uk-south', 'uk-west'], /^One stack at a time: "uk-west" is too much\.$/],
    ['an unknown option', ['uk-south', '--jsno'], /^Unknown option '--jsno'\. See: npm run preview -- --help$/],
    ['an option without its value', ['uk-south', '--at'], /'--at <value>' argument missing/],
    [
      'an unknown platform',
      ['uk-south', '--platform', 'azure'],
      /^There is no platform "azure"\. Allowed: aks, eks, gke, existing\.$/,
    ],
    ['an empty folder', ['uk-south', '--manifests', ''], /^--manifests is empty\. Allowed: the path of a folder\.$/],
    ['a time that is none', ['uk-south', '--at', 'tomorrow'], /^--at is "tomorrow"\. Allowed: .*\(Europe\/London\)/],
    ['a day that does not exist', ['eu-west', '--at', '2026-02-30T10:00'], /^--at is "2026-02-30T10:00"/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuse ${what}`, () => {
      assert.throws(() => parseOptions(args), { name: 'UsageError', message });
    });
  }
});
