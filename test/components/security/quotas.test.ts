import assert from 'node:assert/strict';
import { demandOf, namespaceLimits, type PodGroup } from '../../../components/security/quotas.ts';

const container = (cpu: string, memory: string, limit: string) => ({
  name: 'one',
  resources: { requests: { cpu, memory }, limits: { memory: limit } },
});
const group = (changes: Partial<PodGroup> = {}): PodGroup => ({
  namespace: 'a',
  pods: 3,
  demand: { cpuMillis: 100, memoryMiB: 200, memoryLimitMiB: 300, largestContainerMiB: 250 },
  ...changes,
});

describe("a namespace's limits", () => {
  it('let all its Pods in at once, and no way into the cluster', () => {
    const [limits] = namespaceLimits([group(), group({ pods: 2, storageGiB: 10 }), group({ namespace: 'b' })]);
    assert.deepEqual(limits?.quota.hard, {
      pods: '5',
      'requests.cpu': '500m',
      'requests.memory': '1000Mi',
      'limits.memory': '1500Mi',
      persistentvolumeclaims: '2',
      'requests.storage': '20Gi',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });

  it('keep each container below twice the greatest that is planned, and each claim', () => {
    const [limits] = namespaceLimits([group({ storageGiB: 10 }), group()]);
    const { limits: ranges } = limits?.limits as unknown as { limits: { max: Record<string, string> }[] };
    assert.deepEqual(
      ranges.map(({ max }) => max),
      [{ memory: '500Mi' }, { storage: '20Gi' }],
    );
  });

  it('leave room for what they give to a container that says nothing', () => {
    const small = group({ demand: { ...group().demand, largestContainerMiB: 20 } });
    const { limits } = namespaceLimits([small])[0]?.limits as unknown as {
      limits: { max: { memory: string }; default: { memory: string } }[];
    };
    assert.equal(limits[0]?.max.memory, limits[0]?.default.memory);
  });
});

describe('what a Pod asks for', () => {
  it('is the sum of its containers, or what the greediest of the first ones asks for', () => {
    const containers = [container('100m', '32Mi', '64Mi'), container('20m', '32Mi', '64Mi')];
    assert.deepEqual(demandOf({ containers }), {
      ...{ cpuMillis: 120, memoryMiB: 64, memoryLimitMiB: 128, largestContainerMiB: 64 },
    });
    const initContainers = [container('50m', '500Mi', '600Mi'), container('150m', '1Mi', '2Mi')];
    assert.deepEqual(demandOf({ initContainers, containers }), {
      ...{ cpuMillis: 150, memoryMiB: 500, memoryLimitMiB: 600, largestContainerMiB: 600 },
    });
  });

  it('is said in the units of plans, or not understood', () => {
    assert.throws(
      () => demandOf({ containers: [container('1', '32Mi', '64Mi')] }),
      /asks for 1, not for a number of m/,
    );
    assert.throws(() => demandOf({ containers: [{ name: 'one' }] }), /asks for undefined/);
  });
});
