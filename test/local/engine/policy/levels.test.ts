import assert from 'node:assert/strict';
import { reconcile, type PolicyConfig, type PolicyInfo } from '../../../../local/engine/policy/levels.ts';

const SIZE: PolicyInfo = {
  name: 'size',
  level: 'advisory',
  properties: { largest: { type: 'integer', default: 3, minimum: 0 }, unit: { type: 'string', enum: ['MiB', 'GiB'] } },
  required: [],
};
const OWNER: PolicyInfo = { name: 'owner', level: 'mandatory', properties: { team: { type: 'string' } }, required: [] };

function levels(initial: PolicyConfig, given: PolicyConfig): Record<string, string> {
  return Object.fromEntries([...reconcile([SIZE, OWNER], initial, given)].map(([name, { level }]) => [name, level]));
}

describe('policy configuration', () => {
  it('leaves each policy at its own level if nothing is said', () => {
    assert.deepEqual(levels({}, {}), { size: 'advisory', owner: 'mandatory' });
  });

  it('sets all policies at once, and single ones over that', () => {
    assert.deepEqual(levels({}, { all: 'disabled' }), { size: 'disabled', owner: 'disabled' });
    const given = { all: 'disabled', size: { enforcementLevel: 'remediate' } } as const;
    assert.deepEqual(levels({}, given), { size: 'remediate', owner: 'disabled' });
  });

  it('lets what the user says win over what the pack configures for itself', () => {
    assert.deepEqual(levels({ size: 'mandatory', owner: 'advisory' }, { all: { enforcementLevel: 'disabled' } }), {
      size: 'disabled',
      owner: 'disabled',
    });
    assert.deepEqual(levels({ size: 'mandatory' }, { owner: 'advisory' }), { size: 'mandatory', owner: 'advisory' });
  });

  it('fills in the defaults of the schema and joins properties from all sources', () => {
    const policies = reconcile([SIZE], { size: { unit: 'MiB', note: 'pack' } }, { size: { unit: 'GiB' } });
    assert.deepEqual(policies.get('size'), {
      level: 'advisory',
      properties: { largest: 3, unit: 'GiB', note: 'pack' },
    });
  });

  const refused: readonly [what: string, policy: PolicyInfo, given: unknown, message: RegExp][] = [
    ['a policy that the pack does not have', SIZE, { sise: 'advisory' }, /names 'sise'; the pack has size\./],
    [
      'a level that does not exist',
      SIZE,
      { size: 'fatal' },
      /'size' has level "fatal"; allowed are advisory, mandatory, disabled, remediate/,
    ],
    ['a level for all that does not exist', SIZE, { all: 'never' }, /'all' has level "never"/],
    [
      'a property of the wrong type',
      SIZE,
      { size: { largest: 'big' } },
      /'largest' of the policy 'size' must be of type integer, but is "big"/,
    ],
    [
      'a property that is too small',
      SIZE,
      { size: { largest: -1 } },
      /'largest' of the policy 'size' is -1; it must be from 0 to Infinity/,
    ],
    ['a property that is none of the choices', SIZE, { size: { unit: 'TiB' } }, /is "TiB"; allowed are MiB, GiB/],
    [
      'a required property that is missing',
      { ...OWNER, required: ['team'] },
      {},
      /The policy 'owner' needs 'team' in its configuration/,
    ],
  ];
  for (const [what, policy, given, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => reconcile([policy], {}, given as PolicyConfig), { name: 'UserError', message });
    });
  }
});
