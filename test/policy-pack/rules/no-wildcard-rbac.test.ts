import assert from 'node:assert/strict';
import { checkTokens } from '../../../policy-pack/rbac/tokens.ts';
import { checkRights } from '../../../policy-pack/rules/no-wildcard-rbac.ts';
import { saidOfAll, saidOfOne } from '../support/objects.ts';

const TOKEN = 'spec.template.spec.automountServiceAccountToken';

describe('no-wildcard-rbac', () => {
  it('names the entry of the role', () => {
    assert.deepEqual(saidOfOne(checkRights, 'engine-role', 'rules[0].resources[0]', '*'), [
      'Role cache/cache-engine: rules[0].resources[0] is "*". It grants what nobody has thought of yet. List what is needed.',
    ]);
  });

  it('names the subject of the binding', () => {
    assert.deepEqual(
      saidOfOne(checkRights, 'engine-binding', 'subjects[0]', { kind: 'Group', name: 'system:masters' }),
      [
        'RoleBinding cache/cache-engine: subjects[0].name is "system:masters". Its members pass every check. Name the users or ' +
          'service accounts that need the role.',
      ],
    );
  });

  it('names the Pod that holds a token for nothing', () => {
    assert.deepEqual(saidOfAll(checkTokens, 'redis-cache-0', TOKEN, true), [
      'StatefulSet redis/cache-0: spec.template.spec.automountServiceAccountToken is true. A token of the service account ' +
        'redis/default is mounted, but no role is bound to that account. Set it to false, or bind the role that the Pod needs.',
    ]);
  });

  it('lets the service account say that no token is mounted, unless the Pod says otherwise', () => {
    const unbound = ['engine-binding', 'subjects', []] as const;
    assert.equal(saidOfAll(checkTokens, ...unbound).length, 1);
    assert.deepEqual(saidOfAll(checkTokens, 'engine-account', 'automountServiceAccountToken', false), []);
  });
});
