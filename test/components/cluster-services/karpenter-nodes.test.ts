import assert from 'node:assert/strict';
import { addDays, instantOf, SATURDAY_HOURS, startOfDate, type TimeZone } from '@wedsync/domain';
import { Cron } from 'croner';
import { nodeClass, nodePool } from '../../../components/cluster-services/karpenter-nodes.ts';
import type { ClusterPlan } from '../../../components/cluster/plan.ts';

const pool = (zone: string, minimum: number, maximum: number) => ({ name: zone, zone, bounds: { minimum, maximum } });
const plan = {
  name: 'wedsync-eu-west',
  pools: [pool('eu-west-1a', 1, 2), pool('eu-west-1b', 1, 2), pool('eu-west-1c', 0, 2)],
  machine: { type: 'm6in.8xlarge', cpu: 32, memoryGiB: 128, networkGbps: 50 },
  diskGB: 128,
  tags: { product: 'wedsync' },
} as unknown as ClusterPlan;
const HOUR = 3_600_000;

describe('the workers that Karpenter adds', () => {
  it('are as many as the season’s most less those that the pools always have, of the pools’ own machine and zones', () => {
    const { limits, template } = nodePool(plan);
    assert.deepEqual(limits, { cpu: 4 * 32 });
    assert.deepEqual(
      template.spec.requirements.map(({ key, values }) => [key, values]),
      [
        ['node.kubernetes.io/instance-type', ['m6in.8xlarge']],
        ['karpenter.sh/capacity-type', ['on-demand']],
        ['kubernetes.io/arch', ['amd64']],
        ['topology.kubernetes.io/zone', ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
      ],
    );
  });

  it('stay around every Saturday of either zone, in summer time and in winter', () => {
    const { disruption, template } = nodePool(plan);
    const kept = disruption?.budgets?.find(({ nodes }) => nodes === '0');
    const length = Number(/^(\d+)h$/.exec(kept?.duration ?? '')?.[1]) * HOUR;
    const begins = new Cron(kept?.schedule ?? '', { timezone: 'UTC', paused: true });
    const holds = (instant: number) => (begins.nextRun(new Date(instant - length))?.getTime() ?? Infinity) <= instant;
    const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
    for (const zone of ['Europe/London', 'Europe/Dublin'] satisfies TimeZone[]) {
      for (let date = '2025-01-04'; date < '2027-01-01'; date = addDays(date, 7)) {
        const from = instantOf(zone, addDays(date, -1), clock(SATURDAY_HOURS.fridayFrom), 'first');
        const until = instantOf(zone, addDays(date, 1), clock(SATURDAY_HOURS.sundayUntil), 'last');
        for (let instant = from; instant < until; instant += HOUR / 2)
          assert.ok(holds(instant), `${zone} ${new Date(instant).toISOString()}`);
        assert.equal(holds(startOfDate(zone, addDays(date, 2))), false);
      }
    }
    assert.equal(template.spec.expireAfter, 'Never');
  });

  it('have an encrypted disk, metadata that Pods do not reach, and an image that nobody changes behind our back', () => {
    const references = { nodeRole: 'workers', securityGroupId: 'sg-1', diskKey: 'arn:key', ready: [] };
    const { blockDeviceMappings, metadataOptions, amiSelectorTerms } = nodeClass({ plan, ...references });
    assert.deepEqual(
      blockDeviceMappings?.map(({ ebs }) => [ebs?.encrypted, ebs?.kmsKeyID, ebs?.volumeSize]),
      [[true, 'arn:key', '128Gi']],
    );
    assert.deepEqual([metadataOptions?.httpTokens, metadataOptions?.httpPutResponseHopLimit], ['required', 1]);
    assert.match(amiSelectorTerms[0]?.alias as string, /^al2023@v\d{8}$/);
  });
});
