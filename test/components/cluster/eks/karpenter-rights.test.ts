import assert from 'node:assert/strict';
import { karpenterRights, queuePolicy } from '../../../../components/cluster/eks/karpenter-rights.ts';
import type { ClusterPlan } from '../../../../components/cluster/plan.ts';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const plan = { name: 'wedsync-eu-west', place: { location: 'eu-west-1' } } as unknown as ClusterPlan;
const rights = karpenterRights(plan, {
  account: '123456789012',
  nodeRoleArn: 'arn:aws:iam::123456789012:role/workers',
  queueArn: 'arn:aws:sqs:eu-west-1:123456789012:wedsync-eu-west',
});
const statements = Object.values(rights).flatMap(({ Statement }) => Statement as readonly Statement[]);

describe('the rights of Karpenter', () => {
  it('end and change only what bears the cluster’s tag', () => {
    const ending = statements.filter(({ Action }) =>
      Action.some((action) => /Terminate|Delete(Launch|Instance)/.test(action)),
    );
    assert.equal(ending.length, 2);
    for (const { Condition } of ending)
      assert.equal(Condition?.['StringEquals']?.['aws:ResourceTag/kubernetes.io/cluster/wedsync-eu-west'], 'owned');
  });

  it('name no action by a wildcard, and every resource only where AWS knows no other way', () => {
    assert.ok(statements.every(({ Action }) => Action.every((action) => !action.includes('*'))));
    const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    assert.ok(
      everywhere.every((action) => /:(Describe|Get|List)/.test(action)),
      everywhere.join(' '),
    );
  });

  it('pass on the workers’ role and no other', () => {
    const passing = statements.filter(({ Action }) => Action.includes('iam:PassRole'));
    assert.deepEqual(
      passing.map(({ Resource }) => Resource),
      ['arn:aws:iam::123456789012:role/workers'],
    );
  });

  it('fit into the policies of one role', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 10,240 characters for a role’s inline policies.
    const size = Object.values(rights).reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
    assert.ok(size < 10_240, `${size} characters`);
  });

  it('let nobody use the queue without TLS', () => {
    assert.match(JSON.stringify(queuePolicy('arn:queue')), /"Effect":"Deny".*"aws:SecureTransport":"false"/);
  });
});
